"""Sample fills of a run, as src/engine/train/samples.ts writes them: samples/step-N.png, a sheet with a row a crop: with its
hole, filled, as it was."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

import torch
from torch import Tensor

from batches import Batch
from tensor_file import write_aside

ROWS = 4
"""Crops on a sheet."""

KEPT = 60
"""Sheets that are kept: the first, and the latest."""

HOLE = 128
"""Shown in the hole: middle grey."""


def write_sample(run: Path, step: int, batch: Batch, complete: Tensor, side: int) -> str | None:
    """The sheet's name; None when it could not be written: samples are not worth a run."""
    folder = run / "samples"
    name = f"step-{step}.png"
    try:
        folder.mkdir(exist_ok=True)
        write_aside(folder / name, _png(_sheet(batch, complete, side)))
        kept = sorted(folder.glob("step-*.png"), key=lambda path: int(path.stem.removeprefix("step-")))
        for path in kept[1 : 1 - KEPT]:
            path.unlink(missing_ok=True)
    except OSError as problem:
        print(f"{folder / name} was not written: {problem}", file=sys.stderr, flush=True)
        return None
    return name


def _sheet(batch: Batch, complete: Tensor, side: int) -> Tensor:
    """(rows * side, 3 * side, 3) bytes."""
    hole = batch["hole"].cpu().reshape(-1, 1, side, side)[:ROWS] > 0
    truth, filled = (_bytes(values.cpu().reshape(-1, 3, side, side)[:ROWS]) for values in (batch["image"], complete))
    columns = torch.cat([truth.masked_fill(hole, HOLE), filled, truth], 3)
    return columns.permute(0, 2, 3, 1).reshape(-1, 3 * side, 3).contiguous()


def _bytes(values: Tensor) -> Tensor:
    """[-1,1] to whole numbers from 0 to 255."""
    return ((values.double() + 1) * 127.5 + 0.5).floor().clamp(0, 255).to(torch.uint8)


def _png(picture: Tensor) -> bytes:
    """8-bit RGB (ISO/IEC 15948), each line without a filter."""
    height, width, _ = picture.shape
    unfiltered = torch.cat([torch.zeros(height, 1, dtype=torch.uint8), picture.reshape(height, -1)], 1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(unfiltered.flatten().tolist()))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
