"""The ranks of a run as one: the first does what its caller wants and has the others do the same."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from torch import Tensor

from data import BatchData, Data
from precision import Mode
from ranks import Ranks
from settings import Settings
from stepper import Losses, Stepper

END, LOAD, CRITIC_STEP, GENERATOR_STEP = range(4)
"""Orders to the other ranks, each with two numbers."""


class Team:
    """On the first rank."""

    def __init__(
        self, options: argparse.Namespace, ranks: Ranks, mode: Mode, prepared: Path | None = None, data: BatchData | None = None
    ) -> None:
        """`data`: where batches come from; drawn from the run's pictures, or `prepared`, when left out."""
        self.ranks = ranks
        self._mode = mode
        self._data = Data(options, prepared) if data is None else data
        self._stepper: Stepper | None = None

    @property
    def stepper(self) -> Stepper:
        if self._stepper is None:
            raise ValueError("the steps of a run have to be opened first")
        return self._stepper

    def open(self, settings: dict[str, Any]) -> None:
        """Raises ValueError when a batch cannot be divided among the ranks."""
        self.ranks.same_data(settings)
        self._stepper = Stepper(Settings.parse(settings), self.ranks, self._mode, self._data)

    def load(self, vectors: dict[str, Tensor], step: int) -> None:
        self.ranks.order([LOAD, step, 0])
        self.stepper.load(vectors, step)

    def critic_step(self, rate: float) -> Losses:
        self.ranks.order([CRITIC_STEP, rate, 0])
        return self.stepper.critic_step(rate)

    def generator_step(self, rate: float, decay: float) -> Losses:
        self.ranks.order([GENERATOR_STEP, rate, decay])
        return self.stepper.generator_step(rate, decay)

    def end(self) -> None:
        """Lets the other ranks go."""
        if self._stepper is None:
            self.ranks.same_data(None)
            return
        self.ranks.order([END, 0, 0])
        self._stepper.close()


def follow(options: argparse.Namespace, ranks: Ranks, mode: Mode, prepared: Path | None = None) -> None:
    """What every other rank does: as the first one orders, to the end."""
    settings = ranks.same_data(None)
    if settings is None:
        return
    stepper = Stepper(Settings.parse(settings), ranks, mode, Data(options, prepared))
    while True:
        order, first, second = ranks.order(None)
        if order == LOAD:
            stepper.load({}, int(first))
        elif order == CRITIC_STEP:
            stepper.critic_step(first)
        elif order == GENERATOR_STEP:
            stepper.generator_step(first, second)
        else:
            stepper.close()
            return
