"""The native PyTorch kernel for every kind of operation of the graph (src/engine/graph/node.ts says what each means).

Each entry takes a node and gives a function of its operands. Operands come in whatever dtype and memory layout the
compiler (compile.py) decided; the arithmetic of a kernel is that of its operands' dtype.
"""

from __future__ import annotations

from typing import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from graph import Kernel, Node

convolution_backward = torch.ops.aten.convolution_backward
NO_OFFSET = [0, 0]


def geometry(node: Node) -> tuple[int, int, list[int], list[int]]:
    """stride, dilation, the padding PyTorch can do itself (equal on both sides), and what is left: left, right, top, bottom."""
    top, left, bottom, right = node.attributes["padding"]
    shared = [min(top, bottom), min(left, right)]
    rest = [left - shared[1], right - shared[1], top - shared[0], bottom - shared[0]]
    return node.attributes["stride"], node.attributes["dilation"], shared, rest


def groups_of(node: Node, channels: int) -> int:
    """Groups of channels that are convolved by themselves: as many as there are channels where each has its own kernel."""
    return channels if node.op.startswith("depthwise") else 1


def conv2d(node: Node) -> Kernel:
    """x (N,C,H,W), w (K,C,kh,kw) [, bias] -> (N,K,oh,ow); depthwise w (C,1,kh,kw). The bias may have any shape of K elements."""
    stride, dilation, shared, rest = geometry(node)

    def run(x: Tensor, w: Tensor, bias: Tensor | None = None) -> Tensor:
        if any(rest):
            x = F.pad(x, rest)
        flat = None if bias is None else bias.reshape(-1)
        return F.conv2d(x, w, flat, stride, shared, dilation, groups_of(node, x.shape[1]))

    return run


def conv2d_input_gradient(node: Node) -> Kernel:
    """dy (N,K,oh,ow), w (K,C,kh,kw) -> dx (N,C,H,W)."""
    stride, dilation, shared, rest = geometry(node)
    n, c, h, width = node.shape
    left, right, top, bottom = rest
    padded = (n, c, h + top + bottom, width + left + right)
    groups = groups_of(node, c)

    def run(dy: Tensor, w: Tensor) -> Tensor:
        # Only the shape of x matters here: an expanded scalar costs no memory.
        x = like_picture(dy, padded)
        dx = convolution_backward(
            dy, x, w, None, [stride] * 2, shared, [dilation] * 2, False, NO_OFFSET, groups, [True, False, False]
        )[0]
        return dx[:, :, top : top + h, left : left + width] if any(rest) else dx

    return run


def like_picture(dy: Tensor, shape: tuple[int, ...]) -> Tensor:
    """A tensor of no content in dy's dtype and memory layout."""
    layout = torch.channels_last if dy.is_contiguous(memory_format=torch.channels_last) else torch.contiguous_format
    return torch.empty(shape, dtype=dy.dtype, device=dy.device, memory_format=layout)


def conv2d_weight_gradient(node: Node) -> Kernel:
    """x (N,C,H,W), dy (N,K,oh,ow) -> dw (K,C,kh,kw)."""
    stride, dilation, shared, rest = geometry(node)

    def run(x: Tensor, dy: Tensor) -> Tensor:
        if any(rest):
            x = F.pad(x, rest)
        w = like_picture(x, node.shape)
        groups = groups_of(node, x.shape[1])
        return convolution_backward(
            dy, x, w, None, [stride] * 2, shared, [dilation] * 2, False, NO_OFFSET, groups, [False, True, False]
        )[1]

    return run


def broadcast(node: Node) -> Kernel:
    return lambda x: x.expand(node.shape)


def slice_box(node: Node) -> Kernel:
    """A view: the box that starts at `starts` and has the node's shape."""
    box = tuple(slice(start, start + size) for start, size in zip(node.attributes["starts"], node.shape))
    return lambda x: x[box]


def pad(node: Node) -> Kernel:
    before, after = node.attributes["before"], node.attributes["after"]
    widths = [width for pair in zip(reversed(before), reversed(after)) for width in pair]
    return lambda x: F.pad(x, widths)


