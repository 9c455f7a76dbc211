"""One row of pictures for each removal: the photograph with its hole, then every fill, cropped around the hole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

HEIGHT = 340  # of a picture in the row, pixels
WIDEST = 400  # of a picture in the row, pixels
GAP = 6
OUTLINE = (255, 0, 90)


def around(hole: np.ndarray) -> tuple[int, int, int, int]:
    """A crop (left, top, right, bottom) around the hole (height, width), with at least half of the hole's size on every side where the
    photograph goes on, no narrower than 3:4 and no wider than 5:3."""
    high, wide = hole.shape
    rows, columns = np.flatnonzero(hole.any(axis=1)), np.flatnonzero(hole.any(axis=0))
    tall = max(192, 1.6 * (rows[-1] - rows[0] + 1))
    broad = max(192, 1.6 * (columns[-1] - columns[0] + 1))
    broad, tall = max(broad, 3 / 4 * tall), max(tall, 3 / 5 * broad)
    left, right = span(columns, broad, wide)
    top, bottom = span(rows, tall, high)
    return left, top, right, bottom


def span(places: np.ndarray, length: float, size: int) -> tuple[int, int]:
    """`length` pixels around the middle of `places`, moved into 0..size, or all of it."""
    length = min(size, round(length))
    start = min(size - length, max(0, round((places[0] + places[-1] + 1 - length) / 2)))
    return start, start + length


def marked(photo: Image.Image, hole: np.ndarray) -> Image.Image:
    """The photograph with the hole's outline, two pixels wide."""
    inside = hole.copy()
    for _ in range(2):
        shrunk = inside.copy()
        shrunk[1:] &= inside[:-1]
        shrunk[:-1] &= inside[1:]
        shrunk[:, 1:] &= inside[:, :-1]
        shrunk[:, :-1] &= inside[:, 1:]
        inside = shrunk
    pixels = np.array(photo)
    pixels[hole & ~inside] = OUTLINE
    return Image.fromarray(pixels)


def row(photo: Image.Image, hole: np.ndarray, fills: Sequence[Image.Image]) -> Image.Image:
    """Photograph with hole and fills side by side."""
    box = around(hole)
    cells = [picture.crop(box) for picture in (marked(photo, hole), *fills)]
    scale = min(HEIGHT / cells[0].height, WIDEST / cells[0].width)
    size = (round(cells[0].width * scale), round(cells[0].height * scale))
    result = Image.new("RGB", (len(cells) * (size[0] + GAP) - GAP, size[1]), "white")
    for i, cell in enumerate(cells):
        result.paste(cell.resize(size, Image.LANCZOS), (i * (size[0] + GAP), 0))
    return result
