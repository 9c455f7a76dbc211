"""A training run on disk, in the formats of the app's own trainer (src/engine/train/run-folder.ts, config.ts)."""

from __future__ import annotations

import json
import math
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping

import torch
from torch import Tensor

from optimiser import Adam, NetworkState
from tensor_file import encode_tensors, read_tensors, write_aside

CHECKPOINT = "checkpoint.safetensors"
BEST_CHECKPOINT = "best.safetensors"
"""The one with the lowest l1 in the hole on validation."""

HISTORY = "checkpoints"
"""Folder of the latest checkpoints, step-N.safetensors (src/engine/train/checkpoints.ts)."""

KNOWN_METADATA = {"step", "seconds", "rateFactor", "watch"}


@dataclass(frozen=True)
class Config:
    """What this runtime needs of config.json; the step graphs hold the rest."""

    steps: int
    batch: int
    side: int
    critics_loss: str | None
    """None without critics."""
    critic_steps: int
    rate: float
    adam: Adam
    warmup: int
    schedule: str
    average_decay: float
    checkpoint_every: int
    keep_checkpoints: int
    validation_share: float
    validation_every: int

    @staticmethod
    def parse(data: Mapping[str, Any]) -> Config:
        optimiser = data["optimiser"]
        return Config(
            steps=data["steps"],
            batch=data["batch"],
            side=data["side"],
            critics_loss=data.get("critics", {}).get("loss", "wasserstein") if data["weights"]["adversarial"] > 0 else None,
            critic_steps=data["criticSteps"],
            rate=optimiser["rate"],
            adam=Adam(optimiser["beta1"], optimiser["beta2"], optimiser["clipNorm"]),
            warmup=optimiser["warmup"],
            schedule=optimiser["schedule"],
            average_decay=data["averageDecay"],
            checkpoint_every=data["checkpointEvery"],
            keep_checkpoints=data["keepCheckpoints"],
            validation_share=data["validation"]["share"],
            validation_every=data["validation"]["every"],
        )

    @property
    def adversarial(self) -> bool:
        return self.critics_loss is not None

    @property
    def draws(self) -> int:
        """Batches a step uses."""
        return self.critic_steps + 1 if self.adversarial else 1

    def learning_rate(self, step: int) -> float:
        """Of a generator step, counted from 0, without Adam's bias correction."""
        rising = min(1.0, (step + 1) / max(1, self.warmup))
        falling = 0.5 * (1 + math.cos(math.pi * step / self.steps)) if self.schedule == "cosine" else 1.0
        return self.rate * rising * falling

    def corrected_rate(self, rate: float, updates: int) -> float:
        """Adam's rate with its bias correction; `updates` counts from 1."""
        return rate * math.sqrt(1 - self.adam.beta2**updates) / (1 - self.adam.beta1**updates)

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
    rate_factor: float = 1.0
    """What the learning rate is multiplied by since a failure was noticed."""
    watch: dict[str, Any] | None = None
    """What is remembered of how the run went (watch.py)."""
    other_vectors: dict[str, Tensor] = field(default_factory=dict)
    other_metadata: dict[str, str] = field(default_factory=dict)
    """What other versions of the program keep in a checkpoint, handed on as it is."""

    def vectors(self) -> dict[str, Tensor]:
        """By their names in the checkpoint."""
        critic = {} if self.critic is None else _vectors("critic", self.critic)
        remembered = {} if self.critic_state is None else {"critic.state": self.critic_state}
        own = {**_vectors("generator", self.generator), "generator.average": self.average, **critic, **remembered}
        return {**self.other_vectors, **own}

    def metadata(self) -> dict[str, str]:
        watch = {} if self.watch is None else {"watch": json.dumps(self.watch, separators=(",", ":"))}
        factor = {} if self.rate_factor == 1 else {"rateFactor": repr(self.rate_factor)}
        return {**self.other_metadata, "step": str(self.step), "seconds": repr(self.seconds), **factor, **watch}

    @staticmethod
    def of(vectors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> TrainState:
        """Raises KeyError when a vector or the step is missing."""

        def network(name: str) -> NetworkState:
            return NetworkState(*[vectors[part] for part in (name, f"{name}.mean", f"{name}.variance")])

        state = TrainState(
            step=int(metadata["step"]),
            seconds=float(metadata.get("seconds", 0)),
            generator=network("generator"),
            average=vectors["generator.average"],
            critic=network("critic") if "critic" in vectors else None,
            critic_state=vectors.get("critic.state"),
            rate_factor=float(metadata.get("rateFactor", 1)),
            watch=json.loads(metadata["watch"]) if "watch" in metadata else None,
        )
        known = state.vectors().keys()
        state.other_vectors = {name: vector for name, vector in vectors.items() if name not in known}
        state.other_metadata = {name: text for name, text in metadata.items() if name not in KNOWN_METADATA}
        return state


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

    def keep_checkpoint(self, step: int, count: int) -> None:
        """Keeps the last checkpoint under its step as well, and forgets all but the latest `count` such."""
        if count == 0:
            return
        history = self.folder / HISTORY
        history.mkdir(exist_ok=True)
        _replace_by_link(self.folder / CHECKPOINT, history / f"step-{step}.safetensors")
        kept = sorted((int(path.stem.removeprefix("step-")), path) for path in history.glob("step-*.safetensors"))
        for _, path in kept[:-count]:
            path.unlink()

    def keep_best(self) -> None:
        """Keeps the last checkpoint as the best one."""
        _replace_by_link(self.folder / CHECKPOINT, self.folder / BEST_CHECKPOINT)

    def return_to_best(self) -> None:
        """Makes the best checkpoint the one to go on from, where there is one."""
        best = self.folder / BEST_CHECKPOINT
        if best.exists():
            write_aside(self.folder / CHECKPOINT, best.read_bytes())

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


def _vectors(name: str, network: NetworkState) -> dict[str, Tensor]:
    return {name: network.values, f"{name}.mean": network.mean, f"{name}.variance": network.variance}
