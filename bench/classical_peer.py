"""A classical inpainting from file to file: the peers of bench/whole-command.

    python bench/classical_peer.py telea|patchmatch PHOTO MASK OUT

telea is OpenCV's (Telea 2004, radius 3), patchmatch pypatchmatch's (Barnes et al. 2009, patches of 3 pixels).
"""

from __future__ import annotations

import sys

import cv2
import numpy as np


def telea(photo: np.ndarray, mask: np.ndarray) -> np.ndarray:
    return cv2.inpaint(photo, mask, 3, cv2.INPAINT_TELEA)


def patchmatch(photo: np.ndarray, mask: np.ndarray) -> np.ndarray:
    import patchmatch.patch_match as patch_match

    patch_match.set_random_seed(1)
    return patch_match.inpaint(photo, mask, patch_size=3)


fill = {"telea": telea, "patchmatch": patchmatch}[sys.argv[1]]
photo, mask, out = sys.argv[2:5]
filled = fill(cv2.imread(photo), cv2.imread(mask, cv2.IMREAD_GRAYSCALE))
cv2.imwrite(out, filled, [cv2.IMWRITE_JPEG_QUALITY, 92])
