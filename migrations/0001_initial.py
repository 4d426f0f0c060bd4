from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="AcceptedForm",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("procedure_code", fields.CharField(max_length=20)),
                ("form_digest", fields.CharField(max_length=64)),
                ("accepted_from", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "accepted_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "accepted_form",
                "app": "hoso",
                "unique_together": (("procedure_code", "form_digest"),),
                "pk_attr": "id",
                "table_description": "A form version that a procedure takes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Blob",
            fields=[
                (
                    "digest",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("size", fields.BigIntField()),
                ("stored_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "blob",
                "app": "hoso",
                "pk_attr": "digest",
                "table_description": "A whole page in the store, named by the SHA-256 of its ciphertext.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("seq", fields.BigIntField()),
                ("hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "chain_head",
                "app": "hoso",
                "pk_attr": "id",
                "table_description": "Number and hash of the newest event, whose row lock orders the writers.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("purpose", fields.CharField(max_length=20)),
                ("person_id", fields.UUIDField(null=True)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "challenge",
                "app": "hoso",
                "pk_attr": "id",
                "table_description": "A WebAuthn challenge given out and not yet answered, used once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Commune",
            fields=[
                (
                    "code",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=5),
                ),
                ("name", fields.CharField(max_length=100)),
                ("province_code", fields.CharField(max_length=2)),
                ("province_name", fields.CharField(max_length=100)),
                ("agency_code", fields.CharField(max_length=20)),
                ("is_open", fields.BooleanField(default=True)),
            ],
            options={
                "table": "commune",
                "app": "hoso",
                "pk_attr": "code",
                "table_description": "A commune-level unit served here.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=43),
                ),
                ("point", fields.BinaryField()),
                ("person_id", fields.UUIDField(null=True)),
                ("name", fields.CharField(default="", max_length=100)),
                ("registered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "device",
                "app": "hoso",
                "indexes": [Index(fields=["person_id"])],
                "pk_attr": "id",
                "table_description": "The store on a phone that signs mutations.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("code", fields.CharField(max_length=12)),
                ("number", fields.CharField(null=True, unique=True, max_length=40)),
                ("procedure_code", fields.CharField(max_length=20)),
                ("form_digest", fields.CharField(max_length=64)),
                ("commune_code", fields.CharField(max_length=5)),
                ("state", fields.CharField(max_length=20)),
                ("stage", fields.CharField(default="", max_length=20)),
                ("version", fields.IntField(default=1)),
                ("last_seq", fields.BigIntField(default=0)),
                (
                    "answers",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("language", fields.CharField(default="vi", max_length=5)),
                ("channel", fields.SmallIntField(default=2)),
                ("applicant_name", fields.CharField(max_length=200)),
                ("applicant_folded", fields.CharField(max_length=200)),
                ("applicant_id_number", fields.CharField(default="", max_length=20)),
                ("applicant_phone", fields.CharField(default="", max_length=16)),
                ("applicant_id", fields.UUIDField(null=True)),
                ("helper_id", fields.UUIDField(null=True)),
                ("helper_name", fields.CharField(default="", max_length=200)),
                ("helper_relation", fields.CharField(default="", max_length=100)),
                ("device_id", fields.CharField(max_length=43)),
                ("assignee_id", fields.UUIDField(null=True)),
                ("submitted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("device_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "received_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("due_on", fields.DateField(null=True)),
                (
                    "finished_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("erased_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "dossier",
                "app": "hoso",
                "indexes": [
                    Index(fields=["commune_code", "state", "due_on"]),
                    Index(fields=["device_id", "last_seq"]),
                    Index(fields=["helper_id", "last_seq"]),
                    Index(fields=["applicant_id", "last_seq"]),
                    Index(fields=["code"]),
                ],
                "pk_attr": "id",
                "table_description": "One filed procedure.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DossierPage",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                (
                    "dossier",
                    fields.ForeignKeyField(
                        "hoso.Dossier",
                        source_field="dossier_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="pages",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("path", fields.CharField(max_length=300)),
                ("media_type", fields.CharField(max_length=60)),
                ("size", fields.BigIntField()),
                ("digest", fields.CharField(max_length=64)),
                ("length", fields.BigIntField()),
                ("key", fields.BinaryField()),
                (
                    "received_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "replaced_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "dossier_page",
                "app": "hoso",
                "unique_together": (("dossier", "name"),),
                "indexes": [Index(fields=["digest"]), Index(fields=["received_at"])],
                "pk_attr": "id",
                "table_description": "One photographed page that a mutation named.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Event",
            fields=[
                (
                    "seq",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("dossier_id", fields.UUIDField(null=True)),
                ("commune_code", fields.CharField(null=True, max_length=5)),
                ("actor_id", fields.UUIDField(null=True)),
                ("actor_role", fields.CharField(max_length=20)),
                ("actor_name", fields.CharField(default="", max_length=200)),
                ("device_id", fields.CharField(null=True, max_length=43)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "data",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("previous", fields.CharField(max_length=64)),
                ("hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "event",
                "app": "hoso",
                "indexes": [
                    Index(fields=["dossier_id", "seq"]),
                    Index(fields=["commune_code", "seq"]),
                ],
                "pk_attr": "seq",
                "table_description": "One fact, `subject.verb_past`. Never changed, never deleted.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ExpectedPage",
            fields=[
                (
                    "digest",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("length", fields.BigIntField()),
                ("named_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("device_id", fields.CharField(default="", max_length=43)),
            ],
            options={
                "table": "expected_page",
                "app": "hoso",
                "indexes": [Index(fields=["device_id"])],
                "pk_attr": "digest",
                "table_description": "A page that a kept mutation named: only these may be uploaded.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FormResource",
            fields=[
                (
                    "digest",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("name", fields.CharField(max_length=100)),
                ("content", fields.BinaryField()),
            ],
            options={
                "table": "form_resource",
                "app": "hoso",
                "pk_attr": "digest",
                "table_description": "A list, picture or sound that forms share.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FormUpload",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("name", fields.CharField(max_length=200)),
                (
                    "procedures",
                    fields.JSONField(
                        default=list,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("form_digest", fields.CharField(default="", max_length=64)),
                ("whole", fields.BinaryField(null=True)),
                (
                    "told",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("uploader_id", fields.UUIDField(null=True)),
                ("uploader_name", fields.CharField(default="", max_length=200)),
                ("uploaded_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "published_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "accepted_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "form_upload",
                "app": "hoso",
                "pk_attr": "id",
                "table_description": "A form that an administrator brought and that nobody published yet, or just now.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FormUploadFile",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("upload_id", fields.CharField(max_length=64)),
                ("digest", fields.CharField(max_length=64)),
                ("kind", fields.CharField(max_length=10)),
                ("name", fields.CharField(max_length=100)),
                ("content", fields.BinaryField()),
            ],
            options={
                "table": "form_upload_file",
                "app": "hoso",
                "unique_together": (("upload_id", "digest"),),
                "indexes": [Index(fields=["digest"])],
                "pk_attr": "id",
                "table_description": "A file of an uploaded form: what phones would fetch, by digest, once it is published.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FormVersion",
            fields=[
                (
                    "digest",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("form_id", fields.CharField(max_length=100)),
                ("version", fields.CharField(max_length=60)),
                ("definition", fields.BinaryField()),
                (
                    "resources",
                    fields.JSONField(
                        default=list,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("published_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "form_version",
                "app": "hoso",
                "indexes": [Index(fields=["form_id"])],
                "pk_attr": "digest",
                "table_description": "One compiled form.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("print", fields.CharField(max_length=43)),
                (
                    "dossier",
                    fields.ForeignKeyField(
                        "hoso.Dossier",
                        source_field="dossier_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="likenesses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "likeness",
                "app": "hoso",
                "unique_together": (("dossier", "print"),),
                "indexes": [Index(fields=["print"])],
                "pk_attr": "id",
                "table_description": "A keyed fingerprint of answers that tell what a dossier is about.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Mutation",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("digest", fields.CharField(max_length=64)),
                ("kind", fields.CharField(max_length=30)),
                ("dossier_id", fields.UUIDField()),
                ("commune_code", fields.CharField(max_length=5)),
                ("device_id", fields.CharField(max_length=43)),
                ("verdict", fields.CharField(max_length=10)),
                ("reason", fields.CharField(default="", max_length=40)),
                ("receipt", fields.TextField(default="", unique=False)),
                (
                    "problem",
                    fields.JSONField(
                        null=True,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("signed", fields.BinaryField()),
                ("device_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("received_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("skew_seconds", fields.BigIntField(default=0)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decided_by", fields.UUIDField(null=True)),
                ("filed_as", fields.UUIDField(null=True)),
            ],
            options={
                "table": "mutation",
                "app": "hoso",
                "indexes": [
                    Index(fields=["dossier_id"]),
                    Index(fields=["verdict", "commune_code"]),
                ],
                "pk_attr": "id",
                "table_description": "A mutation that got a lasting verdict.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40),
                ),
                ("newest", fields.IntField()),
            ],
            options={
                "table": "number_series",
                "app": "hoso",
                "pk_attr": "id",
                "table_description": "The last running number of one agency on one day.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("subscription_id", fields.CharField(max_length=64)),
                ("event_seq", fields.BigIntField()),
                (
                    "payload",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("state", fields.CharField(default="queued", max_length=10)),
                ("attempts", fields.IntField(default=0)),
                ("next_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("error", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "outbox_message",
                "app": "hoso",
                "unique_together": (("subscription_id", "event_seq"),),
                "indexes": [Index(fields=["state", "next_at"])],
                "pk_attr": "id",
                "table_description": "One message to one subscription about one event.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("account", fields.CharField(unique=True, max_length=60)),
                ("name", fields.CharField(max_length=200)),
                ("phone", fields.CharField(null=True, max_length=16)),
                ("email", fields.CharField(null=True, max_length=200)),
                ("is_active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "person",
                "app": "hoso",
                "pk_attr": "id",
                "table_description": "Someone with an account.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "hoso.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="appointments",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("role", fields.CharField(max_length=20)),
                ("commune_code", fields.CharField(default="", max_length=5)),
            ],
            options={
                "table": "appointment",
                "app": "hoso",
                "unique_together": (("person", "role", "commune_code"),),
                "indexes": [Index(fields=["person_id"])],
                "pk_attr": "id",
                "table_description": "One role of one person, in one commune (nowhere in particular for an administrator of the",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "token_digest",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "hoso.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="enrolments",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "enrolment",
                "app": "hoso",
                "pk_attr": "token_digest",
                "table_description": "A one-time link by which a person adds a passkey. Only the SHA-256 of the token is kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Login",
            fields=[
                (
                    "token_digest",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "hoso.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="logins",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("way", fields.CharField(max_length=10)),
                ("agent", fields.CharField(default="", max_length=200)),
                ("device_id", fields.CharField(null=True, max_length=43)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "login",
                "app": "hoso",
                "indexes": [Index(fields=["person_id"]), Index(fields=["device_id"])],
                "pk_attr": "token_digest",
                "table_description": "A signed-in browser. The cookie holds 32 random bytes, the table only their SHA-256.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "hoso.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="codes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("digest", fields.CharField(max_length=64)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "one_time_code",
                "app": "hoso",
                "indexes": [Index(fields=["person_id", "expires_at"])],
                "pk_attr": "id",
                "table_description": "A code sent or told to a person.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OpenidIdentity",
            fields=[
                (
                    "digest",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "hoso.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="openid_identities",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "openid_identity",
                "app": "hoso",
                "indexes": [Index(fields=["person_id"])],
                "pk_attr": "digest",
                "table_description": "A provider's claim by which a person signs in, as a keyed digest of issuer, claim and value.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=1400),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "hoso.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="passkeys",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("public_key", fields.BinaryField()),
                ("sign_count", fields.BigIntField(default=0)),
                ("is_backed_up", fields.BooleanField(default=False)),
                ("name", fields.CharField(default="", max_length=100)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "passkey",
                "app": "hoso",
                "indexes": [Index(fields=["person_id"])],
                "pk_attr": "id",
                "table_description": "A WebAuthn credential. `id` is the credential id in base64url.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Procedure",
            fields=[
                (
                    "code",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=20),
                ),
                ("slug", fields.CharField(max_length=60)),
                (
                    "about",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("form_digest", fields.CharField(max_length=64)),
                ("position", fields.IntField(default=0)),
                ("is_open", fields.BooleanField(default=True)),
                (
                    "sameness",
                    fields.JSONField(
                        default=list,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
            ],
            options={
                "table": "procedure",
                "app": "hoso",
                "pk_attr": "code",
                "table_description": "An administrative procedure as the catalogue shows it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReadMark",
            fields=[
                (
                    "name",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40),
                ),
                ("seq", fields.BigIntField(default=0)),
            ],
            options={
                "table": "read_mark",
                "app": "hoso",
                "pk_attr": "name",
                "table_description": "How far one reader of the event log has come.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("endpoint", fields.TextField(unique=False)),
                ("p256dh", fields.CharField(max_length=100)),
                ("auth", fields.CharField(max_length=40)),
                ("device_id", fields.CharField(null=True, max_length=43)),
                ("person_id", fields.UUIDField(null=True)),
                ("language", fields.CharField(default="vi", max_length=5)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "subscription",
                "app": "hoso",
                "indexes": [Index(fields=["device_id"]), Index(fields=["person_id"])],
                "pk_attr": "id",
                "table_description": "A browser that wants to be told.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Supplement",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                (
                    "dossier",
                    fields.ForeignKeyField(
                        "hoso.Dossier",
                        source_field="dossier_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="supplements",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("asked_by", fields.UUIDField()),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("answer_by", fields.DateField(null=True)),
                ("sentence", fields.TextField(unique=False)),
                (
                    "items",
                    fields.JSONField(
                        default=list,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("returns_state", fields.CharField(max_length=20)),
                ("returns_stage", fields.CharField(default="", max_length=20)),
                (
                    "answered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "before",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
            ],
            options={
                "table": "supplement",
                "app": "hoso",
                "indexes": [Index(fields=["dossier_id", "asked_at"])],
                "pk_attr": "id",
                "table_description": "A request to mend marked questions or pages (slip 02).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DataRequest",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("commune_code", fields.CharField(max_length=5)),
                ("kind", fields.CharField(max_length=10)),
                ("name", fields.CharField(max_length=200)),
                ("id_number", fields.CharField(max_length=20)),
                ("wish", fields.TextField(unique=False)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reply_by", fields.DateField()),
                ("done_by", fields.DateField()),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("outcome", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "data_request",
                "app": "hoso",
                "indexes": [Index(fields=["commune_code", "closed_at", "done_by"])],
                "pk_attr": "id",
                "table_description": "Somebody asks for a copy, a correction, a restriction or an erasure of their data.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ClaimCode",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("dossier_id", fields.UUIDField()),
                ("digest", fields.CharField(max_length=64)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "claim_code",
                "app": "hoso",
                "indexes": [Index(fields=["dossier_id", "expires_at"])],
                "pk_attr": "id",
                "table_description": "A code sent to the applicant's number or told at the desk, kept as a keyed digest.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("dossier_id", fields.UUIDField()),
                ("device_id", fields.CharField(max_length=43)),
                ("claimed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "claim",
                "app": "hoso",
                "unique_together": (("device_id", "dossier_id"),),
                "indexes": [Index(fields=["dossier_id"])],
                "pk_attr": "id",
                "table_description": "A phone that may follow and answer a dossier which another phone filed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Tries",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("number", fields.IntField()),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "tries",
                "app": "hoso",
                "indexes": [Index(fields=["ends_at"])],
                "pk_attr": "id",
                "table_description": "How often something was tried in one window of time.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("digest", fields.CharField(max_length=64)),
                ("length", fields.BigIntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "upload",
                "app": "hoso",
                "indexes": [Index(fields=["digest"]), Index(fields=["expires_at"])],
                "pk_attr": "id",
                "table_description": "A tus upload begun.",
            },
            bases=["Model"],
        ),
    ]
