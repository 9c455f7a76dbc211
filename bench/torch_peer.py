"""The two-stage generator written by hand in PyTorch, with the same weights: the peer of bench/network.

    python bench/torch_peer.py WEIGHTS.safetensors INPUT.safetensors REPEATS THREADS [compiled]

WEIGHTS holds the generator's parameters by name, INPUT image (1,3,H,W), hole (1,1,H,W). Prints one line of JSON:
seconds of each run, peak memory in MB, and the refined output's mean and deviation in the hole, by which the two are
known to compute the same.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

DILATIONS = (2, 4, 8, 16)


def read_tensors(path: Path) -> dict[str, Tensor]:
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[8 + length + start : 8 + length + end]), dtype=torch.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors


class Generator:
    """Width and everything else follow from the weights' shapes."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        self.weights = weights

    def conv(self, x: Tensor, name: str, stride: int = 1, dilation: int = 1, activation: str = "elu") -> Tensor:
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        kernel = weight.shape[2]
        if stride == 1:
            y = F.conv2d(x, weight, bias, padding=dilation * (kernel - 1) // 2, dilation=dilation)
        else:
            whole = (-(-x.shape[2] // stride) - 1) * stride + kernel - x.shape[2]
            y = F.conv2d(F.pad(x, (whole // 2, whole - whole // 2) * 2), weight, bias, stride=stride)
        return {"elu": F.elu, "relu": F.relu, "none": lambda v: v}[activation](y)

    def decode(self, x: Tensor, stage: str) -> Tensor:
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        x = self.conv(self.conv(x, f"{stage}.conv13"), f"{stage}.conv14")
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        x = self.conv(self.conv(x, f"{stage}.conv15"), f"{stage}.conv16")
        return self.conv(x, f"{stage}.conv17", activation="none").clamp(-1, 1)

    def dilated(self, x: Tensor, stage: str) -> Tensor:
        for dilation in DILATIONS:
            x = self.conv(x, f"{stage}.dilated{dilation}", dilation=dilation)
        return x

    def coarse(self, image: Tensor, hole: Tensor) -> Tensor:
        x = torch.cat([image * (1 - hole), torch.ones_like(hole), hole], 1)
        x = self.conv(self.conv(x, "coarse.conv1"), "coarse.conv2", stride=2)
        x = self.conv(self.conv(x, "coarse.conv3"), "coarse.conv4", stride=2)
        x = self.dilated(self.conv(self.conv(x, "coarse.conv5"), "coarse.conv6"), "coarse")
        return self.decode(self.conv(self.conv(x, "coarse.conv11"), "coarse.conv12"), "coarse")

    def refine(self, image: Tensor, hole: Tensor, coarse: Tensor) -> Tensor:
        start = coarse * hole + image * (1 - hole)
        given = torch.cat([start, torch.ones_like(hole), hole], 1)
        x = self.conv(self.conv(given, "dilated.conv1"), "dilated.conv2", stride=2)
        x = self.conv(self.conv(x, "dilated.conv3"), "dilated.conv4", stride=2)
        x = self.dilated(self.conv(self.conv(x, "dilated.conv5"), "dilated.conv6"), "dilated")
        f = self.conv(self.conv(given, "attention.conv1"), "attention.conv2", stride=2)
        f = self.conv(self.conv(f, "attention.conv3"), "attention.conv4", stride=2)
        f = self.conv(self.conv(f, "attention.conv5"), "attention.conv6", activation="relu")
        f = self.conv(self.conv(attention(f, hole), "attention.conv9"), "attention.conv10")
        y = self.conv(self.conv(torch.cat([x, f], 1), "merged.conv11"), "merged.conv12")
        return self.decode(y, "merged")


def attention(f: Tensor, hole: Tensor) -> Tensor:
    """Contextual attention by unfold, matrix products and fold; patches that touch the hole are not used."""
    b, _, h4, w4 = f.shape
    h, w = h4 // 2, w4 // 2
    n = h * w
    touched = F.max_pool2d(F.max_pool2d(hole, 8), 3, 1, 1)
    scores = -1e9 * touched.reshape(b, 1, n)
    patches = F.unfold(f[:, :, ::2, ::2], 3, padding=1)
    norms = patches.square().sum(1, keepdim=True).clamp(min=1e-8).sqrt()
    similarity = (patches.transpose(1, 2) @ (patches / norms)).reshape(b, h, w, h, w)
    similarity = diagonal_sum(similarity.transpose(2, 3)).transpose(2, 3)  # y, y', x, x'
    similarity = diagonal_sum(similarity.permute(0, 2, 4, 1, 3)).permute(0, 3, 1, 4, 2)  # x, x', y, y'
    probabilities = (similarity.reshape(b, n, n) * 10 + scores).softmax(-1)
    raw = F.unfold(f, 4, padding=1, stride=2)
    return F.fold(raw @ probabilities.transpose(1, 2), (h4, w4), 4, padding=1, stride=2) / 4


def diagonal_sum(s: Tensor) -> Tensor:
    """s plus itself moved by one along both of the last two axes, forwards and backwards, zeros coming in."""
    padded = F.pad(s, (1, 1, 1, 1))
    return s + padded[..., :-2, :-2] + padded[..., 2:, 2:]


def main() -> None:
    weights, given = read_tensors(Path(sys.argv[1])), read_tensors(Path(sys.argv[2]))
    repeats, threads = int(sys.argv[3]), int(sys.argv[4])
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    network = Generator(weights)
    coarse_stage, refine_stage = network.coarse, network.refine
    if sys.argv[5:] == ["compiled"]:  # needs a C++ compiler; the first run compiles
        coarse_stage, refine_stage = torch.compile(coarse_stage), torch.compile(refine_stage)
    seconds = []
    with torch.inference_mode():
        for _ in range(repeats):
            start = time.perf_counter()
            image, hole = given["image"], given["hole"]
            refined = refine_stage(image, hole, coarse_stage(image, hole))
            seconds.append(time.perf_counter() - start)
    filled = refined[given["hole"].expand_as(refined) == 1]
    print(
        json.dumps(
            {
                "seconds": seconds,
                "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "mean": filled.mean().item(),
                "deviation": filled.std().item(),
                "version": torch.__version__,
            }
        )
    )


if __name__ == "__main__":
    main()
