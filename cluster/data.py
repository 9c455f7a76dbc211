"""Where one rank's batches come from: the product's own data code, or files that it prepared."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import torch

from batches import Batch, FileSource, ProcessSource, ReadAhead, Share, Source, read_all
from ranks import Ranks
from run_folder import RunFolder


def default_feeders(device: torch.device) -> int:
    """A core draws 90 pictures of 256 x 256 a second: too few for a GPU, more than enough for a CPU."""
    if device.type != "cuda":
        return 1
    cores = (os.cpu_count() or 1) // int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    return max(1, min(8, cores - 1))


class Data:
    def __init__(self, run: RunFolder, options: argparse.Namespace) -> None:
        self._run = run
        self._prepared: Path | None = options.batches
        self._feeder: list[str] = options.feeder
        self._feeders: int = options.feeders or default_feeders(options.device)

    def prepare(self, ranks: Ranks, share: Share) -> None:
        """Makes the graphs and, on the first rank, the first checkpoint, where they are missing."""
        complete = (self._run.graphs(share.count) / "generatorStep.json").exists()
        if complete and (self._run.has_checkpoint() or not ranks.first):
            return
        try:
            subprocess.run([*self._feeder, "prepare", str(self._run.folder), str(share.count)], check=True)
        except (OSError, subprocess.CalledProcessError) as problem:
            raise SystemExit(f"{self._run.folder} has no graphs for {share.count} pictures or no checkpoint, and they cannot be made: {problem}")

    def validation(self, share: Share) -> list[Batch]:
        """The batches that a validation measures; none where no picture is kept back."""
        if self._run.config().validation_share == 0:
            return []
        return self._fixed("validation", share)

    def sample(self, share: Share) -> Batch | None:
        """The batch whose fills are shown, where no validation has one."""
        return next(iter(self._fixed("sample", share)), None)

    def open(self, step: int, share: Share) -> ReadAhead:
        config = self._run.config()
        source: Source
        if self._prepared is not None:
            source = FileSource(self._prepared, step, config.draws, share)
        else:
            stream = [*self._feeder, "stream", str(self._run.folder), str(step), str(config.steps)]
            source = ProcessSource([[*stream, str(part.first), str(part.count)] for part in share.split(self._feeders)])
        return ReadAhead(source)

    def _fixed(self, kind: str, share: Share) -> list[Batch]:
        """Batches that are not a step's."""
        if self._prepared is not None:
            path = Path(f"{self._prepared}.{kind}")
            if not path.exists():
                print(f"{path} is not there: this run is trained without {kind}", file=sys.stderr, flush=True)
                return []
            with open(path, "rb") as file:
                return read_all(file, share)
        command = [*self._feeder, kind, str(self._run.folder), str(share.first), str(share.count)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            return read_all(process.stdout, share)
