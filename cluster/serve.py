"""Executes graphs for another process (src/engine/runtime/torch/runtime.ts), over standard input and output.

A message is one line of JSON, then `bytes` bytes of raw little-endian float32. Requests, answered in their order:

    {"do": "compile", "graph": id, "data": saved graph, "precision": "fp32", "fixed": [[name, count], ...], "bytes": n}
    {"do": "run", "graph": id, "feeds": [[name, count], ...], "bytes": n}
    {"do": "dispose", "graph": id, "bytes": 0}

Answers: {"ok": true, "outputs": [[name, count], ...], "bytes": n} or {"ok": false, "message": text, "bytes": 0}.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from typing import IO, Any

from processor import keep_freed_memory  # before PyTorch

import torch
from torch import Tensor

from batches import read_exactly
from compiler import compile_graph
from graph import Program, parse_graph
from precision import Mode, use
from tensor_file import raw_bytes

Values = dict[str, Tensor]


@dataclass
class Compiled:
    program: Program
    fixed: Values


class Server:
    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._graphs: dict[int, Compiled] = {}

    def answer(self, request: dict[str, Any], values: Values) -> Values:
        """Does what is asked; raises what is wrong with it."""
        number = request["graph"]
        if request["do"] == "compile":
            mode = Mode(request["precision"])
            use(mode)
            program = compile_graph(parse_graph(request["data"]), self._device, mode)
            self._graphs[number] = Compiled(program, {name: value.to(self._device) for name, value in values.items()})
            return {}
        if request["do"] == "run":
            compiled = self._graphs[number]
            return compiled.program.run({**compiled.fixed, **values})
        if request["do"] == "dispose":
            self._graphs.pop(number, None)
            return {}
        raise ValueError(f"there is no request {request['do']!r}")


def read_values(stream: IO[bytes], parts: list[tuple[str, int]]) -> Values:
    flat = torch.frombuffer(read_exactly(stream, 4 * sum(count for _, count in parts)), dtype=torch.float32) if parts else None
    if flat is None:
        return {}
    pieces = torch.split(flat, [count for _, count in parts])
    return {name: piece for (name, _), piece in zip(parts, pieces)}


def write_answer(stream: IO[bytes], header: dict[str, Any], values: Values) -> None:
    data = [raw_bytes(value) for value in values.values()]
    header["outputs"] = [[name, value.numel()] for name, value in values.items()]
    header["bytes"] = sum(map(len, data))
    stream.write(json.dumps(header).encode() + b"\n")
    for piece in data:
        stream.write(piece)
    stream.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description="Executes graphs for another process.")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    keep_freed_memory()
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    server = Server(torch.device(options.device))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := requests.readline():
        request = json.loads(line)
        values = read_values(requests, request.get("feeds") or request.get("fixed") or [])
        try:
            write_answer(answers, {"ok": True}, server.answer(request, values))
        except Exception as problem:  # the one who asked can act on it; the process serves on
            write_answer(answers, {"ok": False, "message": f"{type(problem).__name__}: {problem}"}, {})


if __name__ == "__main__":
    main()
