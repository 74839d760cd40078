"""
PNG files as arrays (W3C Portable Network Graphics, second edition), many of one size at a time: the filters of a row go pixel by pixel, and so through all
images at once. Interlaced files are refused.
"""

import struct
import zlib

import numpy as np

from ..problem import Problem

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def read_header(data, path):
    """(width, height, bits, kind of colour), the palette as an array or None, and the rows as they were compressed."""
    if data[:8] != SIGNATURE:
        raise Problem(f"{path} is no PNG file.")
    at, header, palette, packed = 8, None, None, []
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if name == b"IHDR":
            *header, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            if interlaced:
                raise Problem(f"{path} is interlaced.")
        elif name == b"PLTE":
            palette = np.frombuffer(body, np.uint8).reshape(-1, 3)
        elif name == b"IDAT":
            packed.append(body)
        at += 12 + length
    return tuple(header), palette, zlib.decompress(b"".join(packed))


def unfiltered(rows, step):
    """Undoes the filters of images of one size. `rows`: images × height × (1 + bytes of a row); `step`: bytes of a pixel, at least 1."""
    kinds, lines = rows[:, :, 0], rows[:, :, 1:].astype(np.int16)
    above = np.zeros((len(lines), lines.shape[2]), np.int16)
    for at in range(lines.shape[1]):
        line = lines[:, at]
        kind = kinds[:, at]
        for one in np.unique(kind):
            chosen = kind == one
            line[chosen] = undo(int(one), line[chosen], above[chosen], step)
        above = line
    return lines.astype(np.uint8)


def undo(kind, line, above, step):
    if kind == 0:
        return line
    if kind == 2:
        return (line + above) & 255
    done = np.zeros((len(line), line.shape[1] + step), np.int16)
    upper = np.pad(above, ((0, 0), (step, 0)))
    for at in range(0, line.shape[1], step):
        here, left = slice(at + step, at + 2 * step), slice(at, at + step)
        predicted = predict(kind, done[:, left], upper[:, here], upper[:, left])
        done[:, here] = (line[:, at : at + step] + predicted) & 255
    return done[:, step:]


def predict(kind, left, upper, corner):
    if kind == 1:
        return left
    if kind == 3:
        return (left + upper) >> 1
    guess = left + upper - corner
    away = [np.abs(guess - one) for one in (left, upper, corner)]
    nearest = np.where(away[1] <= away[2], upper, corner)
    return np.where((away[0] <= away[1]) & (away[0] <= away[2]), left, nearest)


def pixels(lines, header, palette):
    """Images × height × width × channels, 0 to 1; without what is transparent."""
    width, height, bits, colour = header
    if bits == 16:
        values = lines[:, :, ::2] / 255
    elif bits == 8:
        values = lines if colour == 3 else lines / 255
    else:
        unpacked = np.unpackbits(lines, axis=2).reshape(len(lines), height, -1, bits)
        values = unpacked @ (1 << np.arange(bits)[::-1])
        values = values if colour == 3 else values / (2**bits - 1)
    values = values[:, :, : width * CHANNELS[colour]]
    if colour == 3:
        return palette[values.astype(int)] / 255
    values = values.reshape(len(lines), height, width, CHANNELS[colour])
    return values[..., :-1] if colour in (4, 6) else values
