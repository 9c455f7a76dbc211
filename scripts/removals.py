"""Makes the object removals of docs/quality.md: every photograph with its hole, OpenCV's Telea, pypatchmatch, and this program.

    pip install pillow numpy opencv-contrib-python-headless pypatchmatch
    python scripts/removals.py PHOTOS docs/pictures/removals

PHOTOS holds the photographs named below. The program must be built (npm run build). Holes are ellipses.
"""
import pathlib
import subprocess
import sys
import tempfile

import cv2
import numpy as np
import patchmatch.patch_match as patch_match
from PIL import Image, ImageDraw

# photograph: centre and half axes of the hole, pixels
REMOVALS = {
    "popos-009": (528, 582, 80, 56),
    "popos-004": (245, 545, 205, 265),
    "elementary-065": (905, 495, 32, 150),
    "lomiri-010": (513, 510, 40, 32),
    "matheustt-010": (467, 371, 60, 28),
    "lomiri-011": (834, 444, 90, 90),
    "cid22-135": (378, 337, 50, 66),
    "cid22-119": (309, 170, 52, 62),
    "cid22-176": (193, 178, 52, 32),
    "popos-008": (210, 264, 95, 95),
    "cid22-203": (108, 195, 98, 98),
    "clic2025-016": (325, 440, 115, 120),
}
HEIGHT = 300  # of a picture in the row, pixels
GAP = 6


def telea(photo, hole):
    return cv2.inpaint(photo, hole.astype(np.uint8) * 255, 3, cv2.INPAINT_TELEA)


def patchmatch(photo, hole):
    patch_match.set_random_seed(1)
    return patch_match.inpaint(photo, hole.astype(np.uint8) * 255, patch_size=3)


def around(photo, x, y, a, b):
    """A crop of 4:3 around the hole, with at least half of it on every side where the photograph goes on."""
    high = min(photo.height, max(256, 4 * b, round(4 * a * 3 / 4)))
    wide = min(photo.width, round(high * 4 / 3))
    left = min(photo.width - wide, max(0, x - wide // 2))
    top = min(photo.height - high, max(0, y - high // 2))
    return left, top, left + wide, top + high


def main():
    photos, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    program = pathlib.Path(__file__).resolve().parent.parent / "bin" / "inpaint-studio.mjs"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for part in ("photos", "masks", "fills"):
            (work / part).mkdir()
        for name, (x, y, a, b) in REMOVALS.items():
            photo = Image.open(photos / f"{name}.jpg").convert("RGB")
            photo.save(work / "photos" / f"{name}.png")
            mask = Image.new("L", photo.size)
            ImageDraw.Draw(mask).ellipse((x - a, y - b, x + a, y + b), fill=255)
            mask.save(work / "masks" / f"{name}.png")
        folders = [work / part for part in ("photos", "masks", "fills")]
        command = ["node", program, "inpaint", folders[0], "-m", folders[1], "-o", folders[2]]
        subprocess.run([str(part) for part in command], check=True)
        fills = {path.name.split("-inpainted")[0].removesuffix(".png"): path for path in folders[2].glob("*.png")}
        for name, ellipse in REMOVALS.items():
            row(name, ellipse, work, Image.open(fills[name]).convert("RGB"), out)


def row(name, ellipse, work, ours, out):
    photo = Image.open(work / "photos" / f"{name}.png")
    hole = np.asarray(Image.open(work / "masks" / f"{name}.png")) > 127
    pixels = np.asarray(photo)
    blank = pixels.copy()
    blank[hole] = 128
    cells = [marked(photo, ellipse)]
    for peer in (telea, patchmatch):
        filled = pixels.copy()
        filled[hole] = np.asarray(peer(blank, hole))[hole]
        cells.append(Image.fromarray(filled))
    cells.append(ours)
    box = around(photo, *ellipse)
    cells = [cell.crop(box) for cell in cells]
    width = round(cells[0].width * HEIGHT / cells[0].height)
    picture = Image.new("RGB", (len(cells) * (width + GAP) - GAP, HEIGHT), "white")
    for i, cell in enumerate(cells):
        picture.paste(cell.resize((width, HEIGHT), Image.LANCZOS), (i * (width + GAP), 0))
    picture.save(out / f"{name}.jpg", quality=86)


def marked(photo, ellipse):
    x, y, a, b = ellipse
    result = photo.copy()
    ImageDraw.Draw(result).ellipse((x - a, y - b, x + a, y + b), outline=(255, 0, 90), width=3)
    return result


if __name__ == "__main__":
    main()
