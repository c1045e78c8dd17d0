"""Bytes to text: decoding, limits, and the metadata that an analyst states beside a seed."""

from __future__ import annotations

from generator.read.limits import Limits
from generator.read.seed import read_seed

__all__ = ["Limits", "read_seed"]
