"""A published version as it was compiled: its definition whole again, with its lists."""

from __future__ import annotations

from ..errors import Problem
from . import translations
from .definition import Definition, Instance, decode_instance
from .models import FormResource, FormVersion


async def read(digest: str) -> tuple[Definition, dict[str, Instance]]:
    """Return the definition with its words in all languages, and its lists by digest.

    Raises `form-unknown`.
    """
    version = await FormVersion.get_or_none(digest=digest)
    if version is None:
        raise Problem("form-unknown")
    served = bytes(version.definition)
    spoken = translations.named(served)
    wanted = [*version.resources, *spoken]
    files = await FormResource.filter(digest__in=wanted) if wanted else []
    content = {one.digest: bytes(one.content) for one in files}
    lists = {one: decode_instance(content[one]) for one in version.resources if one in content}
    return translations.join(served, content), lists
