"""Published forms ready to run, the ones used last at hand.

Making a form ready (reading its lists, building its expressions) costs far more than judging one
submission by it, and a version never changes, so it is done once a process.
"""

from __future__ import annotations

from collections import OrderedDict

from ..errors import Problem
from .definition import decode, decode_instance
from .form import Form
from .models import FormResource, FormVersion


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
        version = await FormVersion.get_or_none(digest=digest)
        if version is None:
            raise Problem("form-unknown")
        lists = await FormResource.filter(digest__in=version.resources) if version.resources else []
        form = Form(
            decode(bytes(version.definition)),
            {one.digest: decode_instance(bytes(one.content)) for one in lists},
        )
        self._forms[digest] = form
        while len(self._forms) > self._size:
            self._forms.popitem(last=False)
        return form
