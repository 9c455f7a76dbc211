"""What a run says while it trains: for a person, or for the program that started it."""

from __future__ import annotations

import json
from typing import Any, Protocol


class Report(Protocol):
    def line(self, record: dict[str, Any], steps: int, seconds: float) -> None:
        """A line of the log, the run's steps and the seconds a step takes."""

    def sample(self, step: int, name: str) -> None:
        """Sample fills were written into the run's folder."""


class ForPeople:
    def line(self, record: dict[str, Any], steps: int, seconds: float) -> None:
        if record["losses"]:
            numbers = {**record["losses"], **{f"validation {name}": value for name, value in record.get("validation", {}).items()}}
            shown = " ".join(f"{name} {value:.4f}" for name, value in numbers.items() if value is not None)
            left = (steps - record["step"]) * seconds / 60
            waiting = 100 * record["waiting"]
            print(f"{record['step']}/{steps}  {1 / max(seconds, 1e-9):.2f} steps/s  waiting {waiting:.1f} %  {left:.0f} min left  {shown}", flush=True)
        if "advice" in record:
            print(record["advice"]["sentence"], flush=True)

    def sample(self, step: int, name: str) -> None:
        """They are found in the folder."""


class ForProgram:
    """JSON, one a line."""

    def line(self, record: dict[str, Any], steps: int, seconds: float) -> None:
        print(json.dumps(record), flush=True)

    def sample(self, step: int, name: str) -> None:
        print(json.dumps({"sample": {"step": step, "name": name}}), flush=True)
