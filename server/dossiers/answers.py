"""Answers as a nested object, and the references that name places in it (pure).

A reference is `/data/household/member[2]/name`: the root's name, then one step a node, positions
(from 1) on repeats only. Groups are objects, repeats arrays of objects, values text.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from ..errors import Problem

Answers: TypeAlias = dict[str, Any]
_STEP = re.compile(r"([^/\[\]]+)(?:\[([1-9][0-9]{0,3})\])?")
_POSITION = re.compile(r"\[[0-9]+\]")


def leaves(answers: Answers, root: str) -> Iterator[tuple[str, str]]:
    """Every answered value with its reference. Raises `request-malformed` for another shape."""
    yield from _leaves(answers, f"/{root}")


def _leaves(part: Answers, at: str) -> Iterator[tuple[str, str]]:
    for name, inner in part.items():
        ref = f"{at}/{name}"
        if isinstance(inner, str):
            yield ref, inner
        elif isinstance(inner, dict):
            yield from _leaves(inner, ref)
        elif isinstance(inner, list) and all(isinstance(one, dict) for one in inner):
            for position, one in enumerate(inner, 1):
                yield from _leaves(one, f"{ref}[{position}]")
        else:
            raise Problem("request-malformed", {"reason": f"answers: {ref}"})


def values_at(answers: Answers, place: str) -> Iterator[tuple[str, str]]:
    """Every answer to one question, with its reference; `place` has no positions."""
    _, root, *steps = place.split("/")
    yield from _values_at(answers, f"/{root}", steps)


def _values_at(part: Answers, at: str, steps: list[str]) -> Iterator[tuple[str, str]]:
    name, *rest = steps
    inner, ref = part.get(name), f"{at}/{name}"
    if isinstance(inner, str) and not rest:
        yield ref, inner
    elif isinstance(inner, dict) and rest:
        yield from _values_at(inner, ref, rest)
    elif isinstance(inner, list) and rest:
        for position, one in enumerate(inner, 1):
            if isinstance(one, dict):
                yield from _values_at(one, f"{ref}[{position}]", rest)


def without_positions(ref: str) -> str:
    """The question a reference belongs to, whichever instance."""
    return _POSITION.sub("", ref) if "[" in ref else ref


def is_within(ref: str, place: str) -> bool:
    """Whether `ref` is `place` or lies below it; a repeat's place holds all its instances."""
    return ref == place or ref.startswith((f"{place}/", f"{place}["))


def merged(
    answers: Answers,
    patch: Answers,
    asked: Iterable[str],
    root: str,
    is_free: Callable[[str], bool] = lambda ref: False,
) -> Answers:
    """`answers` with the asked places as `patch` has them; what the patch leaves out is emptied.

    Beyond the asked places `patch` may only repeat what is there, or say what `is_free` allows.
    Raises `supplement-outside`.
    """
    places = list(asked)
    before = dict(leaves(answers, root))
    changed = copy.deepcopy(answers)
    for place in places:
        _drop(changed, _steps(place))
    for ref, value in leaves(patch, root):
        if not any(is_within(ref, place) for place in places):
            if before.get(ref) == value:
                continue
            if not is_free(without_positions(ref)):
                raise Problem("supplement-outside", {"ref": ref})
        _put(changed, _steps(ref), value)
    return changed


def patched_with(answers: Answers, values: Mapping[str, str]) -> Answers:
    """`answers` with some places set, by reference."""
    changed = copy.deepcopy(answers)
    for ref, value in values.items():
        _put(changed, _steps(ref), value)
    return changed


def _steps(ref: str) -> list[tuple[str, int | None]]:
    """The steps below the root."""
    found = [_STEP.fullmatch(step) for step in ref.split("/")[2:]]
    if not found or not ref.startswith("/"):
        raise Problem("request-malformed", {"reason": f"reference: {ref}"})
    steps = []
    for match in found:
        if match is None:
            raise Problem("request-malformed", {"reason": f"reference: {ref}"})
        steps.append((match[1], int(match[2]) if match[2] else None))
    return steps


def _drop(part: Answers, steps: list[tuple[str, int | None]]) -> None:
    (name, position), *rest = steps
    if position is None:
        if not rest:
            part.pop(name, None)
        elif isinstance(part.get(name), dict):
            _drop(part[name], rest)
        return
    instances = part.get(name)
    if isinstance(instances, list) and position <= len(instances):
        if rest:
            _drop(instances[position - 1], rest)
        else:
            # The instance keeps its place, so that those after it keep their numbers.
            instances[position - 1] = {}


def _put(part: Answers, steps: list[tuple[str, int | None]], value: str) -> None:
    (name, position), *rest = steps
    if position is None:
        if not rest:
            part[name] = value
            return
        inner = part.setdefault(name, {})
    else:
        instances = part.setdefault(name, [])
        if not isinstance(instances, list):
            raise Problem("request-malformed", {"reason": f"answers: {name}"})
        while len(instances) < position:
            instances.append({})
        inner = instances[position - 1]
    if not isinstance(inner, dict):
        raise Problem("request-malformed", {"reason": f"answers: {name}"})
    _put(inner, rest, value)
