"""Fills of one hole by each method. A fill is the photograph with the hole's pixels replaced; all others stay."""

from __future__ import annotations

import pathlib
import subprocess
import tempfile

import cv2
import numpy as np
import patchmatch.patch_match as patch_match
from PIL import Image

PROGRAM = pathlib.Path(__file__).resolve().parent.parent.parent / "bin" / "inpaint-studio.mjs"


def telea(photo: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """OpenCV's fast marching, radius 3."""
    return cv2.inpaint(photo, hole.astype(np.uint8) * 255, 3, cv2.INPAINT_TELEA)


def patchmatch(photo: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """pypatchmatch with patches of 7 x 7, seed 1."""
    patch_match.set_random_seed(1)
    return patch_match.inpaint(photo, hole.astype(np.uint8) * 255, patch_size=3)


PEERS = {"telea": telea, "patchmatch": patchmatch}


def fill_by_peer(peer: str, photo: Image.Image, hole: np.ndarray) -> Image.Image:
    """A fill by a function of the photograph (height, width, 3) and the hole (height, width); the peer does not see what the hole hides."""
    pixels = np.array(photo)
    blank = pixels.copy()
    blank[hole] = 128
    pixels[hole] = np.asarray(PEERS[peer](blank, hole))[hole]
    return Image.fromarray(pixels)


def fill_by_program(photos: list[pathlib.Path], masks: pathlib.Path, out: pathlib.Path, manner: str) -> None:
    """Fills photographs (a list of files) with this program into the folder `out`; `masks` is a folder with masks of the same names."""
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        command = ["node", PROGRAM, "inpaint", *photos, "--mask", masks, "--out", folder, "--manner", manner]
        subprocess.run([str(part) for part in command], check=True)
        for path in pathlib.Path(folder).glob("*.png"):
            path.replace(out / f"{path.name.removesuffix('.png').removesuffix('-inpainted')}.png")
