"""Batches of a pack: crops of photographs and masks that the program chose (src/engine/train/away-pack.ts), cut anew for every
step here, where there is neither Node nor anything else that reads pictures. A batch depends on the seed and its number alone."""

from __future__ import annotations

import json
import math
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from batches import Batch, Share, Supply
from jpeg import read_coefficients, to_picture
from ranks import Ranks
from settings import Settings


class Pack:
    """All of it on the device."""

    def __init__(self, folder: Path, device: torch.device) -> None:
        """Raises ValueError naming a picture that cannot be read."""
        about = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
        self.side: int = about["side"]
        self.most_shrink: float = about["maxShrink"]
        self.mirror: bool = about["mirror"]
        self.seed: int = about["seed"]
        files = sorted((folder / "pictures").glob("*.jpg"))
        with ProcessPoolExecutor() as readers:
            read = readers.map(read_coefficients, (file.read_bytes() for file in files), chunksize=8)
            self.pictures = [to_picture(each, device) for each in read]
        packed = torch.frombuffer(bytearray((folder / "masks.bits").read_bytes()), dtype=torch.uint8).to(device)
        bits = packed[:, None] >> torch.arange(8, dtype=torch.uint8, device=device) & 1
        self.masks = bits.reshape(-1, self.side, self.side)

    def open(self, settings: Settings, step: int, ranks: Ranks) -> Supply:
        """The batches from a step on."""
        return PackedSupply(self, step * settings.draws, ranks.share(settings.batch))


class PackedSupply:
    def __init__(self, pack: Pack, number: int, share: Share) -> None:
        """`number`: of the next batch."""
        self._pack, self._number, self._share = pack, number, share

    def take(self) -> Batch:
        examples = range(self._share.first, self._share.first + self._share.count)
        drawn = [self._example(random.Random(f"{self._pack.seed} {self._number} {example}")) for example in examples]
        self._number += 1
        hole = torch.stack([mask for _, mask in drawn])
        # Discounting is off in runs that are packed: the whole hole weighs alike.
        return {"image": torch.stack([image for image, _ in drawn]), "hole": hole, "discount": hole}

    def take_waited(self) -> float:
        """Nothing is waited for: batches are cut on the device."""
        return 0.0

    def close(self) -> None: ...

    def _example(self, chance: random.Random) -> tuple[Tensor, Tensor]:
        pack = self._pack
        image = self._crop(chance, chance.choice(pack.pictures))
        mask = pack.masks[chance.randrange(len(pack.masks))].float()
        # The same holes turned and mirrored.
        mask = torch.rot90(mask, chance.randrange(4), (0, 1))
        return image, mask.flip(1) if chance.random() < 0.5 else mask

    def _crop(self, chance: random.Random, picture: Tensor) -> Tensor:
        """A random square, shrunk to the side, in [-1,1]."""
        side, (height, width) = self._pack.side, picture.shape[1:]
        largest = max(1.0, min(self._pack.most_shrink, min(height, width) / side))
        size = round(side * math.exp(chance.random() * math.log(largest)))
        top, left = chance.randint(0, height - size), chance.randint(0, width - size)
        piece = picture[:, top : top + size, left : left + size].float()
        if size != side:
            piece = functional.interpolate(piece[None], (side, side), mode="bilinear", antialias=True)[0]
        if self._pack.mirror and chance.random() < 0.5:
            piece = piece.flip(2)
        return piece / 127.5 - 1
