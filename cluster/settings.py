"""What a rank is told when it starts, and what the steps of a run are opened with."""

from __future__ import annotations

import argparse
import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from collections.abc import Mapping

import torch
from torch import Tensor

from optimiser import Adam
from precision import Mode, use
from probe import best_device, bf16_in_hardware
from tensor_file import read_tensors

BUILT = Path(__file__).resolve().parent.parent / "out" / "main"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Those of rank.py and serve.py."""
    parser.add_argument("--precision", type=Mode, choices=list(Mode), help="bf16 where the device multiplies it in hardware when left out")
    parser.add_argument("--device", type=torch.device, default=best_device(), help="cpu or cuda")
    parser.add_argument("--threads", type=int, help="CPU threads of each rank; PyTorch's own choice when left out")
    parser.add_argument("--feeder", type=command, default=["node", str(BUILT / "train-feeder.js")], help="program that draws batches: words, or a JSON list")
    parser.add_argument("--feeders", type=int, help="processes that draw each rank's batches; 1 on a CPU, up to 8 for a GPU when left out")


def command(text: str) -> list[str]:
    """A JSON list is exact on every system; words are easier to type."""
    return [str(word) for word in json.loads(text)] if text.startswith("[") else shlex.split(text)


def use_options(options: argparse.Namespace) -> Mode:
    """Sets PyTorch up, and says in which precision it computes."""
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    mode: Mode = options.precision or (Mode.BF16 if bf16_in_hardware(options.device) else Mode.FP32)
    use(mode)
    return mode


@dataclass(frozen=True)
class Settings:
    """As src/engine/runtime/torch/messages.ts has them."""

    run: Path
    batch: int
    """Pictures of all ranks together."""
    draws: int
    """Batches that a step uses: one a critic step, and the generator's."""
    steps: int
    """Of the whole run."""
    adam: Adam

    @staticmethod
    def parse(data: Mapping[str, Any]) -> Settings:
        adam = data["adam"]
        return Settings(
            Path(data["run"]), data["batch"], data["draws"], data["steps"], Adam(adam["beta1"], adam["beta2"], adam["clipNorm"])
        )

    @property
    def critics(self) -> bool:
        return self.draws > 1

    def features(self) -> dict[str, Tensor]:
        """Weights of the feature network by name; none where no loss of the run looks at learnt features."""
        path = self.run / "features.safetensors"
        return read_tensors(path)[0] if path.exists() else {}

    def graphs(self, count: int) -> Path:
        """Folder of the step graphs for `count` pictures of each batch."""
        whole = self.run / "graphs"
        return whole if count == self.batch else whole / f"batch-{count}"
