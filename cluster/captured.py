"""A program whose kernels are recorded once and launched together ever after: a step has thousands of small ones.

Shapes are static and a program's kernels depend on nothing but its inputs, so a recording is the program: its inputs are
copied to the places they were recorded from, its results are copied from where they appear.
"""

from __future__ import annotations

from typing import Callable
from collections.abc import Mapping

import torch
from torch import Tensor

from graph import Program

Record = Callable[[Callable[[], None]], Callable[[], None]]
"""From work that has been done before, and so has its libraries and memory ready, to what repeats it."""

WARM_UPS = 3
"""Runs before the recording, as PyTorch's documentation of CUDA graphs advises."""


def record_cuda(work: Callable[[], None]) -> Callable[[], None]:
    graph = torch.cuda.CUDAGraph()
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(WARM_UPS):
            work()
    torch.cuda.current_stream().wait_stream(stream)
    with torch.cuda.graph(graph):
        work()
    return graph.replay


class Captured:
    """Runs like the program, from the first run's recording on."""

    def __init__(self, program: Program, record: Record = record_cuda) -> None:
        self._program = program
        self._record = record
        self._inputs: dict[str, Tensor] = {}
        self._outputs: dict[str, Tensor] = {}
        self._replay: Callable[[], None] | None = None

    @torch.inference_mode()
    def run(self, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        if self._replay is None:
            self._inputs = {name: self._program.placed(name, feeds).clone() for name in self._program.inputs}
            self._replay = self._record(self._work)
        else:
            for name, place in self._inputs.items():
                place.copy_(self._program.placed(name, feeds), non_blocking=True)
        self._replay()
        # The next run writes its results to the same places.
        return {name: value.clone() for name, value in self._outputs.items()}

    def _work(self) -> None:
        self._outputs = self._program.run(self._inputs)