def resize_nearest(node: Node) -> Kernel:
    factor = node.attributes["factor"]
    return lambda x: F.interpolate(x, scale_factor=factor, mode="nearest")


def block_sum(node: Node) -> Kernel:
    factor = node.attributes["factor"]
    return lambda x: F.avg_pool2d(x, factor, divisor_override=1)


def space_to_depth(node: Node) -> Kernel:
    """Channel order (row in block, column in block, C); PyTorch's pixel_unshuffle has C first."""
    b = node.attributes["block"]
    n, channels, h, w = node.shape
    c = channels // (b * b)
    return lambda x: x.reshape(n, c, h, b, w, b).permute(0, 3, 5, 1, 2, 4).reshape(node.shape)


def depth_to_space(node: Node) -> Kernel:
    b = node.attributes["block"]
    n, c, height, width = node.shape
    h, w = height // b, width // b
    return lambda x: x.reshape(n, b, b, c, h, w).permute(0, 3, 4, 1, 5, 2).reshape(node.shape)


def in_range(node: Node) -> Kernel:
    low, high = node.attributes["min"], node.attributes["max"]

    def run(x: Tensor) -> Tensor:
        if low is None:
            return (x < high).to(x.dtype) if high is not None else torch.ones_like(x)
        above = x > low
        return (above if high is None else above & (x < high)).to(x.dtype)

    return run


def sum_axes(node: Node) -> Kernel:
    """Adds up in float32 (or wider) whatever comes in."""
    axes = node.attributes["axes"]

    def run(x: Tensor) -> Tensor:
        return x.sum(axes, keepdim=True, dtype=torch.float32 if x.dtype == torch.bfloat16 else None)

    return run


def softmax(_: Node) -> Kernel:
    return lambda x: F.softmax(x, -1, dtype=torch.float32 if x.dtype == torch.bfloat16 else None)


def clip(node: Node) -> Kernel:
    low, high = node.attributes["min"], node.attributes["max"]
    return lambda x: torch.clamp(x, low, high) if low is not None or high is not None else x


def leaky_relu(node: Node) -> Kernel:
    slope = node.attributes["slope"]
    return lambda x: F.leaky_relu(x, slope)


def reshape(node: Node) -> Kernel:
    return lambda x: x.reshape(node.shape)


def transpose(node: Node) -> Kernel:
    permutation = node.attributes["permutation"]
    return lambda x: x.permute(permutation)


def concat(node: Node) -> Kernel:
    axis = node.attributes["axis"]
    return lambda *parts: torch.cat(parts, axis)


def plain(function: Kernel) -> Callable[[Node], Kernel]:
    return lambda _: function


KERNELS: dict[str, Callable[[Node], Kernel]] = {
    "add": plain(torch.add),
    "subtract": plain(torch.sub),
    "multiply": plain(torch.mul),
    "divide": plain(torch.div),
    "negate": plain(torch.neg),
    "abs": plain(torch.abs),
    "sign": plain(torch.sign),
    "sqrt": plain(torch.sqrt),
    "exp": plain(torch.exp),
    "log": plain(torch.log),
    "relu": plain(torch.relu),
    "leakyRelu": leaky_relu,
    "elu": plain(F.elu),
    "sigmoid": plain(torch.sigmoid),
    "tanh": plain(torch.tanh),
    "softplus": plain(lambda x: torch.logaddexp(x, torch.zeros_like(x))),
    "clip": clip,
    "inRange": in_range,
    "softmax": softmax,
    "sum": sum_axes,
    "broadcast": broadcast,
    "reshape": reshape,
    "transpose": transpose,
    "slice": slice_box,
    "pad": pad,
    "concat": concat,
    "matmul": plain(torch.matmul),
    "conv2d": conv2d,
    "conv2dInputGradient": conv2d_input_gradient,
    "conv2dWeightGradient": conv2d_weight_gradient,
    "depthwiseConv2d": conv2d,
    "depthwiseConv2dInputGradient": conv2d_input_gradient,
    "depthwiseConv2dWeightGradient": conv2d_weight_gradient,
    "resizeNearest": resize_nearest,
    "blockSum": block_sum,
    "spaceToDepth": space_to_depth,
    "depthToSpace": depth_to_space,
}
