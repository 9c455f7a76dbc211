"""Applies the rules of failures that the program wrote (src/engine/train/failure-rules.ts says what a row means)."""

from __future__ import annotations

import json
import math
from typing import Any
from collections.abc import Mapping

Advice = dict[str, Any]
"""kind, action and values: an entry of the log, of which the program makes a sentence."""


class Monitor:
    def __init__(self, rules: Mapping[str, Any], state: Mapping[str, Any]) -> None:
        self._rules = rules
        self.state: dict[str, Any] = json.loads(json.dumps(state))

    def step(self, losses: Mapping[str, float], step: int) -> Advice | None:
        """After every single step."""
        broken = next((name for name, value in losses.items() if not math.isfinite(value)), None)
        if broken is not None:
            return self._roll_back("not-finite", step, {"signal": broken}, "last")
        return self._apply_all(True, losses, step)

    def line(self, signals: Mapping[str, float], step: int) -> Advice | None:
        """After every line of the log: its losses, which are means, and its measures."""
        return self._apply_all(False, signals, step)

    def _apply_all(self, every_step: bool, signals: Mapping[str, float], step: int) -> Advice | None:
        for rule in self._rules["rows"]:
            value = signals.get(rule["signal"])
            looked_at = value is not None and rule.get("everyStep", False) == every_step
            advice = self._apply(rule, value, step) if looked_at else None
            if advice is not None:
                return advice
        return None

    def _apply(self, rule: Mapping[str, Any], value: float, step: int) -> Advice | None:
        state, count, limit = self.state, rule.get("count"), rule.get("limit")
        reference = self._reference(rule, value)
        fails = False
        if reference is not None and not (rule.get("afterBest") and state["best"] is None):
            threshold = rule["factor"] * reference
            fails = value > threshold if rule["side"] == "above" else value < threshold
        if rule["reference"]["by"] == "median" and not fails:
            memory = state[rule["reference"]["memory"]]
            memory.append(value)
            del memory[: -rule["reference"]["kept"]]
        if count is not None:
            state[count["in"]] = state[count["in"]] + 1 if fails else 0 if count["inARow"] else state[count["in"]]
            if state[count["in"]] < count["times"]:
                return None
            state[count["in"]] = 0
        elif not fails:
            return None
        values = {"signal": rule["signal"], "value": value, **({} if reference is None else {"reference": reference})}
        if rule["action"] == "roll-back":
            return self._roll_back(rule["kind"], step, values, rule.get("to", "last"))
        if limit is not None and state[limit["in"]] >= limit["times"]:
            return {"kind": rule["kind"], "action": "none", "values": values}
        if limit is not None:
            state[limit["in"]] += 1
        return {"kind": rule["kind"], "action": rule["action"], "values": values}

    def _reference(self, rule: Mapping[str, Any], value: float) -> float | None:
        """What the threshold is a multiple of; None while it is not known."""
        reference, count = rule["reference"], rule.get("count")
        if reference["by"] == "one":
            return 1.0
        before = self.state[reference["memory"]]
        if reference["by"] == "median":
            return sorted(before)[len(before) // 2] if len(before) >= reference["enough"] else None
        if before is not None and value >= before:
            return float(before)
        self.state[reference["memory"]] = value
        if count is not None:
            self.state[count["in"]] = 0
        return None

    def _roll_back(self, kind: str, step: int, values: dict[str, Any], to: str) -> Advice:
        state, most = self.state, self._rules["rollBacksAtMost"]
        further = step >= state["failedAt"] + self._rules.get("further", 1)
        state["rollBacks"] = 1 if further else state["rollBacks"] + 1
        state["failedAt"] = max(step, state["failedAt"])
        if state["rollBacks"] > most:
            return {"kind": kind, "action": "stop", "values": {**values, "attempts": most}}
        return {"kind": kind, "action": "roll-back", "values": {**values, "to": to}}
