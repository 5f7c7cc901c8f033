"""The text of an HWP document for distribution (배포용 문서): enciphered, with the key beside it.

The mark asks editors not to change the document; it keeps no secret, so there is nothing to break here. Method:
Hancom, 한글 문서 파일 형식 – 배포용 문서, revision 1.2; AES: FIPS 197. The blocks of a text are independent of each
other, so numpy turns all of them at once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_RECORD = struct.Struct("<I")
_TAG_OF_KEY, _KEY_RECORD_BYTES = 0x1C, 256
_BLOCK, _ROUNDS = 16, 10
Bytes = NDArray[np.uint8]


def deciphered(section: bytes) -> bytes:
    """A section of such a document as an ordinary one has it; raises ValueError where it does not begin as one."""
    start = _RECORD.size + _KEY_RECORD_BYTES
    if len(section) < start:
        raise ValueError("the section for distribution ends too soon")
    (header,) = _RECORD.unpack_from(section)
    if header & 0x3FF != _TAG_OF_KEY or header >> 20 != _KEY_RECORD_BYTES:
        raise ValueError("the section for distribution has no key")
    key = _key(section[_RECORD.size : start])
    whole = (len(section) - start) // _BLOCK * _BLOCK
    return decrypted(section[start : start + whole], key)


def _key(record: bytes) -> bytes:
    """The key in a record that is masked by runs of random bytes, as Visual C's `rand` gives them for its seed."""
    (seed,) = _RECORD.unpack_from(record)
    mask = bytearray()
    numbers = _visual_c_random(seed)
    while len(mask) < _KEY_RECORD_BYTES:
        value, run = next(numbers) & 0xFF, (next(numbers) & 0xF) + 1
        mask += bytes([value]) * run
    at = _RECORD.size + (seed & 0xF)
    return bytes(byte ^ masking for byte, masking in zip(record[at : at + 16], mask[at : at + 16], strict=True))


def _visual_c_random(seed: int) -> Iterator[int]:
    while True:
        seed = (seed * 214013 + 2531011) & 0xFFFFFFFF
        yield (seed >> 16) & 0x7FFF


def decrypted(text: bytes, key: bytes) -> bytes:
    """AES-128 in its simplest mode (ECB), inverted: `text` is a whole number of blocks of 16 bytes."""
    keys = _round_keys(key)
    state = np.frombuffer(text, np.uint8).reshape(-1, _BLOCK) ^ keys[_ROUNDS]
    for turn in range(_ROUNDS - 1, -1, -1):
        state = _INVERSE_BOX[state[:, _UNSHIFTED]] ^ keys[turn]
        if turn:
            state = _unmixed(state)
    plain: bytes = state.tobytes()
    return plain


def _times(factor: int) -> Bytes:
    """Products of every byte and `factor` in the field of 256 elements that AES calculates in."""
    product: Bytes = np.zeros(256, np.uint8)
    doubled: Bytes = np.arange(256, dtype=np.uint8)
    while factor:
        if factor & 1:
            product = product ^ doubled
        doubled = (doubled << np.uint8(1)) ^ (doubled >> np.uint8(7)) * np.uint8(0x1B)
        factor >>= 1
    return product


def _box() -> Bytes:
    """The S-box: each byte's inverse in the field, its bits stirred."""
    products = np.stack([_times(factor) for factor in range(256)])
    inverse = np.where((products == 1).any(axis=1), (products == 1).argmax(axis=1), 0).astype(np.uint16)
    doubled = inverse | (inverse << 8)
    stirred = inverse ^ 0x63
    for shift in range(4, 8):
        stirred ^= (doubled >> shift) & 0xFF
    return stirred.astype(np.uint8)


_BOX = _box()
_INVERSE_BOX = np.argsort(_BOX).astype(np.uint8)
_UNSHIFTED = [(4 * (column - row) + row) % _BLOCK for column in range(4) for row in range(4)]
_UNMIXING = [[_times(factor) for factor in row] for row in np.array([np.roll([14, 11, 13, 9], n) for n in range(4)])]


def _unmixed(state: Bytes) -> Bytes:
    columns = state.reshape(-1, 4, 4)
    rows = [
        factors[0][columns[:, :, 0]]
        ^ factors[1][columns[:, :, 1]]
        ^ factors[2][columns[:, :, 2]]
        ^ factors[3][columns[:, :, 3]]
        for factors in _UNMIXING
    ]
    return np.stack(rows, axis=2).reshape(-1, _BLOCK)


def _round_keys(key: bytes) -> Bytes:
    words = [np.frombuffer(key[at : at + 4], np.uint8) for at in range(0, 16, 4)]
    constant = 1
    for index in range(4, 4 * (_ROUNDS + 1)):
        word = words[-1]
        if index % 4 == 0:
            word = _BOX[np.roll(word, -1)] ^ np.array([constant, 0, 0, 0], np.uint8)
            constant = int(_times(2)[constant])
        words.append(words[index - 4] ^ word)
    return np.concatenate(words).reshape(-1, _BLOCK)
