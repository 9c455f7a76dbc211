"""A saved tensor graph (src/engine/graph/save.ts), read and made ready to run on PyTorch.

Shapes are static and stand in the file; every value is row-major as the graph defines it, whatever its memory layout.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable
from collections.abc import Mapping

import torch
from torch import Tensor

FORMAT = "inpaint-studio-graph"
VERSION = 1


@dataclass(frozen=True)
class Node:
    """One operation. `inputs` are places of earlier nodes; `shape` is that of the result."""

    op: str
    inputs: tuple[int, ...]
    attributes: Mapping[str, Any]
    shape: tuple[int, ...]
    scope: str = ""


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which they can be computed, and the places of the named results."""

    nodes: list[Node]
    outputs: dict[str, int]

    def inputs(self) -> dict[str, int]:
        """Places of the values that are fed, by name."""
        return {node.attributes["name"]: i for i, node in enumerate(self.nodes) if node.op == "input"}


def parse_graph(data: Mapping[str, Any]) -> Graph:
    """From the JSON's data. Raises ValueError when it is another format or version."""
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        raise ValueError(f"not a graph of version {VERSION}: save it again with this version of the program")
    nodes = [
        Node(raw["op"], tuple(raw["inputs"]), raw["attributes"], tuple(raw["shape"]), raw.get("scope", ""))
        for raw in data["nodes"]
    ]
    for place, node in enumerate(nodes):
        if any(not 0 <= i < place for i in node.inputs):
            raise ValueError(f"node {place} ({node.op}) uses a node that does not come before it")
    return Graph(nodes, dict(data["outputs"]))


def load_graph(path: Path) -> Graph:
    """Raises ValueError naming the file when it cannot be used."""
    try:
        return parse_graph(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError(f"{path}: {problem}") from problem


def use_counts(graph: Graph) -> list[int]:
    """How many times each node's value is used, results included."""
    counts = [0] * len(graph.nodes)
    for node in graph.nodes:
        for i in node.inputs:
            counts[i] += 1
    for i in graph.outputs.values():
        counts[i] += 1
    return counts


Kernel = Callable[..., Tensor]


@dataclass
class Instruction:
    """One call: from the values at `inputs` to that at `output`; those at `last_uses` are not needed afterwards."""

    kernel: Kernel
    inputs: tuple[int, ...]
    output: int
    last_uses: tuple[int, ...] = ()


class Program:
    """A graph's instructions for one device. Made by compiler.py."""

    def __init__(
        self,
        size: int,
        instructions: list[Instruction],
        constants: dict[int, Tensor],
        inputs: dict[str, tuple[int, tuple[int, ...]]],
        outputs: dict[str, int],
        device: torch.device,
        communicates: bool,
    ) -> None:
        """`communicates`: whether ranks exchange values within a run."""
        self.communicates = communicates
        self._constants = constants
        self._size = size
        self._outputs = outputs
        self._device = device
        self.inputs = inputs
        self._instructions = instructions
        self._free_after_last_use()

    def _free_after_last_use(self) -> None:
        kept = set(self._outputs.values()) | set(self._constants)
        seen: set[int] = set()
        for instruction in reversed(self._instructions):
            last = {i for i in instruction.inputs if i not in seen and i not in kept}
            seen |= last
            instruction.last_uses = tuple(last)

    def placed(self, name: str, feeds: Mapping[str, Tensor]) -> Tensor:
        """An input's value as the program takes it. Raises KeyError when it is not fed."""
        if name not in feeds:
            raise KeyError(f'the input "{name}" is not fed')
        return feeds[name].to(self._device, torch.float32).reshape(self.inputs[name][1])

    @torch.inference_mode()
    def run(self, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """float32 values by name to float32 results by name. Inputs that no result depends on may be left out."""
        values: list[Tensor | None] = [None] * self._size
        for place, constant in self._constants.items():
            values[place] = constant
        for name, (place, _) in self.inputs.items():
            values[place] = self.placed(name, feeds)
        for instruction in self._instructions:
            values[instruction.output] = instruction.kernel(*[values[i] for i in instruction.inputs])
            for i in instruction.last_uses:
                values[i] = None
        return {name: _result(values[place]) for name, place in self._outputs.items()}


def _result(value: Tensor | None) -> Tensor:
    if value is None:
        raise RuntimeError("a result was freed before its use")
    return value.float().contiguous()
