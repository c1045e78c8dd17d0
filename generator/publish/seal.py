"""A digest in front of what is kept between builds: of a file that a fault of the disk changed nothing is believed.

It guards against accidents. Who can write to the folder can write a digest as well.
"""

from __future__ import annotations

from hashlib import blake2b

# 128 bits: enough that no accident goes unseen.
_BYTES = 16


class DamagedError(Exception):
    """The content is not what was sealed."""


def sealed(content: bytes) -> bytes:
    """`content` as it is to be kept."""
    return blake2b(content, digest_size=_BYTES).digest() + content


def unsealed(kept: bytes) -> bytes:
    """What `sealed` was given. Raises `DamagedError`."""
    return bytes(unsealed_view(kept))


def unsealed_view(kept: bytes) -> memoryview:
    """As `unsealed`, without a copy."""
    content = memoryview(kept)[_BYTES:]
    if blake2b(content, digest_size=_BYTES).digest() != kept[:_BYTES]:
        raise DamagedError
    return content
