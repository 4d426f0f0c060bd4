"""Published forms and the procedures that use them.

A version is named by its digest and never edited.
"""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class FormVersion(Model):
    """One compiled form.

    The very bytes the phone gets. `resources` are digests of the lists it needs.
    """

    digest = fields.CharField(max_length=64, primary_key=True)
    form_id = fields.CharField(max_length=100)
    version = fields.CharField(max_length=60)
    definition = fields.BinaryField()
    resources: list[str] = fields.JSONField(default=list)
    published_at = fields.DatetimeField()

    class Meta:
        table = "form_version"
        indexes = [Index(fields=("form_id",))]


class FormResource(Model):
    """A list, picture or sound that forms share.

    The bytes behind `GET /resources/<digest>.json` or, told by its name, `GET /media/<digest>`.
    """

    digest = fields.CharField(max_length=64, primary_key=True)
    name = fields.CharField(max_length=100)
    content = fields.BinaryField()

    class Meta:
        table = "form_resource"


class Procedure(Model):
    """An administrative procedure as the catalogue shows it.

    `about` is the catalogue's own shape (docs/contracts.md, 2). `sameness` lists groups of
    questions: two dossiers with the same answers to all of a group may be about the same thing.
    """

    code = fields.CharField(max_length=20, primary_key=True)
    slug = fields.CharField(max_length=60)
    about: dict[str, Any] = fields.JSONField(default=dict)
    form_digest = fields.CharField(max_length=64)
    position = fields.IntField(default=0)
    is_open = fields.BooleanField(default=True)
    sameness: list[list[str]] = fields.JSONField(default=list)

    class Meta:
        table = "procedure"


class AcceptedForm(Model):
    """A form version that a procedure takes.

    The current one (no end) and older ones until a date, for drafts and queues begun on them.
    """

    id = fields.IntField(primary_key=True)
    procedure_code = fields.CharField(max_length=20)
    form_digest = fields.CharField(max_length=64)
    accepted_from = fields.DatetimeField()
    accepted_until = fields.DatetimeField(null=True)

    class Meta:
        table = "accepted_form"
        unique_together = (("procedure_code", "form_digest"),)


class FormUpload(Model):
    """A form that an administrator brought and that nobody published yet, or just now.

    Named by the digest of what was brought, so the same files again are the same row. `told` is
    what the check found (`report.stated`), `whole` the definition in all languages, empty when it
    has faults. `expires_at`: when the sweep forgets it, published or not.
    """

    id = fields.CharField(max_length=64, primary_key=True)
    name = fields.CharField(max_length=200)
    procedures: list[str] = fields.JSONField(default=list)
    form_digest = fields.CharField(max_length=64, default="")
    whole = fields.BinaryField(null=True)
    told: dict[str, Any] = fields.JSONField(default=dict)
    uploader_id = fields.UUIDField(null=True)
    uploader_name = fields.CharField(max_length=200, default="")
    uploaded_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    published_at = fields.DatetimeField(null=True)
    accepted_until = fields.DatetimeField(null=True)

    class Meta:
        table = "form_upload"


class FormUploadFile(Model):
    """A file of an uploaded form: what phones would fetch, by digest, once it is published.

    `kind`: `form` (the bytes served), `list`, `media`, `words` of another language. Served to
    whoever tries the form, who must know its digest.
    """

    id = fields.IntField(primary_key=True)
    upload_id = fields.CharField(max_length=64)
    digest = fields.CharField(max_length=64)
    kind = fields.CharField(max_length=10)
    name = fields.CharField(max_length=100)
    content = fields.BinaryField()

    class Meta:
        table = "form_upload_file"
        unique_together = (("upload_id", "digest"),)
        indexes = [Index(fields=("digest",))]
