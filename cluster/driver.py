"""Trains a run where there is no Node: does, step by step, what the program planned (src/engine/train/run-plan.ts)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, Callable
from collections.abc import Mapping

import torch
from torch import Tensor

from batches import Batch, read_all
from compiler import compile_graph
from graph import Program, parse_graph
from monitor import Advice, Monitor
from run_folder import RunFolder
from team import Team

FORMAT, VERSION = "inpaint-studio-plan", 1


def read_plan(batches: Path) -> dict[str, Any]:
    """The one beside prepared batches. Raises ValueError when there is none of this version."""
    path = Path(f"{batches}.plan")
    if not path.exists():
        raise ValueError(f"{path} is not there: prepare the batches again with this version of the program")
    plan: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if plan.get("format") != FORMAT or plan.get("version") != VERSION:
        raise ValueError(f"{path} is no plan of this version of the program: prepare the batches again")
    return plan


class Measures:
    """What a line of the log says of the crops that are kept back, by the plan's graphs."""

    def __init__(self, plan: Mapping[str, Any], batches: Path, features: Mapping[str, Tensor]) -> None:
        """`features`: weights of the feature network, where the run has it."""

        def program(name: str) -> Program:
            return compile_graph(parse_graph(plan["measures"][name]), torch.device("cpu"), fixed=features)

        self._rows, self._total = program("rows"), program("total")
        with open(f"{batches}.validation", "rb") as file:
            self._crops: list[Batch] = read_all(file)

    def take(self, fill: Callable[[Batch], Tensor]) -> dict[str, float | None]:
        rows = [self._rows.run({**batch, "complete": fill(batch).cpu()})["rows"] for batch in self._crops]
        found = {name: value.item() for name, value in self._total.run({"rows": torch.cat(rows)}).items()}
        return {**found, "variety": found.get("variety")}


@torch.inference_mode()
def drive(team: Team, run: RunFolder, batches: Path, stop: Callable[[], bool]) -> int:
    """Until the plan's last step, or until `stop` says so. Returns the number of steps that are done."""
    plan = read_plan(batches)
    team.open({**plan["settings"], "run": str(run.folder)})
    measures = Measures(plan, batches, team.stepper.settings.features()) if plan["measures"] else None
    driver = Driver(team, run, plan, measures)
    while driver.step < plan["settings"]["steps"] and not stop():
        driver.do_step()
    driver.write()
    return driver.step


class Driver:
    """Begins with the run's checkpoint. Raises ValueError where the plan begins after it."""

    def __init__(self, team: Team, run: RunFolder, plan: Mapping[str, Any], measures: Measures | None) -> None:
        self._team, self._run, self._plan, self._measures = team, run, plan, measures
        vectors, metadata = run.checkpoint()
        remembered = json.loads(metadata["watch"]) if "watch" in metadata else plan["freshMonitor"]
        self._monitor = Monitor(plan["failures"], remembered)
        self._factor = float(metadata.get("rateFactor", 1))
        self._seconds = float(metadata.get("seconds", 0))
        self._mark = time.perf_counter()
        self._losses: dict[str, list[float]] = {}
        self._waited, self._noted = 0.0, self._mark
        self._improved = False
        self._load(vectors, metadata)

    def _load(self, vectors: dict[str, Tensor], metadata: dict[str, str]) -> None:
        self._metadata = metadata
        self.step = int(metadata["step"])
        if self.step < self._plan["from"]:
            raise ValueError(f"the batches begin with step {self._plan['from']}, the checkpoint ends with step {self.step}")
        self._team.load(vectors, self.step)

    def do_step(self) -> None:
        planned = self._plan["steps"][self.step - self._plan["from"]]
        *critics, rate = [self._factor * rate for rate in planned["rates"]]
        results = [self._team.critic_step(each) for each in critics]
        results.append(self._team.generator_step(rate, planned["decay"]))
        self._waited += self._team.stepper.waited()
        now = time.perf_counter()
        self._seconds += now - self._mark
        self._mark = now
        rate = self._factor * planned["rate"]
        for losses in results:
            failure = self._monitor.step(losses, self.step)
            if failure is not None:
                self._note(rate, {}, advice=failure)
                self._act(failure)
                return
        for losses in results:
            for name, value in losses.items():
                self._losses.setdefault(name, []).append(value)
        self.step += 1
        if "line" not in planned["due"] or not self._line(rate, measured="measure" in planned["due"]):
            if "checkpoint" in planned["due"] or self._improved:
                self.write()
                self._run.keep_checkpoint(self.step, self._plan["keepCheckpoints"], self._improved)
                self._improved = False

    def _line(self, rate: float, measured: bool) -> bool:
        """A line of the log with what the monitor makes of it. Whether the run went back."""
        losses = {name: sum(values) / len(values) for name, values in self._losses.items()}
        self._losses = {}
        found = self._measures.take(self._team.stepper.fill) if measured and self._measures is not None else None
        best = self._monitor.state["best"]
        signals = {name: value for name, value in {**losses, **(found or {})}.items() if value is not None}
        advice = self._monitor.line(signals, self.step)
        self._improved = self._improved or self._monitor.state["best"] != best
        more = {**({} if found is None else {"validation": found}), **({} if advice is None else {"advice": advice})}
        self._note(rate, losses, **more)
        if advice is not None:
            self._act(advice)
        return advice is not None and advice["action"] == "roll-back"

    def _act(self, advice: Advice) -> None:
        """Raises RuntimeError where the advice is to stop."""
        if advice["action"] == "stop":
            raise RuntimeError(f"the run was stopped: {json.dumps(advice)}")
        if advice["action"] == "none":
            return
        self._factor *= self._plan["failures"]["lowered"]
        if advice["action"] == "roll-back":
            if advice["values"]["to"] == "best":
                self._run.return_to_best()
            self._load(*self._run.checkpoint())
            self.write()

    def write(self) -> None:
        """The checkpoint that the run goes on from."""
        factor = {"rateFactor": repr(self._factor)} if self._factor != 1 else {}
        remembered = json.dumps(self._monitor.state, separators=(",", ":"))
        metadata = {**self._metadata, "step": str(self.step), "seconds": repr(self._seconds), **factor, "watch": remembered}
        self._run.write_checkpoint(self._team.stepper.vectors, metadata)

    def _note(self, rate: float, losses: dict[str, float], **more: Any) -> None:
        now = time.perf_counter()
        waiting = self._waited / max(1e-3, now - self._noted)
        self._waited, self._noted = 0.0, now
        record = {"step": self.step, "seconds": self._seconds, "rate": rate, "waiting": waiting, "losses": losses, **more}
        self._run.log(record)
        print(json.dumps(record), flush=True)
