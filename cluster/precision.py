"""Which values of a graph are kept in bfloat16, and what each operation computes in.

Convolutions and large matrix products take bfloat16 operands and add up in float32 inside the kernel; what lies between
them (activations, their gradients, layout) stays in bfloat16. Parameters, their gradients, sums, divisions, roots,
softmax and the attention's scores, losses and the optimiser are float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import torch

from graph import Graph, Node

CONVOLUTIONS = {
    *("conv2d", "eluConv2d", "reluConv2d", "conv2dInputGradient", "conv2dWeightGradient"),
    *("depthwiseConv2d", "depthwiseConv2dInputGradient", "depthwiseConv2dWeightGradient"),
}
"""Kinds that the matrix units of CPUs and GPUs make fast."""

WIDE = {"sum", "softmax", "divide", "sqrt", "exp", "log", "softplus"}
"""Kinds whose errors add up or are magnified: always float32."""

SMALLEST_PRODUCT = 32
"""Matrix products thinner than this (critic scores) gain nothing from bfloat16."""


class Mode(Enum):
    """fp32; tf32, which differs on CUDA alone; bf16 with float32 master weights."""

    FP32 = "fp32"
    TF32 = "tf32"
    BF16 = "bf16"


def use(mode: Mode) -> None:
    """Tells CUDA's libraries whether they may round float32 operands to 10 bits."""
    torch.backends.cuda.matmul.allow_tf32 = mode is not Mode.FP32
    torch.backends.cudnn.allow_tf32 = mode is not Mode.FP32


@dataclass(frozen=True)
class Precision:
    """What a node's operands are cast to (None: taken as they come) and what its value is stored in."""

    operands: torch.dtype | None
    value: torch.dtype


def assign(graph: Graph, mode: Mode) -> list[Precision]:
    """One entry a node."""
    full = Precision(None, torch.float32)
    if mode is not Mode.BF16:
        return [full] * len(graph.nodes)
    scores = _attention_scores(graph)
    result: list[Precision] = []
    for place, node in enumerate(graph.nodes):
        if node.op in ("input", "constant"):
            result.append(full)
        elif node.op in ("conv2dWeightGradient", "depthwiseConv2dWeightGradient"):
            result.append(Precision(torch.bfloat16, torch.float32))
        elif node.op in CONVOLUTIONS:
            fixed_kernel = graph.nodes[node.inputs[1]].op == "constant"
            result.append(Precision(torch.float32, torch.float32) if fixed_kernel else Precision(torch.bfloat16, torch.bfloat16))
        elif node.op == "matmul":
            half = place not in scores and _is_large(graph, node)
            dtype = torch.bfloat16 if half else torch.float32
            result.append(Precision(dtype, dtype))
        elif place in scores or node.op in WIDE:
            result.append(Precision(torch.float32 if node.op != "sum" else None, torch.float32))
        else:
            operands = [result[i].value for i in node.inputs if graph.nodes[i].shape != () or graph.nodes[i].op != "constant"]
            half = all(dtype == torch.bfloat16 for dtype in operands)
            result.append(Precision(None, torch.bfloat16 if half else torch.float32))
    return result


def _is_large(graph: Graph, node: Node) -> bool:
    rows, inner = graph.nodes[node.inputs[0]].shape[-2:]
    return min(rows, inner, node.shape[-1]) >= SMALLEST_PRODUCT


def _attention_scores(graph: Graph) -> set[int]:
    """What leads from a matrix product to a softmax: differences of scores count there, not their ratios."""
    found: set[int] = set()
    for place in reversed(range(len(graph.nodes))):
        node = graph.nodes[place]
        if node.op == "softmax" or (place in found and node.op != "matmul"):
            found.update(node.inputs)
    return found
