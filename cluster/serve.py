"""Does what another process asks for (src/engine/runtime/torch): executes graphs, and the steps of a run.

A message is one line of JSON, then `bytes` bytes of raw little-endian float32. Requests, answered in their order:

    {"do": "compile", "graph": id, "data": saved graph, "precision": "fp32", "fixed": [[name, count], ...], "bytes": n}
    {"do": "run", "graph": id, "feeds": [[name, count], ...], "bytes": n}
    {"do": "dispose", "graph": id, "bytes": 0}

    {"do": "open", "settings": settings.py, "bytes": 0}          the steps of a run
    {"do": "load", "step": n, "feeds": [[name, count], ...], "bytes": n}, {"do": "read", "bytes": 0}
    {"do": "criticStep", "rate": x, "bytes": 0}, {"do": "generatorStep", "rate": x, "decay": x, "bytes": 0}
    {"do": "fill", "feeds": [[name, count], ...], "bytes": n}, {"do": "score", ...}

Answers: {"ok": true, "outputs": [[name, count], ...], "bytes": n} or {"ok": false, "message": text, "bytes": 0}.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from typing import IO, Any, Callable

from processor import keep_freed_memory  # before PyTorch

import torch
from torch import Tensor

from batches import read_values
from compiler import compile_graph
from graph import Program, parse_graph
from precision import Mode, use
from ranks import Ranks
from settings import add_options, use_options
from team import Team
from tensor_file import raw_bytes

Values = dict[str, Tensor]


@dataclass
class Compiled:
    program: Program
    fixed: Values


class GraphServer:
    """Graphs by number."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._graphs: dict[int, Compiled] = {}

    def compile(self, request: dict[str, Any], values: Values) -> Values:
        mode = Mode(request["precision"])
        use(mode)
        program = compile_graph(parse_graph(request["data"]), self._device, mode)
        self._graphs[request["graph"]] = Compiled(program, {name: value.to(self._device) for name, value in values.items()})
        return {}

    def run(self, request: dict[str, Any], values: Values) -> Values:
        compiled = self._graphs[request["graph"]]
        return compiled.program.run({**compiled.fixed, **values})

    def dispose(self, request: dict[str, Any], _: Values) -> Values:
        self._graphs.pop(request["graph"], None)
        return {}


class StepServer:
    """The steps of a run."""

    def __init__(self, team: Team) -> None:
        self._team = team

    def open(self, request: dict[str, Any], _: Values) -> Values:
        self._team.open(request["settings"])
        return {}

    def load(self, request: dict[str, Any], values: Values) -> Values:
        self._team.load(values, request["step"])
        return {}

    def read(self, _: dict[str, Any], __: Values) -> Values:
        return self._team.stepper.vectors

    def critic_step(self, request: dict[str, Any], _: Values) -> Values:
        return self._losses(self._team.critic_step(request["rate"]))

    def generator_step(self, request: dict[str, Any], _: Values) -> Values:
        return self._losses(self._team.generator_step(request["rate"], request["decay"]))

    def fill(self, _: dict[str, Any], values: Values) -> Values:
        return {"complete": self._team.stepper.fill(values)}

    def score(self, _: dict[str, Any], values: Values) -> Values:
        return self._team.stepper.score(values)

    def _losses(self, losses: dict[str, float]) -> Values:
        return {name: torch.tensor(value) for name, value in {**losses, "waited": self._team.stepper.waited()}.items()}


@torch.inference_mode()
def serve(requests: IO[bytes], answers: IO[bytes], team: Team) -> None:
    """Until there are no more requests."""
    graphs, steps = GraphServer(team.ranks.device), StepServer(team)
    does: dict[str, Callable[[dict[str, Any], Values], Values]] = {
        **{"compile": graphs.compile, "run": graphs.run, "dispose": graphs.dispose},
        **{"open": steps.open, "load": steps.load, "read": steps.read, "fill": steps.fill, "score": steps.score},
        **{"criticStep": steps.critic_step, "generatorStep": steps.generator_step},
    }
    while line := requests.readline():
        request = json.loads(line)
        values = read_values(requests, request.get("feeds") or request.get("fixed") or [])
        try:
            write_answer(answers, {"ok": True}, does[request["do"]](request, values))
        except Exception as problem:  # the one who asked can act on it; the process serves on
            write_answer(answers, {"ok": False, "message": f"{type(problem).__name__}: {problem}"}, {})


def write_answer(stream: IO[bytes], header: dict[str, Any], values: Values) -> None:
    data = [raw_bytes(value) for value in values.values()]
    header["outputs"] = [[name, value.numel()] for name, value in values.items()]
    header["bytes"] = sum(map(len, data))
    stream.write(json.dumps(header).encode() + b"\n")
    for piece in data:
        stream.write(piece)
    stream.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description="Executes graphs and training steps for another process.")
    add_options(parser)
    options = parser.parse_args()
    keep_freed_memory()
    team = Team(options, Ranks(0, 1, options.device), use_options(options))
    serve(sys.stdin.buffer, sys.stdout.buffer, team)
    team.end()


if __name__ == "__main__":
    main()
