"""Measures a run on the pictures that are kept back: of what src/engine/train/validation.ts measures, what decides which
weights are the best, and what shows a collapse. Like there, of pictures with 8 bits a channel."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from batches import Batch
from captured import Captured
from graph import Program
from ranks import Ranks

ENOUGH_CROPS = 8
"""Fewer crops say too little about variety."""

BEST_PSNR = 100.0
"""dB, of equal pictures."""


@dataclass(frozen=True)
class Score:
    """Means over the crops: l1 inside the hole (percent of the full range), PSNR of whole crops (dB), and the deviation of
    the fills' mean colours over that of the pictures' own in the holes (None for few crops)."""

    hole_l1: float
    psnr: float
    variety: float | None

    def record(self) -> dict[str, float | None]:
        return {"holeL1": self.hole_l1, "psnr": self.psnr, "variety": self.variety}


def validate(fill: Program | Captured, generator: Tensor, batches: list[Batch], side: int, ranks: Ranks) -> Score:
    """Every rank measures its share of each batch; all get the score of the whole."""
    rows = torch.cat([_crops(batch, fill.run({**batch, "generator": generator})["complete"], side) for batch in batches])
    # Means of each number and of its square, from which deviations follow: what ranks can average.
    means = ranks.average(torch.cat([rows, rows.square()], 1).mean(0).to(torch.float32)).double()
    plain, squares = means.chunk(2)
    deviations = (squares - plain.square()).clamp(min=0).sqrt()
    crops = rows.shape[0] * ranks.size
    fills, truths = deviations[2:5].sum(), deviations[5:8].sum()
    return Score(
        hole_l1=plain[0].item(),
        psnr=plain[1].item(),
        variety=None if crops < ENOUGH_CROPS else (fills / truths.clamp(min=1e-6)).item(),
    )


def _crops(batch: Batch, complete: Tensor, side: int) -> Tensor:
    """(N,8): l1 in the hole, PSNR, mean colour of the fill and of the picture inside the hole."""
    device = complete.device
    image = _bytes(batch["image"].to(device).reshape(-1, 3, side, side))
    hole = batch["hole"].to(device).reshape(-1, 1, side, side).double()
    filled = _bytes(complete.reshape(image.shape))
    difference = (filled - image).abs() / 255
    pixels = hole.sum((1, 2, 3)).clamp(min=1)
    l1 = 100 * (difference * hole).sum((1, 2, 3)) / (3 * pixels)
    psnr = (-10 * difference.square().mean((1, 2, 3)).log10()).clamp(max=BEST_PSNR)
    colours = [(picture * hole).sum((2, 3)) / pixels[:, None] for picture in (filled, image)]
    return torch.cat([l1[:, None], psnr[:, None], *colours], 1)


def _bytes(values: Tensor) -> Tensor:
    """[-1,1] to whole numbers from 0 to 255."""
    return ((values.double() + 1) * 127.5 + 0.5).floor().clamp(0, 255)
