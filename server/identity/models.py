"""People, where they serve, the keys and codes they sign in with, and the devices that sign for
them.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Commune(Model):
    """A commune-level unit served here.

    `agency_code` opens its dossier numbers, as in `H38.02683`.
    """

    code = fields.CharField(max_length=5, primary_key=True)
    name = fields.CharField(max_length=100)
    province_code = fields.CharField(max_length=2)
    province_name = fields.CharField(max_length=100)
    agency_code = fields.CharField(max_length=20)
    is_open = fields.BooleanField(default=True)

    class Meta:
        table = "commune"


class Person(Model):
    """Someone with an account.

    A village officer, desk staff, or a citizen who claimed their dossiers.
    """

    id = fields.UUIDField(primary_key=True)
    account = fields.CharField(max_length=60, unique=True)
    name = fields.CharField(max_length=200)
    phone = fields.CharField(max_length=16, null=True)
    email = fields.CharField(max_length=200, null=True)
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "person"


class Appointment(Model):
    """One role of one person, in one commune (nowhere in particular for an administrator of the
    whole server).
    """

    id = fields.UUIDField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "hoso.Person", related_name="appointments"
    )
    role = fields.CharField(max_length=20)
    commune_code = fields.CharField(max_length=5, default="")

    class Meta:
        table = "appointment"
        unique_together = (("person", "role", "commune_code"),)
        indexes = [Index(fields=("person_id",))]


class Passkey(Model):
    """A WebAuthn credential. `id` is the credential id in base64url."""

    id = fields.CharField(max_length=1400, primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "hoso.Person", related_name="passkeys"
    )
    public_key = fields.BinaryField()
    sign_count = fields.BigIntField(default=0)
    is_backed_up = fields.BooleanField(default=False)
    name = fields.CharField(max_length=100, default="")
    created_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "passkey"
        indexes = [Index(fields=("person_id",))]


class Challenge(Model):
    """A WebAuthn challenge given out and not yet answered, used once."""

    id = fields.CharField(max_length=64, primary_key=True)
    purpose = fields.CharField(max_length=20)
    person_id = fields.UUIDField(null=True)
    expires_at = fields.DatetimeField()

    class Meta:
        table = "challenge"


class Enrolment(Model):
    """A one-time link by which a person adds a passkey. Only the SHA-256 of the token is kept."""

    token_digest = fields.CharField(max_length=64, primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "hoso.Person", related_name="enrolments"
    )
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "enrolment"


class OneTimeCode(Model):
    """A code sent or told to a person.

    Few attempts, short life, single use; kept as a keyed digest.
    """

    id = fields.UUIDField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "hoso.Person", related_name="codes"
    )
    digest = fields.CharField(max_length=64)
    expires_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "one_time_code"
        indexes = [Index(fields=("person_id", "expires_at"))]


class Login(Model):
    """A signed-in browser. The cookie holds 32 random bytes, the table only their SHA-256."""

    token_digest = fields.CharField(max_length=64, primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "hoso.Person", related_name="logins"
    )
    way = fields.CharField(max_length=10)
    agent = fields.CharField(max_length=200, default="")
    device_id = fields.CharField(max_length=43, null=True)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "login"
        indexes = [Index(fields=("person_id",)), Index(fields=("device_id",))]


class OpenidIdentity(Model):
    """A provider's claim by which a person signs in, as a keyed digest of issuer, claim and value.

    Deleted when it is taken from them.
    """

    digest = fields.CharField(max_length=64, primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "hoso.Person", related_name="openid_identities"
    )
    created_at = fields.DatetimeField()

    class Meta:
        table = "openid_identity"
        indexes = [Index(fields=("person_id",))]


class Tries(Model):
    """How often something was tried in one window of time.

    `id` is a digest of kind, whom it was tried for and window, so the table names nobody.
    """

    id = fields.CharField(max_length=64, primary_key=True)
    number = fields.IntField()
    ends_at = fields.DatetimeField()

    class Meta:
        table = "tries"
        indexes = [Index(fields=("ends_at",))]


class Device(Model):
    """The store on a phone that signs mutations.

    `id` is base64url(SHA-256(point)); without a person it is anonymous, of a citizen.
    """

    id = fields.CharField(max_length=43, primary_key=True)
    point = fields.BinaryField()
    person_id = fields.UUIDField(null=True)
    name = fields.CharField(max_length=100, default="")
    registered_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "device"
        indexes = [Index(fields=("person_id",))]
