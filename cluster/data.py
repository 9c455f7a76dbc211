"""Where one rank's batches come from: the product's own data code, or a file that it prepared."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import torch

from batches import FileSource, ProcessSource, ReadAhead, Share, Source
from settings import Settings


def default_feeders(device: torch.device) -> int:
    """A core draws 90 pictures of 256 x 256 a second: too few for a GPU, more than enough for a CPU."""
    if device.type != "cuda":
        return 1
    cores = (os.cpu_count() or 1) // int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    return max(1, min(8, cores - 1))


class Data:
    def __init__(self, options: argparse.Namespace, prepared: Path | None = None) -> None:
        self._prepared = prepared
        self._feeder: list[str] = options.feeder
        self._feeders: int = options.feeders or default_feeders(options.device)

    def open(self, settings: Settings, step: int, share: Share) -> ReadAhead:
        """The batches from a step on."""
        source: Source
        if self._prepared is not None:
            source = FileSource(self._prepared, step, settings.draws, share)
        else:
            stream = [*self._feeder, str(settings.run), str(step), str(settings.steps)]
            source = ProcessSource([[*stream, str(part.first), str(part.count)] for part in share.split(self._feeders)])
        return ReadAhead(source)
