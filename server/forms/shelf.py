"""Published forms ready to run, the ones used last at hand.

Making a form ready (reading its lists, building its expressions) costs far more than judging one
submission by it, and a version never changes, so it is done once a process.
"""

from __future__ import annotations

from collections import OrderedDict

from . import stored
from .form import Form


class FormShelf:
    """At most `size` forms; the one not asked for longest makes room."""

    def __init__(self, size: int = 32) -> None:
        self._size = size
        self._forms: OrderedDict[str, Form] = OrderedDict()

    async def get(self, digest: str) -> Form:
        """The form version named by `digest`. Raises `form-unknown`."""
        if digest in self._forms:
            self._forms.move_to_end(digest)
            return self._forms[digest]
        form = Form(*await stored.read(digest))
        self._forms[digest] = form
        while len(self._forms) > self._size:
            self._forms.popitem(last=False)
        return form
