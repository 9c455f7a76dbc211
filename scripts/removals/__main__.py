"""Makes the object removals of docs/quality.md: every photograph with its hole, OpenCV's Telea, pypatchmatch, and this program's
manners Restore and Remove.

    pip install pillow numpy opencv-contrib-python-headless pypatchmatch
    python scripts/removals PHOTOS docs/pictures/removals

PHOTOS holds the photographs named in cases.json. The program must be built (npm run build). --only makes some removals alone;
--keep FOLDER keeps every fill at full size, and takes the peers' fills that are there already from it.
"""

from __future__ import annotations

import argparse
import pathlib
import tempfile
from typing import Any

import numpy as np
from PIL import Image

from cases import cases, hole_mask
from fills import PEERS, fill_by_peer, fill_by_program
from sheet import row

MANNERS = ("restore", "remove")
QUALITY = 80  # of the rows, webp


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the object removals of docs/quality.md.")
    parser.add_argument("photos", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME")
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        make(cases(arguments.only), arguments.photos, arguments.out, arguments.keep or pathlib.Path(folder))


def make(removals: list[dict[str, Any]], photos: pathlib.Path, out: pathlib.Path, work: pathlib.Path) -> None:
    """Fills all removals in the folder `work` and writes a row for each into `out`."""
    for part in ("photos", "masks", *PEERS, *MANNERS):
        (work / part).mkdir(parents=True, exist_ok=True)
    for case in removals:
        prepare(case, photos, work)
    for manner in MANNERS:
        files = [work / "photos" / f"{case['name']}.png" for case in removals]
        fill_by_program(files, work / "masks", work / manner, manner)
    for case in removals:
        name = case["name"]
        photo = Image.open(work / "photos" / f"{name}.png")
        hole = np.asarray(Image.open(work / "masks" / f"{name}.png")) > 127
        fills = [Image.open(work / method / f"{name}.png").convert("RGB") for method in (*PEERS, *MANNERS)]
        row(photo, hole, fills).save(out / f"{name}.webp", quality=QUALITY, method=6)


def prepare(case: dict[str, Any], photos: pathlib.Path, work: pathlib.Path) -> None:
    """Writes photograph and mask as PNG and, unless they are there for this very mask, the peers' fills."""
    name = f"{case['name']}.png"
    photo = Image.open(photos / f"{case['photo']}.jpg").convert("RGB")
    mask = hole_mask(case, photo.size)
    kept = work / "masks" / name
    same = kept.exists() and np.array_equal(np.asarray(Image.open(kept)), np.asarray(mask))
    photo.save(work / "photos" / name)
    mask.save(kept)
    for peer in PEERS:
        if not (same and (work / peer / name).exists()):
            fill_by_peer(peer, photo, np.asarray(mask) > 127).save(work / peer / name)


if __name__ == "__main__":
    main()
