"""Files of named float32 vectors in the safetensors format (https://github.com/huggingface/safetensors).

8 bytes of header length (little endian), a JSON header, then the values. The same subset that the app reads and writes
(src/engine/files/safetensors.ts), so PyTorch is the only package needed.
"""

from __future__ import annotations

import ctypes
import json
import os
import struct
import tempfile
from pathlib import Path

import torch
from torch import Tensor


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Tensors and metadata. Raises ValueError naming the file when it is no such file."""
    data = bytearray(path.read_bytes())
    try:
        (length,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8 : 8 + length])
        metadata = header.pop("__metadata__", {})
        tensors: dict[str, Tensor] = {}
        for name, entry in header.items():
            if entry["dtype"] != "F32":
                raise ValueError(f'"{name}" is {entry["dtype"]} instead of F32')
            start, end = entry["data_offsets"]
            values = torch.frombuffer(data, dtype=torch.float32, count=(end - start) // 4, offset=8 + length + start)
            tensors[name] = values.reshape(entry["shape"]).clone()
        return tensors, metadata
    except (struct.error, ValueError, KeyError, TypeError) as problem:
        raise ValueError(f"{path} is not a usable safetensors file: {problem}") from problem


def encode_tensors(tensors: dict[str, Tensor], metadata: dict[str, str]) -> bytes:
    """The file's bytes; the header is padded with spaces, so that the values start aligned."""
    header: dict[str, object] = {"__metadata__": metadata}
    end = 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([struct.pack("<Q", len(text)), text, *map(raw_bytes, tensors.values())])


def raw_bytes(tensor: Tensor) -> bytes:
    """float32 values as they lie in memory, row-major. Tensor.numpy() would need a package more."""
    values = tensor.detach().to("cpu", torch.float32).contiguous()
    return ctypes.string_at(values.data_ptr(), 4 * values.numel())


def write_aside(path: Path, data: bytes) -> None:
    """Puts a file in place in one step: whoever reads it sees the old one or the new one, whole."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".inpaint-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
