"""Does what the watch advises, and keeps the checkpoints that this needs: of finite weights only, and the best one."""

from __future__ import annotations

import errno
import json
from typing import Mapping

from ranks import Ranks
from run_folder import Config, RunFolder, TrainState
from validation import Score
from watch import LOWERED, Advice, Watch


class Guard:
    """On every rank, with the same numbers: all of them come to the same advice."""

    def __init__(self, run: RunFolder, config: Config, ranks: Ranks, state: TrainState) -> None:
        self._run = run
        self._config = config
        self._ranks = ranks
        self._watch = Watch(state.watch, config.critics_loss)
        self.improved = False
        """Whether the last validation was the best, and has not been kept yet."""

    def not_finite(self, step: int) -> Advice:
        return self._watch.not_finite(step)

    def after_line(self, losses: Mapping[str, float], score: Score | None, step: int) -> Advice | None:
        best = self._watch.state["best"]
        advice = self._watch.line(losses, score, step)
        self.improved = self.improved or self._watch.state["best"] != best
        return advice

    def write(self, state: TrainState) -> None:
        """Writes the checkpoint that the run goes on from, on the first rank."""
        state.watch = json.loads(json.dumps(self._watch.state))
        if self._ranks.first:
            self._run.write_checkpoint(state)

    def keep(self, state: TrainState) -> Advice | None:
        """Writes a checkpoint and keeps it under its step, and as the best if it is. A full disk is survived: the checkpoint
        before stays, and the advice says so."""
        try:
            self.write(state)
            if self._ranks.first:
                self._run.keep_checkpoint(state.step, self._config.keep_checkpoints)
                if self.improved:
                    self._run.keep_best()
            self.improved = False
            return None
        except OSError as problem:
            unless_full(problem)
            sentence = f"The disk is full: the checkpoint after step {state.step} was not written, the one before is kept. Make room; training goes on meanwhile."
            return {"kind": "disk-full", "action": "none", "sentence": sentence}

    def choose_good(self, advice: Advice) -> None:
        """Puts the checkpoint in place that a failure goes back to. A collapse has often begun before the last one."""
        if advice["kind"] == "collapsed" and self._ranks.first:
            self._run.return_to_best()

    def back(self, state: TrainState, good: TrainState) -> TrainState:
        """The checkpoint's state, made ready to go on from after a failure."""
        good.rate_factor = LOWERED * state.rate_factor
        good.seconds = state.seconds
        self.keep(good)
        return good


def unless_full(problem: OSError) -> None:
    """Raises the problem again, unless it says that the disk is full."""
    if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise problem
