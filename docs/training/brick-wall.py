"""Cuts scikit-image's brick wall (CC0) into pictures to train on (its left) and to be held out (its right), with holes."""
from pathlib import Path
import random
import numpy as np
from PIL import Image, ImageDraw
from skimage import data

wall = np.stack([data.brick()] * 3, -1)
out = Path("brick")
for name in ("train", "pictures", "masks"):
    (out / name).mkdir(parents=True, exist_ok=True)
for row in range(4):
    for column in range(2):
        tile = wall[row * 128 : row * 128 + 128, column * 160 : column * 160 + 160]
        Image.fromarray(tile).save(out / "train" / f"{row}{column}.png")
draw = random.Random(5)
for i in range(16):
    top, left = 128 * (i // 4), 320 + (i % 4) * 21
    Image.fromarray(wall[top : top + 128, left : left + 128]).save(out / "pictures" / f"{i:02}.png")
    mask = Image.new("L", (128, 128))
    pen = ImageDraw.Draw(mask)
    if i % 2 == 0:
        width, height = draw.randint(24, 56), draw.randint(24, 56)
        x, y = draw.randint(8, 120 - width), draw.randint(8, 120 - height)
        pen.rectangle((x, y, x + width - 1, y + height - 1), fill=255)
    else:
        x, y = draw.randint(20, 108), draw.randint(20, 108)
        for _ in range(5):
            to = (min(120, max(8, x + draw.randint(-50, 50))), min(120, max(8, y + draw.randint(-50, 50))))
            pen.line((x, y, *to), fill=255, width=draw.randint(6, 14))
            x, y = to
    mask.save(out / "masks" / f"{i:02}.png")
