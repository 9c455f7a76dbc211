"""Where one rank's batches come from: the product's own data code, or a file that it prepared."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path
from typing import Protocol

import torch

from batches import Batch, FileSource, ProcessSource, Prefetcher, Share, Supply
from ranks import Ranks
from settings import Settings


def default_feeders(device: torch.device) -> int:
    """A core draws 90 pictures of 256 x 256 a second: too few for a GPU, more than enough for a CPU."""
    if device.type != "cuda":
        return 1
    cores = (os.cpu_count() or 1) // int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    return max(1, min(8, cores - 1))


class BatchData(Protocol):
    def open(self, settings: Settings, step: int, ranks: Ranks) -> Supply:
        """The batches from a step on. All ranks have to ask."""


class Scattered:
    """Batches that the first rank draws whole and shares out, where some rank has no Node."""

    def __init__(self, ranks: Ranks, whole: Prefetcher | None) -> None:
        self._ranks, self._whole = ranks, whole
        self._shares: dict[str, int] = {}

    def take(self) -> Batch:
        batch = None if self._whole is None else self._whole.take()
        if not self._shares:
            sizes = {} if batch is None else {name: part.numel() // self._ranks.size for name, part in batch.items()}
            self._shares = self._ranks.same_data(sizes)
        return {name: self._ranks.scatter(None if batch is None else batch[name], share) for name, share in self._shares.items()}

    def take_waited(self) -> float:
        return 0.0 if self._whole is None else self._whole.take_waited()

    def close(self) -> None:
        if self._whole is not None:
            self._whole.close()


class Data:
    def __init__(self, options: argparse.Namespace, prepared: Path | None = None) -> None:
        self._prepared = prepared
        self._feeder: list[str] = options.feeder
        self._feeders: int = options.feeders or default_feeders(options.device)

    def open(self, settings: Settings, step: int, ranks: Ranks) -> Supply:
        """The batches from a step on. All ranks have to ask."""
        share = ranks.share(settings.batch)
        if self._prepared is not None:
            return Prefetcher(FileSource(self._prepared, step, settings.draws, share))

        def drawn(part: Share) -> Prefetcher:
            stream = [*self._feeder, str(settings.run), str(step), str(settings.steps)]
            return Prefetcher(ProcessSource([[*stream, str(each.first), str(each.count)] for each in part.split(self._feeders)]))

        if not ranks.any(shutil.which(self._feeder[0]) is None):
            return drawn(share)
        return Scattered(ranks, drawn(Share(0, settings.batch)) if ranks.first else None)
