"""Photographs of papers as a phone's camera gives them: 12 megapixels, over 2 MB, with EXIF.

Drawn in a browser's canvas. Each paper carries a band of its own colour near its top, by which a
test recognises it at the desk after shrinking, encryption and two transfers; the noise of a real
sensor keeps the file as heavy as a real one.
"""

import base64
import struct
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

WIDTH, HEIGHT = 3000, 4000
DRAW = """async ({title, colour, turned, grain, width, height}) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = turned ? [height, width] : [width, height];
  const pen = canvas.getContext('2d');
  // Held sideways: the sensor's picture lies on its side and EXIF says how to turn it back.
  if (turned) { pen.translate(0, width); pen.rotate(-Math.PI / 2); }
  pen.fillStyle = '#f4efe2'; pen.fillRect(0, 0, width, height);
  pen.fillStyle = colour; pen.fillRect(0, 400, width, 500);
  pen.fillStyle = '#222'; pen.textAlign = 'center'; pen.font = 'bold 150px sans-serif';
  pen.fillText(title, width / 2, 260);
  pen.textAlign = 'left'; pen.font = '84px sans-serif';
  const words = 'Giấy này chỉ dùng để thử, không có giá trị.';
  for (let line = 1; line <= 20; line++)
    pen.fillText(`${line}. ${words}`, 200, 1020 + line * 130);
  const [w, h] = [canvas.width, canvas.height];
  const pixels = pen.getImageData(0, 0, w, h);
  let seed = 7;
  for (let at = 0; at < pixels.data.length; at += 4) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const noise = grain * ((seed >>> 16) % 32 / 16 - 1);
    for (let c = 0; c < 3; c++) pixels.data[at + c] += noise;
  }
  pen.putImageData(pixels, 0, 0);
  return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
}"""


@dataclass(frozen=True)
class Paper:
    """A photograph on disk; `colour` is the red, green, blue of its band."""

    title: str
    path: Path
    colour: tuple[int, int, int]


def photograph(
    page: Page,
    folder: Path,
    title: str,
    colour: tuple[int, int, int],
    *,
    is_turned: bool = False,
    grain: int = 16,
) -> Paper:
    """Draw one paper with any page of a browser.

    `is_turned`: photographed sideways (EXIF 6). `grain`: how far the sensor's noise goes, of 255.
    """
    drawn: str = page.evaluate(
        DRAW,
        {
            "title": title,
            "colour": "rgb({}, {}, {})".format(*colour),
            "turned": is_turned,
            "grain": grain,
            "width": WIDTH,
            "height": HEIGHT,
        },
    )
    path = folder / f"{title.replace(' ', '-')}.jpg"
    jpeg = base64.b64decode(drawn)
    # After the start marker, as cameras do.
    path.write_bytes(jpeg[:2] + exif(6 if is_turned else 1) + jpeg[2:])
    return Paper(title, path, colour)


def exif(orientation: int) -> bytes:
    """An APP1 segment with the orientation, and the place the photo was taken at."""
    place = b"22.5401 N 103.8902 E\0"
    fields = [
        (0x0112, 3, 1, struct.pack("<HH", orientation, 0)),
        (0x010E, 2, len(place), struct.pack("<I", 8 + 2 + 2 * 12 + 4)),
    ]
    directory = struct.pack("<H", len(fields))
    for tag, kind, count, value in sorted(fields):
        directory += struct.pack("<HHI", tag, kind, count) + value
    tiff = b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", 0) + place
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
