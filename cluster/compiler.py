"""From a saved graph to a program: fuse, choose dtypes, put casts in, drop what no result needs."""

from __future__ import annotations

from typing import Callable
from collections.abc import Mapping

import torch
from torch import Tensor

from fusion import FUSED_KERNELS, fuse
from graph import Graph, Instruction, Kernel, Node, Program
from kernels import KERNELS
from precision import CONVOLUTIONS, Mode, Precision, assign


Average = Callable[[Tensor], Tensor]
"""The mean over all ranks of a distributed run, in place."""

OVER_ALL_RANKS = "over-all-ranks"
"""Scope of the sums that a loss divides by (src/engine/network/losses.ts)."""


def compile_graph(
    graph: Graph,
    device: torch.device,
    mode: Mode = Mode.FP32,
    average: Average | None = None,
    fixed: Mapping[str, Tensor] | None = None,
) -> Program:
    """Makes a graph ready to run again and again. `average` is needed when the graph sees a part of a batch only; `fixed`
    are values of inputs that are the same in every run, by name."""
    return _Compiler(fuse(graph), device, mode, average, fixed or {}).program()


def _needed(graph: Graph) -> list[int]:
    needed = set(graph.outputs.values())
    for place in reversed(range(len(graph.nodes))):
        if place in needed:
            needed.update(graph.nodes[place].inputs)
    return sorted(needed)


class _Compiler:
    def __init__(self, graph: Graph, device: torch.device, mode: Mode, average: Average | None, fixed: Mapping[str, Tensor]) -> None:
        self.average = average
        self.fixed = fixed
        self.communicates = False
        self.graph = graph
        self.device = device
        self.precision = assign(graph, mode)
        self.instructions: list[Instruction] = []
        self.constants: dict[int, Tensor] = {}
        self.size = len(graph.nodes)
        self.casts: dict[tuple[int, torch.dtype | None, bool], int] = {}

    def program(self) -> Program:
        inputs: dict[str, tuple[int, tuple[int, ...]]] = {}
        for place in _needed(self.graph):
            node = self.graph.nodes[place]
            if node.op == "input" and node.attributes["name"] in self.fixed:
                value = self.fixed[node.attributes["name"]]
                self.constants[place] = value.to(self.device, torch.float32).reshape(node.shape)
            elif node.op == "input":
                inputs[node.attributes["name"]] = (place, node.shape)
            elif node.op == "constant":
                self.constants[place] = self.constant(node)
            else:
                self.emit(place, node)
        outputs = dict(self.graph.outputs)
        return Program(self.size, self.instructions, self.constants, inputs, outputs, self.device, self.communicates)

    def constant(self, node: Node) -> Tensor:
        values = torch.tensor(node.attributes["values"], dtype=torch.float32, device=self.device)
        return values.reshape(()).expand(node.shape) if values.numel() == 1 else values.reshape(node.shape)

    def emit(self, place: int, node: Node) -> None:
        precision = self.precision[place]
        picture = node.op in CONVOLUTIONS
        inputs = tuple(self.operand(i, precision, picture) for i in node.inputs)
        kernel = (FUSED_KERNELS.get(node.op) or KERNELS[node.op])(node)
        self.instructions.append(Instruction(self.finished(node, kernel, precision), inputs, place))

    def finished(self, node: Node, kernel: Kernel, precision: Precision) -> Kernel:
        """Weight gradients leave their kernel in bfloat16 and are added up in float32; some sums are averaged."""
        average = self.average
        if node.op.endswith("onv2dWeightGradient") and precision.operands == torch.bfloat16:
            return lambda x, dy: kernel(x, dy).float()
        if average is not None and node.op == "sum" and node.scope.endswith(OVER_ALL_RANKS):
            self.communicates = True
            return lambda x: average(kernel(x))
        return kernel

    def operand(self, place: int, precision: Precision, picture: bool) -> int:
        """Where the operand lies in the dtype and layout that a node wants: cast once, however many want it."""
        have = self.precision[place].value
        want = precision.operands if precision.operands is not None else have
        channels_last = picture and len(self.graph.nodes[place].shape) == 4
        if want == have and not channels_last:
            return place
        key = (place, want, channels_last)
        if key not in self.casts:
            self.casts[key] = self.size
            self.size += 1
            self.instructions.append(Instruction(_cast(want, channels_last), (place,), self.casts[key]))
        return self.casts[key]


def _cast(dtype: torch.dtype, channels_last: bool) -> Kernel:
    layout = torch.channels_last if channels_last else torch.preserve_format
    return lambda x: x.to(dtype=dtype, memory_format=layout)
