"""The steps of a run on one rank: weights and Adam's moments stay on the device, batches are drawn beside."""

from __future__ import annotations

import torch
from torch import Tensor

from batches import Batch, Supply
from captured import Captured
from compiler import compile_graph
from data import BatchData
from graph import Program, load_graph
from optimiser import NetworkState
from precision import Mode
from ranks import Ranks
from settings import Settings

Losses = dict[str, float]

AGREE_EVERY = 20
"""Steps after which the ranks compare their weights, bit by bit."""


class Stepper:
    """All ranks call the same methods in the same order, but for `fill`, `score` and `waited`, which are one rank's own."""

    def __init__(self, settings: Settings, ranks: Ranks, mode: Mode, data: BatchData) -> None:
        self.settings = settings
        self.share = ranks.share(settings.batch)
        self._ranks, self._mode, self._data = ranks, mode, data
        self._programs: dict[str, Program | Captured] = {}
        self._features = settings.features()
        self._batches: Supply | None = None
        self._steps = 0
        self.vectors: dict[str, Tensor] = {}
        """By their names in a checkpoint; those that other versions of the program know are handed on."""

    def load(self, vectors: dict[str, Tensor], step: int) -> None:
        """Takes over the first rank's weights, which the other ranks are given; the next step is number `step`."""
        ranks = self._ranks
        sizes = ranks.same_data({name: vector.numel() for name, vector in vectors.items()})
        own = vectors if ranks.first else {name: torch.empty(size) for name, size in sizes.items()}
        self.vectors = {name: vector.to(ranks.device, copy=True) for name, vector in own.items()}
        ranks.broadcast(list(self.vectors.values()))
        self._steps = step
        self.close()
        self._batches = self._data.open(self.settings, step, ranks) if step < self.settings.steps else None

    def critic_step(self, rate: float) -> Losses:
        batch = self._take()
        complete = self._program("fill").run({**batch, "generator": self.vectors["generator"]})["complete"]
        results = self._program("criticStep").run({**batch, **self._critic_inputs(), "complete": complete})
        gradient = results.pop("gradient")
        if "criticStateNew" in results:
            self.vectors["critic.state"] = self._ranks.average(results.pop("criticStateNew"))
        results["criticLoss"] = results.pop("loss")
        results["criticNorm"] = self._update("critic", gradient, rate)
        return self._numbers(results)

    def generator_step(self, rate: float, decay: float) -> Losses:
        """`decay` is the moving average's."""
        generator = self.vectors["generator"]
        results = self._program("generatorStep").run({**self._take(), **self._critic_inputs(), "generator": generator})
        gradient = results.pop("gradient")
        del results["complete"]
        results["generatorNorm"] = self._update("generator", gradient, rate)
        self.vectors["generator.average"].lerp_(generator, 1 - decay)
        self._steps += 1
        if self._steps % AGREE_EVERY == 0:
            self._ranks.expect_equal([generator], f"the weights after step {self._steps}")
        return self._numbers(results)

    def fill(self, batch: Batch) -> Tensor:
        """The pictures of a whole batch with their holes filled by the average's weights, flat."""
        return self._in_shares("fill", batch, {"generator": self.vectors["generator.average"]})["complete"]

    def score(self, batch: Batch) -> dict[str, Tensor]:
        """What the critics say of the pictures of a whole batch."""
        return self._in_shares("score", batch, self._critic_inputs())

    def waited(self) -> float:
        """Seconds that batches were waited for since the last call."""
        return self._batches.take_waited() if self._batches is not None else 0.0

    def close(self) -> None:
        if self._batches is not None:
            self._batches.close()

    def _take(self) -> Batch:
        if self._batches is None:
            raise RuntimeError("the run is at its end")
        return self._batches.take()

    def _program(self, name: str) -> Program | Captured:
        """Compiled at its first use. On a GPU it is recorded (captured.py), but for those in which ranks talk to each other."""
        if name not in self._programs:
            ranks = self._ranks
            graph = load_graph(self.settings.graphs(self.share.count) / f"{name}.json")
            program = compile_graph(graph, ranks.device, self._mode, ranks.average if ranks.size > 1 else None, self._features)
            recorded = ranks.device.type == "cuda" and not program.communicates
            self._programs[name] = Captured(program) if recorded else program
        return self._programs[name]

    def _in_shares(self, name: str, batch: Batch, weights: dict[str, Tensor]) -> dict[str, Tensor]:
        """Runs a graph that is made for one rank's share on all of a batch, on this rank alone."""
        parts = self.settings.batch // self.share.count
        pieces = {part: values.reshape(parts, -1) for part, values in batch.items()}
        results = [self._program(name).run({**{part: piece[i] for part, piece in pieces.items()}, **weights}) for i in range(parts)]
        return {key: torch.cat([result[key].reshape(-1) for result in results]) for key in results[0]}

    def _critic_inputs(self) -> dict[str, Tensor]:
        """Empty when training without critics."""
        names = {"critic": "critic", "criticState": "critic.state"}
        return {name: self.vectors[vector] for name, vector in names.items() if vector in self.vectors} if self.settings.critics else {}

    def _update(self, name: str, gradient: Tensor, rate: float) -> Tensor:
        network = NetworkState(*[self.vectors[part] for part in (name, f"{name}.mean", f"{name}.variance")])
        return self.settings.adam.update(network, self._ranks.average(gradient), rate)

    def _numbers(self, results: dict[str, Tensor]) -> Losses:
        """Means over the ranks: a number that breaks on one is broken on all."""
        values = self._ranks.average(torch.stack([value.reshape(()) for value in results.values()]))
        return dict(zip(results, values.tolist()))
