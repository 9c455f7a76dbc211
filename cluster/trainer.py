"""Trains a run on one rank, in step with the others: the order of things is that of src/engine/train/trainer.ts."""

from __future__ import annotations

import time
from typing import Any, Callable

import torch

from data import Data
from guard import Guard, unless_full
from precision import Mode
from ranks import Ranks
from report import Report
from run_folder import RunFolder, TrainState
from samples import write_sample
from training import Losses, LossLog, Steps, update_average
from validation import Score, validate
from watch import LOWERED, Advice

LOG_EVERY = 20
"""Steps between two lines of the log that the watch judges; then the ranks also compare their weights."""

LOG_SECONDS = 10
"""Where a rank is alone and its steps are slow there are lines in between, for people alone."""

AGREE_EVERY = 5
"""Steps between two agreements of several ranks on whether to stop: each costs a message."""


@torch.inference_mode()
def train(run: RunFolder, data: Data, ranks: Ranks, mode: Mode, stop: Callable[[], bool], report: Report) -> TrainState:
    """Until the configuration's last step, or until `stop` says so on some rank."""
    config = run.config()
    data.prepare(ranks, ranks.share(config.batch))
    state = starting_state(run, ranks)
    if state.step >= config.steps:
        return state
    training = Training(run, data, ranks, mode, report, state)
    try:
        while training.state.step < config.steps:
            training.step()
            training.attend()
            if (ranks.size == 1 or training.state.step % AGREE_EVERY == 0) and ranks.any(stop()):
                break
    finally:
        training.close()
    training.leave_checkpoint()
    return training.state


class Training:
    def __init__(self, run: RunFolder, data: Data, ranks: Ranks, mode: Mode, report: Report, state: TrainState) -> None:
        self.state = state
        self._run, self._data, self._ranks, self._report = run, data, ranks, report
        self._config = run.config()
        self._share = ranks.share(self._config.batch)
        self._steps = Steps(run.graphs(self._share.count), self._config, ranks, mode, capture=ranks.device.type == "cuda")
        self._kept_back = data.validation(self._share)
        self._shown = None
        if ranks.first:
            self._shown = self._kept_back[0] if self._kept_back else data.sample(self._share)
        self._guard = Guard(run, self._config, ranks, state)
        self._batches = data.open(state.step, self._share)
        self._log, self._judged = LossLog(), LossLog()
        self._rate = 0.0
        self._mark = self._noted = time.perf_counter()
        self._noted_step = state.step

    def step(self) -> None:
        """One step of the generator, after those of the critics."""
        state, config = self.state, self._config
        for substep in range(1, config.draws):
            self._add(self._steps.critic_step(state, self._batches.take(), substep))
        self._add(self._steps.generator_step(state, self._batches.take()))
        update_average(state, config)
        self._rate = state.rate_factor * config.learning_rate(state.step)
        state.step += 1
        now = time.perf_counter()
        state.seconds += now - self._mark
        self._mark = now

    def _add(self, losses: Losses) -> None:
        self._log.add(losses)
        self._judged.add(losses)

    def attend(self) -> None:
        """What is due after a step: a sample, a line of the log with what the watch makes of it, a checkpoint."""
        step, config = self.state.step, self._config
        last = step == config.steps
        looked = last or step % config.validation_every == 0
        line = looked or step % LOG_EVERY == 0 if self._kept_back else last or step % LOG_EVERY == 0
        due = step % config.checkpoint_every == 0
        timely = not line and self._ranks.size == 1 and time.perf_counter() - self._noted > LOG_SECONDS
        if (looked or line or due) and self._judged.broken(self._ranks):
            failure = self._guard.not_finite(step)
            self._note(advice=failure)
            self._act(failure)
            return
        if looked:
            self._draw_sample()
        advice = self._log_line(measured=looked and bool(self._kept_back)) if line else None
        if timely and not self._judged.broken(self._ranks):  # what is broken waits for a line that is judged
            self._note(waiting=self._batches.take_waiting(), losses=self._log.take(self._ranks))
        if advice is not None:
            self._act(advice)
            if advice["action"] == "roll-back":
                return
        if due or self._guard.improved:
            full = self._guard.keep(self.state)
            if full is not None:
                self._note(advice=full)

    def close(self) -> None:
        self._batches.close()

    def leave_checkpoint(self) -> None:
        """The one that the run goes on from; the one before stays where the weights are broken."""
        if not self._judged.broken(self._ranks):
            self._guard.write(self.state)

    def _log_line(self, measured: bool) -> Advice | None:
        state = self.state
        self._ranks.expect_equal([state.generator.values], f"the weights after step {state.step}")
        losses = self._log.take(self._ranks)
        judged = self._judged.take(self._ranks)
        score: Score | None = None
        if measured:
            score = validate(self._steps.fill, state.average, self._kept_back, self._config.side, self._ranks)
        advice = self._guard.after_line(judged, score, state.step)
        more: dict[str, Any] = {"waiting": self._batches.take_waiting(), "losses": losses}
        if score is not None:
            more["validation"] = score.record()
        if advice is not None:
            more["advice"] = advice
        self._note(**more)
        return advice

    def _note(self, **more: Any) -> None:
        """A line of the log, on the first rank."""
        state, now = self.state, time.perf_counter()
        if self._ranks.first:
            record = {"step": state.step, "seconds": state.seconds, "rate": self._rate, "waiting": 0.0, "losses": {}, **more}
            try:
                self._run.log(record)
            except OSError as problem:
                unless_full(problem)
            self._report.line(record, self._config.steps, (now - self._noted) / max(1, state.step - self._noted_step))
        self._noted, self._noted_step = now, state.step

    def _act(self, advice: Advice) -> None:
        """Raises RuntimeError where the advice is to stop."""
        if advice["action"] == "lower-rate":
            self.state.rate_factor *= LOWERED
        elif advice["action"] == "stop":
            raise RuntimeError(advice["sentence"])
        elif advice["action"] == "roll-back":
            self._log.clear()
            self._judged.clear()
            self._batches.close()
            self._guard.choose_good(advice)
            self.state = self._guard.back(self.state, starting_state(self._run, self._ranks))
            self._batches = self._data.open(self.state.step, self._share)
            self._noted, self._noted_step = time.perf_counter(), self.state.step

    def _draw_sample(self) -> None:
        """Fills of the same few crops each time, so that a person sees how they change."""
        if self._shown is None:
            return
        complete = self._steps.fill.run({**self._shown, "generator": self.state.average})["complete"]
        name = write_sample(self._run.folder, self.state.step, self._shown, complete, self._config.side)
        if name is not None:
            self._report.sample(self.state.step, name)


def starting_state(run: RunFolder, ranks: Ranks) -> TrainState:
    """The checkpoint, which only the first rank needs to have; the others are given its values."""
    state = run.checkpoint(ranks.device) if ranks.first else None
    if ranks.size == 1 and state is not None:
        return state
    sizes = {name: vector.numel() for name, vector in state.vectors().items()} if state else {}
    metadata, sizes = ranks.same_data([state.metadata() if state else {}, sizes])
    vectors = state.vectors() if state else {name: torch.empty(size, device=ranks.device) for name, size in sizes.items()}
    ranks.broadcast(list(vectors.values()))
    return TrainState.of(vectors, metadata)
