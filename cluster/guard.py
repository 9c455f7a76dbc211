"""What protects a run from itself: checkpoints of finite weights only, the way back to one, and the best one kept.

Of the failures that src/engine/train/watch.ts notices, this acts on numbers that are not finite; what the watch remembers
of the others stays in the checkpoint for the app's trainer.
"""

from __future__ import annotations

import json
from typing import Any

from ranks import Ranks
from run_folder import Config, RunFolder, TrainState
from validation import Score

LOWERED = 0.5
"""What the rate is multiplied by after a failure."""

ROLL_BACKS_AT_MOST = 3

FRESH_WATCH: dict[str, Any] = {
    **{"generatorNorms": [], "criticNorms": [], "wonLines": 0, "best": None},
    **{"worse": 0, "lowered": 0, "rollBacks": 0, "failedAt": 0},
}


class Guard:
    def __init__(self, run: RunFolder, config: Config, ranks: Ranks, state: TrainState) -> None:
        self._run = run
        self._config = config
        self._ranks = ranks
        self._watch: dict[str, Any] = json.loads(json.dumps(state.watch)) if state.watch else dict(FRESH_WATCH)
        self.improved = False
        """Whether the last validation was the best, and has not been kept yet."""

    def measured(self, score: Score) -> None:
        best = self._watch["best"]
        if best is None or score.hole_l1 < best:
            self._watch["best"] = score.hole_l1
            self._watch["worse"] = 0
            self.improved = True

    def write(self, state: TrainState) -> None:
        """Writes the checkpoint that the run goes on from, on the first rank."""
        state.watch = json.loads(json.dumps(self._watch))
        if self._ranks.first:
            self._run.write_checkpoint(state)

    def keep(self, state: TrainState) -> None:
        """Writes a checkpoint and keeps it under its step, and as the best if it is."""
        self.write(state)
        if self._ranks.first:
            self._run.keep_checkpoint(state.step, self._config.keep_checkpoints)
            if self.improved:
                self._run.keep_best()
        self.improved = False

    def failed(self, step: int) -> dict[str, str]:
        """What to do about numbers of a step that are not finite, as an entry of the log."""
        watch = self._watch
        watch["rollBacks"] = 1 if step > watch["failedAt"] else watch["rollBacks"] + 1
        watch["failedAt"] = max(step, watch["failedAt"])
        what = "The losses are not numbers any more"
        if watch["rollBacks"] > ROLL_BACKS_AT_MOST:
            sentence = f"{what}, after {ROLL_BACKS_AT_MOST} attempts at lower rates; the run was stopped and its last good checkpoint kept. Start again with a lower rate."
            return {"kind": "not-finite", "action": "stop", "sentence": sentence}
        sentence = f"{what}; training went back to the last good checkpoint and goes on at half the rate."
        return {"kind": "not-finite", "action": "roll-back", "sentence": sentence}

    def back(self, state: TrainState, good: TrainState) -> TrainState:
        """The checkpoint's state, made ready to go on from after a failure."""
        good.rate_factor = LOWERED * state.rate_factor
        good.seconds = state.seconds
        self.keep(good)
        return good
