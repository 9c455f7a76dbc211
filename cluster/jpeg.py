"""Reads the JPEG files of a pack where there is nothing but PyTorch: baseline, 8 bits, colours at full resolution (4:4:4), as
the program writes them (src/engine/train/away-pack.ts). ITU-T T.81."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass

import torch
from torch import Tensor

COMPONENTS = 3

# fmt: off
ZIGZAG = (
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
)
# fmt: on
"""From a coefficient's place in the file to that in its block, row by row."""


@dataclass(frozen=True)
class Coefficients:
    """What a file holds: int16, block by block in reading order, of each block its three components, in zigzag order."""

    width: int
    height: int
    values: bytes
    steps: list[list[int]]
    """Quantisation steps of each component, in zigzag order."""


def read_coefficients(data: bytes) -> Coefficients:
    """Plain Python, so that many files can be read at once by processes. Raises ValueError for other kinds of files."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG file")
    steps: dict[int, list[int]] = {}
    codes: dict[int, list[int]] = {}
    frame = b""
    at = 2
    while True:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == 0xDB:
            for start in range(0, len(body), 65):
                if body[start] >> 4:
                    raise ValueError("16-bit quantisation")
                steps[body[start] & 15] = list(body[start + 1 : start + 65])
        elif marker == 0xC4:
            _read_codes(body, codes)
        elif marker == 0xC0:
            frame = body
        elif marker == 0xDA:
            break
        elif marker == 0xDD or 0xC1 <= marker <= 0xCF:
            raise ValueError("not baseline, or with restarts")
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    parts = [frame[6 + 3 * i : 9 + 3 * i] for i in range(frame[5])]
    if len(parts) != COMPONENTS or any(part[1] != 0x11 for part in parts):
        raise ValueError("not three components at full resolution")
    tables = [(codes[body[2 + 2 * i] >> 4], codes[16 + (body[2 + 2 * i] & 15)]) for i in range(COMPONENTS)]
    blocks = -(-width // 8) * -(-height // 8)
    stream = data[at : data.rindex(b"\xff\xd9")].replace(b"\xff\x00", b"\xff") + bytes(8)
    return Coefficients(width, height, _decode(stream, blocks, tables).tobytes(), [steps[part[2]] for part in parts])


def _read_codes(body: bytes, codes: dict[int, list[int]]) -> None:
    """Huffman tables as what each 16 bits begin with: length of the code * 256 + symbol. Those for AC stand at 16 and on."""
    at = 0
    while at < len(body):
        counts = body[at + 1 : at + 17]
        symbol = at + 17
        table: list[int] = []
        for length, count in enumerate(counts, 1):
            for value in body[symbol : symbol + count]:
                table += [length << 8 | value] * (1 << (16 - length))
            symbol += count
        codes[body[at]] = table + [0] * (65536 - len(table))
        at = symbol


def _decode(stream: bytes, blocks: int, tables: list[tuple[list[int], list[int]]]) -> array[int]:
    values = array("h", bytes(2 * 64 * COMPONENTS * blocks))
    bits = buffer = position = base = 0
    means = [0] * COMPONENTS
    for _ in range(blocks):
        for component, (first, others) in enumerate(tables):
            place, table = 0, first
            while place < 64:
                # A code and its number take at most 16 + 11 bits.
                if bits < 32:
                    buffer = (buffer & ((1 << bits) - 1)) << 32 | int.from_bytes(stream[position : position + 4].ljust(4, b"\0"), "big")
                    position += 4
                    bits += 32
                entry = table[buffer >> (bits - 16) & 0xFFFF]
                if entry == 0 or position > len(stream) + 4:
                    raise ValueError("damaged")
                bits -= entry >> 8
                size = entry & 15
                if place > 0:
                    if size == 0 and entry & 0xF0 != 0xF0:
                        break
                    place += entry >> 4 & 15
                if size:
                    bits -= size
                    value = buffer >> bits & ((1 << size) - 1)
                    if value < 1 << (size - 1):
                        value += 1 - (1 << size)
                    if place > 63:
                        raise ValueError("damaged")
                    values[base + place] = value
                if place == 0:
                    means[component] += values[base]
                    values[base] = means[component]
                    table = others
                place += 1
            base += 64
    return values


def to_picture(coefficients: Coefficients, device: torch.device) -> Tensor:
    """(3,H,W), bytes of red, green, blue."""
    width, height = coefficients.width, coefficients.height
    rows, columns = -(-height // 8), -(-width // 8)
    numbers = torch.frombuffer(bytearray(coefficients.values), dtype=torch.int16).to(device, torch.float32)
    steps = torch.tensor(coefficients.steps, dtype=torch.float32, device=device)
    ordered = torch.empty(rows * columns, COMPONENTS, 64, device=device)
    ordered[:, :, list(ZIGZAG)] = numbers.reshape(rows * columns, COMPONENTS, 64) * steps
    cosines = _cosines().to(device)
    blocks = cosines @ ordered.reshape(rows, columns, COMPONENTS, 8, 8) @ cosines.T
    planes = blocks.permute(2, 0, 3, 1, 4).reshape(COMPONENTS, 8 * rows, 8 * columns)[:, :height, :width]
    light, blue, red = planes[0] + 128, planes[1], planes[2]
    colours = torch.stack([light + 1.402 * red, light - 0.344136 * blue - 0.714136 * red, light + 1.772 * blue])
    return colours.round().clamp(0, 255).to(torch.uint8)


def _cosines() -> Tensor:
    """(8,8): from the numbers of a line's frequencies to its pixels."""
    return torch.tensor(
        [[0.5 * (math.sqrt(0.5) if u == 0 else 1) * math.cos((2 * x + 1) * u * math.pi / 16) for u in range(8)] for x in range(8)]
    )
