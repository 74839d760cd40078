"""Digits drawn as strokes, turned, sheared and blurred at random, and written as PNG: images that lie in no public data set."""

import struct
import zlib

import numpy as np

SIZE = 28

# Corner points of strokes in a unit square, x to the right and y down; arcs as many short lines.


def _arc(x, y, across, down, start, end, points=16):
    angles = np.linspace(np.radians(start), np.radians(end), points)
    return np.stack([x + across * np.cos(angles), y + down * np.sin(angles)], axis=1)


def _line(*corners):
    return np.array(corners, float)


strokes = {
    0: [_arc(0.5, 0.5, 0.26, 0.38, 0, 360, 32)],
    1: [_line((0.36, 0.26), (0.54, 0.12), (0.54, 0.88))],
    2: [_arc(0.5, 0.34, 0.24, 0.22, 185, 385), _line((0.70, 0.44), (0.26, 0.87), (0.76, 0.87))],
    3: [_arc(0.47, 0.31, 0.24, 0.19, 200, 450), _arc(0.47, 0.69, 0.27, 0.20, 270, 520)],
    4: [_line((0.62, 0.88), (0.62, 0.12), (0.22, 0.63), (0.80, 0.63))],
    5: [_line((0.72, 0.13), (0.33, 0.13), (0.30, 0.46)), _arc(0.48, 0.64, 0.26, 0.23, 225, 500)],
    6: [_arc(0.50, 0.65, 0.25, 0.22, 0, 360, 32), _arc(0.72, 0.60, 0.47, 0.50, 180, 255)],
    7: [_line((0.24, 0.14), (0.76, 0.14), (0.42, 0.88))],
    8: [_arc(0.5, 0.30, 0.20, 0.18, 0, 360, 32), _arc(0.5, 0.67, 0.25, 0.20, 0, 360, 32)],
    9: [_arc(0.50, 0.35, 0.24, 0.22, 0, 360, 32), _arc(0.27, 0.40, 0.47, 0.50, 0, 75)],
}


def image(digit, draw):
    """28 by 28 grey values of 0 to 255, ink bright."""
    angle, shear = draw.normal(0, 0.22), draw.normal(0, 0.22)
    scale = draw.uniform(0.62, 1.0, 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.array([[1, shear], [0, 1]]) @ np.diag(scale)
    place, width = draw.uniform(-0.09, 0.09, 2), draw.uniform(0.035, 0.075)
    grid = (np.stack(np.meshgrid(np.arange(SIZE), np.arange(SIZE)), axis=-1) + 0.5) / SIZE
    nearest = np.full((SIZE, SIZE), np.inf)
    for stroke in strokes[digit]:
        points = (stroke + draw.normal(0, 0.018, stroke.shape) - 0.5) @ turn.T + 0.5 + place
        for start, end in zip(points[:-1], points[1:]):
            nearest = np.minimum(nearest, _distance(grid, start, end))
    ink = np.clip((width - nearest) * SIZE + 0.5, 0, 1) * draw.uniform(0.6, 1.0)
    noisy = ink + draw.normal(0, 0.09, ink.shape)
    return np.round(np.clip(noisy, 0, 1) * 255).astype(np.uint8)


def _distance(grid, start, end):
    way = end - start
    share = np.clip(((grid - start) @ way) / max(1e-12, way @ way), 0, 1)
    return np.linalg.norm(grid - (start + share[..., None] * way), axis=-1)


def png(grey):
    """The bytes of a PNG file, 8 bit grey."""
    height, width = grey.shape
    rows = b"".join(b"\0" + row.tobytes() for row in grey)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + _chunk(b"IDAT", _stored(rows)) + _chunk(b"IEND", b"")


def _stored(content):
    """A zlib stream that is not compressed: libraries compress one content to different bytes."""
    length = len(content)
    return b"\x78\x01\x01" + struct.pack("<HH", length, length ^ 0xFFFF) + content + struct.pack(">I", zlib.adler32(content))


def _chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
