"""A training run on disk, in the formats of the app's own trainer (src/engine/train/run-folder.ts, config.ts)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

import torch
from torch import Tensor

from optimiser import Adam, NetworkState
from tensor_file import encode_tensors, read_tensors, write_aside

CHECKPOINT = "checkpoint.safetensors"


@dataclass(frozen=True)
class Config:
    """What this runtime needs of config.json; the step graphs hold the rest."""

    steps: int
    batch: int
    side: int
    adversarial: bool
    critic_steps: int
    rate: float
    adam: Adam
    warmup: int
    schedule: str
    average_decay: float
    checkpoint_every: int

    @staticmethod
    def parse(data: Mapping[str, Any]) -> Config:
        optimiser = data["optimiser"]
        return Config(
            steps=data["steps"],
            batch=data["batch"],
            side=data["side"],
            adversarial=data["weights"]["adversarial"] > 0,
            critic_steps=data["criticSteps"],
            rate=optimiser["rate"],
            adam=Adam(optimiser["beta1"], optimiser["beta2"], optimiser["clipNorm"]),
            warmup=optimiser["warmup"],
            schedule=optimiser["schedule"],
            average_decay=data["averageDecay"],
            checkpoint_every=data["checkpointEvery"],
        )

    @property
    def draws(self) -> int:
        """Batches a step uses."""
        return self.critic_steps + 1 if self.adversarial else 1

    def learning_rate(self, step: int) -> float:
        """Of a generator step, counted from 0, without Adam's bias correction."""
        rising = min(1.0, (step + 1) / max(1, self.warmup))
        falling = 0.5 * (1 + math.cos(math.pi * step / self.steps)) if self.schedule == "cosine" else 1.0
        return self.rate * rising * falling

    def corrected_rate(self, step: int, updates: int) -> float:
        """Adam's rate with its bias correction; `updates` counts from 1."""
        return self.learning_rate(step) * math.sqrt(1 - self.adam.beta2**updates) / (1 - self.adam.beta1**updates)

    def average_decay_at(self, step: int) -> float:
        """The moving average starts as a plain mean."""
        return min(self.average_decay, (step + 1) / (step + 10))


@dataclass
class TrainState:
    """`step` generator steps are done, in `seconds` of training over all sessions."""

    step: int
    seconds: float
    generator: NetworkState
    average: Tensor
    critic: NetworkState | None
    critic_state: Tensor | None = None
    """What the critics remember besides, where it is something (src/engine/train/critic-pair.ts)."""

    def vectors(self) -> dict[str, Tensor]:
        """By their names in the checkpoint."""
        critic = {} if self.critic is None else _vectors("critic", self.critic)
        remembered = {} if self.critic_state is None else {"critic.state": self.critic_state}
        return {**_vectors("generator", self.generator), "generator.average": self.average, **critic, **remembered}

    def metadata(self) -> dict[str, str]:
        return {"step": str(self.step), "seconds": str(self.seconds)}

    @staticmethod
    def of(vectors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> TrainState:
        """Raises KeyError when a vector or the step is missing."""

        def network(name: str) -> NetworkState:
            return NetworkState(*[vectors[part] for part in (name, f"{name}.mean", f"{name}.variance")])

        return TrainState(
            step=int(metadata["step"]),
            seconds=float(metadata.get("seconds", 0)),
            generator=network("generator"),
            average=vectors["generator.average"],
            critic=network("critic") if "critic" in vectors else None,
            critic_state=vectors.get("critic.state"),
        )


@dataclass(frozen=True)
class RunFolder:
    folder: Path

    def config(self) -> Config:
        return Config.parse(json.loads((self.folder / "config.json").read_text(encoding="utf-8")))

    def graphs(self, count: int) -> Path:
        """Folder of the step graphs for `count` pictures of each batch."""
        whole = self.folder / "graphs"
        return whole if count == self.config().batch else whole / f"batch-{count}"

    def has_checkpoint(self) -> bool:
        return (self.folder / CHECKPOINT).exists()

    def checkpoint(self, device: torch.device) -> TrainState:
        """Raises ValueError when the file is broken."""
        path = self.folder / CHECKPOINT
        tensors, metadata = read_tensors(path)
        try:
            return TrainState.of({name: tensor.to(device) for name, tensor in tensors.items()}, metadata)
        except KeyError as missing:
            raise ValueError(f"{path} is not a run's checkpoint: it lacks {missing}") from missing

    def write_checkpoint(self, state: TrainState) -> None:
        write_aside(self.folder / CHECKPOINT, encode_tensors(state.vectors(), state.metadata()))

    def log(self, record: Mapping[str, Any]) -> None:
        with open(self.folder / "log.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(record, separators=(",", ":")) + "\n")


def _vectors(name: str, network: NetworkState) -> dict[str, Tensor]:
    return {name: network.values, f"{name}.mean": network.mean, f"{name}.variance": network.variance}
