"""The steps of a run, executed from its saved graphs."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from batches import Batch
from captured import Captured
from compiler import compile_graph
from graph import Program, load_graph
from optimiser import NetworkState
from precision import Mode
from ranks import Ranks
from run_folder import Config, TrainState

Losses = dict[str, Tensor]


class Steps:
    """A run's graphs, compiled for one rank's share of the batch. On a GPU they are recorded (captured.py), but for those
    in which ranks talk to each other."""

    def __init__(self, graphs: Path, config: Config, ranks: Ranks, mode: Mode, capture: bool = False) -> None:
        average = ranks.average if ranks.size > 1 else None

        def program(name: str) -> Program | Captured:
            compiled = compile_graph(load_graph(graphs / f"{name}.json"), ranks.device, mode, average)
            return Captured(compiled) if capture and not compiled.communicates else compiled

        self._config = config
        self._ranks = ranks
        self._generator_step = program("generatorStep")
        self.fill = program("fill")
        if config.adversarial:
            self._critic_step = program("criticStep")

    def generator_step(self, state: TrainState, batch: Batch) -> Losses:
        results = self._generator_step.run({**batch, **_critic_inputs(state), "generator": state.generator.values})
        gradient = results.pop("gradient")
        del results["complete"]
        results["generatorNorm"] = self._update(state.generator, gradient, state, state.step + 1)
        return results

    def critic_step(self, state: TrainState, batch: Batch, substep: int) -> Losses:
        """`substep` counts from 1."""
        if state.critic is None:
            raise ValueError("this run has no critics")
        complete = self.fill.run({**batch, "generator": state.generator.values})["complete"]
        results = self._critic_step.run({**batch, **_critic_inputs(state), "complete": complete})
        gradient = results.pop("gradient")
        if "criticStateNew" in results:
            state.critic_state = self._ranks.average(results.pop("criticStateNew"))
        results["criticLoss"] = results.pop("loss")
        updates = state.step * self._config.critic_steps + substep
        results["criticNorm"] = self._update(state.critic, gradient, state, updates)
        return results

    def _update(self, network: NetworkState, gradient: Tensor, state: TrainState, updates: int) -> Tensor:
        self._ranks.average(gradient)
        rate = state.rate_factor * self._config.learning_rate(state.step)
        return self._config.adam.update(network, gradient, self._config.corrected_rate(rate, updates))


def _critic_inputs(state: TrainState) -> dict[str, Tensor]:
    """Empty when training without critics."""
    values = {} if state.critic is None else {"critic": state.critic.values}
    return values if state.critic_state is None else {**values, "criticState": state.critic_state}


def update_average(state: TrainState, config: Config) -> None:
    """Before the step is counted."""
    state.average.lerp_(state.generator.values, 1 - config.average_decay_at(state.step))


class LossLog:
    """Means of losses since they were last taken. Numbers stay on the device until then."""

    def __init__(self) -> None:
        self._values: dict[str, list[Tensor]] = {}

    def add(self, losses: Losses) -> None:
        for name, value in losses.items():
            self._values.setdefault(name, []).append(value)

    def broken(self, ranks: Ranks) -> bool:
        """Whether some number on some rank is not finite; the ranks have to ask together."""
        finite = all(bool(torch.stack(values).isfinite().all()) for values in self._values.values())
        return ranks.any(not finite)

    def clear(self) -> None:
        self._values.clear()

    def take(self, ranks: Ranks) -> dict[str, float]:
        """Also over all ranks, which have to ask together."""
        names = list(self._values)
        means = ranks.average(torch.stack([torch.stack(self._values[name]).mean() for name in names]))
        self._values.clear()
        return dict(zip(names, means.tolist()))
