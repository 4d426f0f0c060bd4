"""The `openid` commands: who is known by which claim of the OpenID Connect provider, and whether
its settings hold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from .clock import SystemClock
from .errors import Problem
from .identity import openid, people
from .identity.openid_provider import OpenidProvider, OpenidRefused
from .services import open_services
from .settings import Settings

Database = Callable[[Settings], AbstractAsyncContextManager[None]]


def add_openid_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], database: Database
) -> None:
    """Add the commands; `database` opens it around each."""
    group = commands.add_parser("openid", help="who is known by which claim of the provider")
    actions = group.add_subparsers(required=True, metavar="ACTION")

    async def bind(given: argparse.Namespace, settings: Settings) -> None:
        """`openid bind`. The value is read from standard input: arguments are seen by others."""
        if not settings.oidc_issuer:
            raise Problem("openid-off")
        value = sys.stdin.readline().strip()
        if not 0 < len(value) <= openid.LONGEST:
            raise Problem("openid-refused")
        async with database(settings):
            person = await people.by_account(given.account)
            services = open_services(settings)
            digest = openid.digest_of(services, value)
            await openid.bind(person, digest, services.clock.now())
            print(f"{person.account} is known by this value of {settings.oidc_claim}.")

    async def unbind(given: argparse.Namespace, settings: Settings) -> None:
        """`openid unbind`."""
        async with database(settings):
            person = await people.by_account(given.account)
            number = await openid.unbind(person.id, open_services(settings).clock.now())
            print(f"Took {number} from {person.account}.")

    async def check(given: argparse.Namespace, settings: Settings) -> None:
        """`openid check`. Asks the provider what a sign-in begins with; nobody signs in."""
        if not settings.oidc_issuer:
            raise Problem("openid-off")
        provider = OpenidProvider(settings)
        try:
            known = await provider.description(SystemClock().now())
        except OpenidRefused as refused:
            # People at a browser are never told this much.
            print(f"The provider cannot be used: {refused}", file=sys.stderr)
            raise Problem("openid-refused") from None
        way = "with a secret" if settings.oidc_secret else "as a public client, by PKCE alone"
        print(f"{provider.issuer} answers, with {len(known.keys.keys)} keys.")
        print(f"People go to {known.authorization}")
        print(f"Register there: {provider.callback}")
        print(
            f"Client {provider.client}, {way}; people are known by the claim {settings.oidc_claim}."
        )

    by_claim = actions.add_parser("bind", help="bind a claim's value, read from standard input")
    by_claim.add_argument("account")
    by_claim.set_defaults(command=bind)
    look = actions.add_parser("check", help="ask the provider whether the settings hold")
    look.set_defaults(command=check)
    away = actions.add_parser("unbind", help="take all bound values from a person")
    away.add_argument("account")
    away.set_defaults(command=unbind)
