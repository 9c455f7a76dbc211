"""Rewrites a graph for PyTorch: groups of nodes for which it has one kernel become one node of a kind of its own.

- a convolution and its bias: conv2d with a third operand; with an ELU that is its only use: biasedElu
- the gradients of elu, relu and leakyRelu, which the graph writes with clip and inRange
- a flat vector joined from many pieces: gather
"""

from __future__ import annotations

from dataclasses import replace
from typing import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

import kernels
from graph import Graph, Kernel, Node, use_counts


def fuse(graph: Graph) -> Graph:
    """The same values at the same places; nodes that nothing needs any more stay in the list."""
    fused = Graph(list(graph.nodes), graph.outputs)
    for rule in (_bias, _activation_gradient, _gather, _activated):
        counts = use_counts(fused)
        for place in range(len(fused.nodes)):
            replacement = rule(fused, counts, place)
            if replacement is not None:
                fused.nodes[place] = replacement
    return fused


def _bias(graph: Graph, counts: list[int], place: int) -> Node | None:
    node = graph.nodes[place]
    if node.op != "add":
        return None
    for convolution, bias in (node.inputs, node.inputs[::-1]):
        conv, channels = graph.nodes[convolution], graph.nodes[bias].shape
        if conv.op == "conv2d" and counts[convolution] == 1 and channels == (1, node.shape[1], 1, 1):
            return replace(conv, inputs=(*conv.inputs, bias))
    return None


def _activated(graph: Graph, counts: list[int], place: int) -> Node | None:
    node = graph.nodes[place]
    if node.op not in ("elu", "relu"):
        return None
    conv = graph.nodes[node.inputs[0]]
    if conv.op != "conv2d" or len(conv.inputs) != 3 or counts[node.inputs[0]] != 1:
        return None
    return replace(conv, op=f"{node.op}Conv2d")


def _activation_gradient(graph: Graph, _: list[int], place: int) -> Node | None:
    node = graph.nodes[place]
    if node.op != "multiply":
        return None
    for g, factor in (node.inputs, node.inputs[::-1]):
        if graph.nodes[g].shape != node.shape:
            continue
        found = _elu_slope(graph, factor) or _leaky_slope(graph, factor) or _step(graph, factor)
        if found is not None and graph.nodes[found[1]].shape == node.shape:
            op, operand, attributes = found
            return replace(node, op=op, inputs=(g, operand), attributes=attributes)
    return None


Slope = tuple[str, int, dict[str, float]]


def _with_number(graph: Graph, place: int, op: str) -> tuple[int, float] | None:
    """The other operand and the number, when the node is `op` of a tensor and a single constant."""
    node = graph.nodes[place]
    if node.op != op:
        return None
    for other, number in (node.inputs, node.inputs[::-1]):
        constant = graph.nodes[number]
        if constant.op == "constant" and len(constant.attributes["values"]) == 1 and constant.shape == ():
            return other, constant.attributes["values"][0]
    return None


def _step(graph: Graph, place: int) -> Slope | None:
    node = graph.nodes[place]
    if node.op != "inRange" or node.attributes["min"] != 0 or node.attributes["max"] is not None:
        return None
    return "reluGradient", node.inputs[0], {}


def _elu_slope(graph: Graph, place: int) -> Slope | None:
    """min(y, 0) + 1"""
    added = _with_number(graph, place, "add")
    if added is None or added[1] != 1:
        return None
    clipped = graph.nodes[added[0]]
    if clipped.op != "clip" or clipped.attributes["min"] is not None or clipped.attributes["max"] != 0:
        return None
    # min(y, 0) + 1 is the slope of ELU only where y is an ELU's value, which alone is never below -1.
    if graph.nodes[clipped.inputs[0]].op not in ("elu", "eluConv2d"):
        return None
    return "eluGradient", clipped.inputs[0], {}


def _leaky_slope(graph: Graph, place: int) -> Slope | None:
    """step(x) * (1 - slope) + slope"""
    added = _with_number(graph, place, "add")
    scaled = added and _with_number(graph, added[0], "multiply")
    step = scaled and _step(graph, scaled[0])
    if not added or not scaled or not step or abs(added[1] + scaled[1] - 1) > 1e-12:
        return None
    return "leakyReluGradient", step[1], {"slope": added[1]}


def _gather(graph: Graph, _: list[int], place: int) -> Node | None:
    """A vector joined from reshaped pieces: read each piece straight from where it lies."""
    node = graph.nodes[place]
    if node.op != "concat" or len(node.shape) != 1:
        return None
    pieces = [graph.nodes[i].inputs[0] if graph.nodes[i].op == "reshape" else i for i in node.inputs]
    return replace(node, op="gather", inputs=tuple(pieces))


def _gather_kernel(node: Node) -> Kernel:
    def run(*pieces: Tensor) -> Tensor:
        flat = torch.empty(node.shape, dtype=pieces[0].dtype, device=pieces[0].device)
        at = 0
        for piece in pieces:
            count = piece.numel()
            flat[at : at + count].view(piece.shape).copy_(piece)
            at += count
        return flat

    return run


def _activated_kernel(activation: Callable[[Tensor], Tensor]) -> Callable[[Node], Kernel]:
    """The convolution's result is nobody else's: the activation overwrites it."""

    def make(node: Node) -> Kernel:
        convolution = kernels.conv2d(node)
        return lambda x, w, bias: activation(convolution(x, w, bias))

    return make


def _leaky_gradient(node: Node) -> Kernel:
    slope = node.attributes["slope"]
    return lambda g, x: torch.ops.aten.leaky_relu_backward(g, x, slope, False)


FUSED_KERNELS: dict[str, Callable[[Node], Kernel]] = {
    "eluConv2d": _activated_kernel(lambda y: F.elu(y, inplace=True)),
    "reluConv2d": _activated_kernel(torch.relu_),
    "eluGradient": lambda _: lambda g, y: torch.ops.aten.elu_backward(g, 1, 1, 1, True, y),
    "reluGradient": lambda _: lambda g, x: torch.ops.aten.threshold_backward(g, x, 0),
    "leakyReluGradient": _leaky_gradient,
    "gather": _gather_kernel,
}
