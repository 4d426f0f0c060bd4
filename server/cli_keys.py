"""The `keys` command: which keys there are, a new one in use, old ones put aside.

A server that runs takes a new key in use by itself. Phones learn of it with their next exchange;
what they sealed to an older one is still opened, until that is retired.
"""

from __future__ import annotations

import argparse

from .keyring import open_keyring, retire, rotate
from .settings import Settings

SERIES = ("agency", "receipts")


def add_keys_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    group = commands.add_parser("keys", help="keys that envelopes and receipts are made with")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="name them, the one in use last").set_defaults(command=run_list)
    new = actions.add_parser("rotate", help="make a new key and use it from now on")
    new.add_argument("series", choices=SERIES)
    new.set_defaults(command=run_rotate)
    old = actions.add_parser("retire", help="stop opening envelopes sealed to older keys")
    # A receipt must verify for ever, so its keys are never put aside.
    old.add_argument("series", choices=SERIES[:1])
    old.set_defaults(command=run_retire)


async def run_list(given: argparse.Namespace, settings: Settings) -> None:
    """`keys list`."""
    keyring = open_keyring(settings.keys)
    for series, keys in (("agency", keyring.agency), ("receipts", keyring.receipts)):
        for key in keys:
            print(f"{series:10} {key.kid}{'  in use' if key is keys[-1] else ''}")


async def run_rotate(given: argparse.Namespace, settings: Settings) -> None:
    """`keys rotate`."""
    path = rotate(settings.keys, given.series)
    print(f"Made {path}. Include it in your backup now: it is in use from this moment.")


async def run_retire(given: argparse.Namespace, settings: Settings) -> None:
    """`keys retire`."""
    moved = retire(settings.keys, given.series)
    for path in moved:
        print(f"Put aside {path}")
    print("Phones seal anew what they had sealed to these." if moved else "There is only one key.")
