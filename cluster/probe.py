"""Prints one line of JSON about this Python's PyTorch: version, device, deviceName, bf16, threads."""

from __future__ import annotations

import json

import torch


def bf16_in_hardware(device: torch.device) -> bool:
    """Whether bfloat16 products are faster here than float32: tensor cores from Ampere on, AMX on Intel's CPUs."""
    if device.type == "cuda":
        return torch.cuda.get_device_capability(device)[0] >= 8
    return torch.cpu._is_amx_tile_supported()


def best_device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


if __name__ == "__main__":
    found = best_device()
    print(
        json.dumps(
            {
                "version": torch.__version__,
                "device": found.type,
                "deviceName": torch.cuda.get_device_name(found) if found.type == "cuda" else "",
                "bf16": bf16_in_hardware(found),
                "threads": torch.get_num_threads(),
            }
        )
    )
