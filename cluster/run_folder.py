"""A run's checkpoints and log, where no program but this one keeps them (src/engine/train/run-folder.ts, checkpoints.ts)."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from collections.abc import Mapping

from torch import Tensor

from tensor_file import encode_tensors, read_tensors, write_aside

LAST = "checkpoint.safetensors"
BEST = "best.safetensors"
"""The one with the lowest l1 in the hole on validation."""

HISTORY = "checkpoints"
"""Folder of the latest checkpoints, step-N.safetensors."""


@dataclass(frozen=True)
class RunFolder:
    folder: Path

    def checkpoint(self) -> tuple[dict[str, Tensor], dict[str, str]]:
        """Vectors and metadata. Raises ValueError when the file is broken."""
        vectors, metadata = read_tensors(self.folder / LAST)
        if "generator" not in vectors or "step" not in metadata:
            raise ValueError(f"{self.folder / LAST} is not a run's checkpoint")
        return vectors, metadata

    def write_checkpoint(self, vectors: dict[str, Tensor], metadata: dict[str, str]) -> None:
        write_aside(self.folder / LAST, encode_tensors(vectors, metadata))

    def keep_checkpoint(self, step: int, count: int, best: bool) -> None:
        """Keeps the last checkpoint under its step as well, forgets all but the latest `count` such, and perhaps as the best."""
        if best:
            _replace_by_link(self.folder / LAST, self.folder / BEST)
        if count == 0:
            return
        history = self.folder / HISTORY
        history.mkdir(exist_ok=True)
        _replace_by_link(self.folder / LAST, history / f"step-{step}.safetensors")
        kept = sorted((int(path.stem.removeprefix("step-")), path) for path in history.glob("step-*.safetensors"))
        for _, path in kept[:-count]:
            path.unlink()

    def return_to_best(self) -> None:
        """Makes the best checkpoint the one to go on from, where there is one."""
        best = self.folder / BEST
        if best.exists():
            write_aside(self.folder / LAST, best.read_bytes())

    def log(self, record: Mapping[str, Any]) -> None:
        with open(self.folder / "log.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(record, separators=(",", ":")) + "\n")


def _replace_by_link(source: Path, target: Path) -> None:
    """A second name for the same bytes costs no space: checkpoints are replaced, never written over."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
