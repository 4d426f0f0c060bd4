"""A small published procedure, and a phone that files it: mutations signed, sealed, with pages."""

import functools
import hashlib
import secrets
import uuid
import zlib
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from pyxform.xls2xform import convert

from server import base64url
from server.attachments.ciphertext import encrypt
from server.forms.compiler import Compiled, compile_form
from server.forms.models import AcceptedForm, FormVersion, Procedure
from server.keyring import Keyring
from server.sync.envelopes import SUITE, seal_info

from .application import START
from .people import BAT_XAT
from .phones import Phone

PROCEDURE = "1.001193"
FORM = """
| survey |
| | type | name | label | required | relevant | constraint | calculation |
| | hidden | _procedure | | | | | |
| | hidden | _commune | | | | | |
| | text | ho_ten | Họ tên | yes | | string-length(.) > 2 | |
| | date | ngay_sinh | Ngày sinh | | | . <= today() | |
| | calculate | chao | | | | | concat('Chào ', ${ho_ten}) |
| | begin group | giay_to | Giấy tờ | | | | |
| | image | chung_sinh | Giấy chứng sinh | | | | |
| | image | ket_hon | Giấy kết hôn | | ${ngay_sinh} != '' | | |
| | end group | | | | | | |
| | begin repeat | con | Con | | | | |
| | text | ten | Tên con | | | | |
| | image | anh | Ảnh | | | | |
| | end repeat | | | | | | |
| settings |
| | form_title | form_id | version |
| | Thử | thu | 1 |
"""
# A picture of one point: the smallest that is one.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fea135f1b60000000049454e44ae426082"
)


@functools.cache
def compiled() -> Compiled:
    """The form, compiled once a test run."""
    return compile_form(convert(xlsform=FORM, file_type=".md").xform)


async def publish(
    *, unit: str = "working_day", value: float | None = 5, code: str = PROCEDURE
) -> str:
    """Publish the form for one procedure with this time limit; its digest."""
    form = compiled()
    await FormVersion.create(
        digest=form.digest,
        form_id="thu",
        version="1",
        definition=form.content,
        resources=[],
        published_at=START,
    )
    about = {"timeLimit": {"unit": unit, "value": value, "text": {"vi": "", "en": ""}}}
    await Procedure.create(code=code, slug="thu", about=about, form_digest=form.digest)
    await AcceptedForm.create(procedure_code=code, form_digest=form.digest, accepted_from=START)
    return form.digest


class Photo:
    """A page as a phone keeps it: ciphertext, key, digest."""

    def __init__(self, path: str, plain: bytes | None = None) -> None:
        # A comment after the picture makes every photo another one.
        self.plain = PICTURE + secrets.token_bytes(64) if plain is None else plain
        self.path = path
        self.name = f"{uuid.uuid4()}.jpg"
        self.key = secrets.token_bytes(32)
        self.ciphertext = encrypt(self.plain, self.key)
        self.digest = hashlib.sha256(self.ciphertext).hexdigest()

    @property
    def named(self) -> dict[str, Any]:
        """As the payload names it."""
        return {
            "name": self.name,
            "path": self.path,
            "type": "image/jpeg",
            "size": len(self.plain),
            "digest": self.digest,
            "length": len(self.ciphertext),
            "key": base64url.encode(self.key),
        }


def submission(*photos: Photo, **changed: Any) -> dict[str, Any]:
    """The payload of a valid submission with a new id, for a new dossier."""
    answers: dict[str, Any] = {
        "_procedure": PROCEDURE,
        "_commune": BAT_XAT,
        "ho_ten": "Giàng A Thử",
        "chao": "Chào Giàng A Thử",
    }
    for photo in photos:
        _, _, group, question = photo.path.split("/")
        answers.setdefault(group, {})[question] = photo.name
    return {
        "v": 1,
        "id": str(uuid.uuid4()),
        "kind": "dossier.submit",
        "dossier": str(uuid.uuid4()),
        "base": 0,
        "at": "2026-11-23T01:59:00Z",
        "language": "vi",
        "procedure": PROCEDURE,
        "form": compiled().digest,
        "commune": BAT_XAT,
        "answers": answers,
        "pages": [photo.named for photo in photos],
        "applicant": {"name": "Giàng A Thử", "phone": "0912345678"},
        "helper": None,
        **changed,
    }


def signed(phone: Phone, payload: Any) -> bytes:
    """The signed content of an envelope; bytes are taken as they are."""
    content = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
    signature = phone.sign(b"hoso/mutation/v1\0" + content)
    return b"\1" + phone.point + signature + content


def sealed(keyring: Keyring, mutation_id: str, packed: bytes) -> dict[str, str]:
    """An envelope around bytes that were packed already."""
    key = keyring.agency[-1]
    public: ec.EllipticCurvePublicKey = key.private.public_key()
    content = SUITE.encrypt(packed, public, info=seal_info(key.kid, mutation_id))
    return {"id": mutation_id, "kid": key.kid, "sealed": base64url.encode(content)}


def envelope(keyring: Keyring, phone: Phone, payload: dict[str, Any]) -> dict[str, str]:
    """A mutation as the phone sends it."""
    return sealed(keyring, payload["id"], zlib.compress(signed(phone, payload)))
