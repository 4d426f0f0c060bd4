"""What the controls of a body refer to: absolute paths, whatever way they are written."""

from __future__ import annotations

from .tree import TreeNode
from .xform import elements


def joined(path: str, context: str) -> str:
    """Make a reference of the body absolute: relative ones continue the control around them."""
    path = path.strip()
    if path.startswith("/"):
        return "/" + "/".join(steps_of(path))
    steps = steps_of(context)
    for step in steps_of(path.removeprefix("current()/")):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/" + "/".join(steps)


def control_path(control: TreeNode, context: str) -> str:
    """Return the absolute path a control refers to, or its context when it refers to nothing."""
    written = control.attribute("ref") or control.attribute("nodeset")
    return joined(written, context) if written else context


def steps_of(path: str) -> list[str]:
    """Return the names along a plain path."""
    return [step.strip() for step in path.strip().split("/") if step.strip()]


def paths_of(body: TreeNode | None, kind: str) -> set[str]:
    """Return the paths of all groups or all repeats of a body."""
    found: set[str] = set()
    _walk(body, "", kind, found)
    return found


def _walk(part: TreeNode | None, context: str, kind: str, found: set[str]) -> None:
    for control in elements(part) if part else ():
        path = control_path(control, context)
        if (control.local() == kind and path != context) or control.local() == kind == "repeat":
            found.add(path)
        _walk(control, path, kind, found)
