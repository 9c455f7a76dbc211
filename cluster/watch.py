"""Notices the ways in which training fails: the rules of src/engine/train/watch.ts, to the number. A test shows both the
same runs and expects the same of them. What is remembered is part of the checkpoint, in the same form."""

from __future__ import annotations

import json
import math
from typing import Any, Mapping

from validation import Score

Advice = dict[str, str]
"""kind, action and sentence, as src/shared/training.ts has them: an entry of the log."""

LOWERED = 0.5
"""What the rate is multiplied by when it is lowered."""

REMEMBERED_LINES = 10
ENOUGH_LINES = 5
EXPLODED = 100
WON = 1e-3
WON_LINES = 10
COLLAPSED = 0.15
WORSE = 1.02
PATIENCE = 4
LOWERED_AT_MOST = 3
ROLL_BACKS_AT_MOST = 3

CAN_BE_WON = {"hinge", "least-squares", "non-saturating", "minimax"}
"""Losses that go to 0 when the critics tell every fill from every picture."""

FRESH: dict[str, Any] = {
    **{"generatorNorms": [], "criticNorms": [], "wonLines": 0, "best": None},
    **{"worse": 0, "lowered": 0, "rollBacks": 0, "failedAt": 0},
}


class Watch:
    def __init__(self, state: Mapping[str, Any] | None, loss: str | None) -> None:
        """`loss` is the critics'; None without critics."""
        self.state: dict[str, Any] = json.loads(json.dumps(state or FRESH))
        self._loss = loss

    def not_finite(self, step: int) -> Advice:
        """When some number of the steps since the last line is not."""
        return self._roll_back("not-finite", step, "The losses are not numbers any more")

    def line(self, losses: Mapping[str, float], score: Score | None, step: int) -> Advice | None:
        """After every line of the log, whose losses are means."""
        return self._exploding(losses, step) or self._critics_won(losses) or self._validated(score, step)

    def _exploding(self, losses: Mapping[str, float], step: int) -> Advice | None:
        for name, whose in (("generatorNorm", "generator"), ("criticNorm", "critics")):
            if name not in losses:
                continue
            norm, before = losses[name], self.state[f"{name}s"]
            usual = sorted(before)[len(before) // 2] if before else 0.0
            if len(before) >= ENOUGH_LINES and norm > EXPLODED * usual:
                times = math.floor(norm / max(usual, 1e-12) + 0.5)
                return self._roll_back("exploding", step, f"The gradient of the {whose} is {times} times its usual length")
            before.append(norm)
            del before[:-REMEMBERED_LINES]
        return None

    def _critics_won(self, losses: Mapping[str, float]) -> Advice | None:
        if self._loss not in CAN_BE_WON or "criticLoss" not in losses:
            return None
        self.state["wonLines"] = self.state["wonLines"] + 1 if losses["criticLoss"] < WON else 0
        if self.state["wonLines"] < WON_LINES:
            return None
        self.state["wonLines"] = 0
        sentence = (
            "The critics tell every fill from every picture, so the generator learns nothing from them; the rate was halved. "
            "A penalty, spectral normalisation or fewer critic steps keep them from it."
        )
        return {"kind": "critics-won", "action": "lower-rate", "sentence": sentence}

    def _validated(self, score: Score | None, step: int) -> Advice | None:
        if score is None:
            return None
        state, error = self.state, score.hole_l1
        best = state["best"]
        if score.variety is not None and score.variety < COLLAPSED and best is not None:
            return self._roll_back("collapsed", step, "All fills look alike, whatever surrounds them")
        if best is None or error < best:
            state["best"] = error
            state["worse"] = 0
            return None
        if error > WORSE * best:
            state["worse"] += 1
        if state["worse"] < PATIENCE:
            return None
        state["worse"] = 0
        rising = f"The error on pictures that are kept back has not fallen below its best, {best:.2f} %, and is {error:.2f} % now"
        if state["lowered"] >= LOWERED_AT_MOST:
            sentence = f"{rising}; lowering the rate did not help. More training will hardly: stop, and roll back to the best checkpoint."
            return {"kind": "validation-rising", "action": "none", "sentence": sentence}
        state["lowered"] += 1
        return {"kind": "validation-rising", "action": "lower-rate", "sentence": f"{rising}; the rate was halved."}

    def _roll_back(self, kind: str, step: int, what: str) -> Advice:
        state = self.state
        state["rollBacks"] = 1 if step > state["failedAt"] else state["rollBacks"] + 1
        state["failedAt"] = max(step, state["failedAt"])
        if state["rollBacks"] > ROLL_BACKS_AT_MOST:
            sentence = f"{what}, after {ROLL_BACKS_AT_MOST} attempts at lower rates; the run was stopped and its last good checkpoint kept. Start again with a lower rate."
            return {"kind": kind, "action": "stop", "sentence": sentence}
        sentence = f"{what}; training went back to the last good checkpoint and goes on at half the rate."
        return {"kind": kind, "action": "roll-back", "sentence": sentence}
