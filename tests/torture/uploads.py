"""One page on its way: begun, sent in pieces, cut, sent to the wrong place, resumed, finished."""

from __future__ import annotations

import base64
import hashlib
import random

from tests.support.mutations import Photo

from .lines import Answer, Asked, Line
from .model import Model
from .uptime import Uptime, pause
from .verdicts import Broken

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


class Upload:
    """A phone's side of one page; `offset` is what the server is known to hold."""

    def __init__(
        self,
        photo: Photo,
        line: Line,
        model: Model,
        chance: random.Random,
        uptime: Uptime,
    ) -> None:
        self.photo = photo
        self._uptime = uptime
        self._line = line
        self._model = model
        self._chance = chance
        self._place = ""
        self._offset = 0
        self._is_damaged = False

    @property
    def _length(self) -> int:
        return len(self.photo.ciphertext)

    async def step(self) -> None:
        """One request whose outcome is known beforehand, whatever is wrong with it."""
        if not self._place or self._chance.random() < 0.1:
            await self._begin_exactly()
        elif self._chance.random() < 0.15:
            status, offset = await self._head()
            self._demand(status == 200 and offset == self._reached, f"HEAD tells {status} {offset}")
        else:
            await self._patch_exactly()

    @property
    def _reached(self) -> int:
        return self._length if self.photo.digest in self._model.held else self._offset

    async def _begin_exactly(self) -> None:
        if self._chance.random() < 0.1:
            answer = await self._begin(self._length + 1)
            wanted = 409 if self.photo.digest in self._model.expected else 403
            self._demand(answer is not None and answer.status == wanted, "wrong length was taken")
            return
        answer = await self._begin(self._length)
        assert answer is not None
        if self.photo.digest not in self._model.expected:
            self._demand(answer.status == 403, f"unasked page: {answer.status}")
            return
        self._demand(answer.status == 201, f"begun: {answer.status}")
        self._place, self._offset = answer.headers["location"], 0
        self._is_damaged = False
        told = int(answer.headers["upload-offset"])
        self._demand(told == self._reached, f"begun at {told}")

    async def _patch_exactly(self) -> None:
        chance, offset = self._chance, self._reached
        end = min(self._length, offset + chance.choice([1, 50, 200, self._length]))
        piece = self.photo.ciphertext[offset:end]
        fault = chance.choice(["", "", "", "offset", "checksum", "right", "cut", "flip", "long"])
        headers: dict[str, str] = {}
        if fault == "offset":
            offset += chance.choice([1, 7, self._length])
        elif fault == "long":
            piece = self.photo.ciphertext[offset:] + b"\0"
        elif fault == "flip" and piece:
            piece = bytes([piece[0] ^ 1]) + piece[1:]
        if fault in ("checksum", "right"):
            said = piece + (b"x" if fault == "checksum" else b"")
            digest = base64.b64encode(hashlib.sha256(said).digest()).decode()
            headers["Upload-Checksum"] = f"sha256 {digest}"
        reach = chance.randint(0, len(piece)) if fault == "cut" else None
        answer = await self._patch(offset, piece, headers, reach)
        self._judge(answer, fault, offset, len(piece) if reach is None else reach)

    def _judge(self, answer: Answer | None, fault: str, offset: int, size: int) -> None:
        is_held = self.photo.digest in self._model.held
        status = answer.status if answer else 0
        if fault == "offset":
            self._demand(status == 409, f"wrong offset: {status}")
        elif is_held:
            self._demand(status in (0, 204), f"sent to a held page: {status}")
        elif fault == "long":
            self._demand(status == 413, f"more than it has: {status}")
        elif fault == "checksum":
            self._demand(status == 460, f"wrong checksum: {status}")
        else:
            self._is_damaged |= fault == "flip" and size > 0
            self._offset = offset + size
            wanted = 0 if fault == "cut" else 204
            if self._offset == self._length:
                if self._is_damaged:
                    self._offset, self._is_damaged = 0, False
                    wanted = 0 if fault == "cut" else 460
                else:
                    self._model.arrive(self.photo.digest)
            self._demand(status == wanted, f"sent: {status} for {wanted} {fault}")

    async def finish(self) -> None:
        """Until the page is here, over a line that may lose anything."""
        async for number in self._uptime.tries():
            if self._place:
                status, offset = await self._head()
                if status == 0:
                    await pause(number)
                elif status == 404:
                    self._place = ""
                elif status == 200:
                    if offset == self._length:
                        self._model.arrive(self.photo.digest)
                        return
                    if offset < self._offset and not self._is_damaged:
                        raise Broken("lost", f"{self._offset} bytes acknowledged, {offset} held")
                    piece = self.photo.ciphertext[offset : offset + self._chance.choice([60, 999])]
                    answer = await self._patch(offset, piece, {}, None)
                    if answer and answer.status == 204:
                        self._offset = int(answer.headers["upload-offset"])
                    # The whole page is dropped when its digest is wrong.
                    self._is_damaged = bool(answer and answer.status == 460)
                    self._offset = 0 if self._is_damaged else self._offset
            else:
                answer = await self._begin(self._length)
                if answer and answer.status == 201:
                    self._place, self._offset = answer.headers["location"], 0
                else:
                    await pause(number)
        raise Broken("stuck", f"page {self.photo.digest}")

    async def _begin(self, length: int) -> Answer | None:
        named = base64.b64encode(self.photo.digest.encode()).decode()
        told = {**TUS, "Upload-Length": str(length), "Upload-Metadata": f"digest {named}"}
        return await self._line.ask(Asked("POST", "/uploads", b"", told))

    async def _head(self) -> tuple[int, int]:
        answer = await self._line.ask(Asked("HEAD", self._place, b"", TUS))
        if answer is None:
            return 0, 0
        return answer.status, int(answer.headers.get("upload-offset", "0"))

    async def _patch(
        self, offset: int, piece: bytes, headers: dict[str, str], reach: int | None
    ) -> Answer | None:
        told = {**TUS, **headers, "Upload-Offset": str(offset), "Content-Type": PIECE}
        return await self._line.ask(Asked("PATCH", self._place, piece, told), reach)

    def _demand(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            raise Broken("surprise", f"page {self.photo.digest[:8]}: {otherwise}")
