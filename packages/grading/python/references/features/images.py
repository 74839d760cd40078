"""Pixels of PNG files, averaged over the squares of a grid, so that images of all sizes give the same number of values."""

import numpy as np

from ..problem import Problem
from .png import CHANNELS, pixels, read_header, unfiltered

# Images that are decoded at a time.
BATCH = 512


def grid_pixels(paths, public, side):
    """Images × (side · side · channels): three channels where any image has colours."""
    parts = [None] * len(paths)
    waiting = {}
    for at, name in enumerate(paths):
        data = (public / name).read_bytes()
        header, palette, raw = read_header(data, name)
        # A palette is one image's own.
        key = (header, None if palette is None else palette.tobytes())
        waiting.setdefault(key, []).append((at, raw, palette))
        if len(waiting[key]) == BATCH:
            decode(key, waiting.pop(key), side, parts)
    for key, batch in waiting.items():
        decode(key, batch, side, parts)
    return parts


def decode(key, batch, side, parts):
    header = key[0]
    width, height, bits, colour = header
    if colour not in CHANNELS:
        raise Problem("An image has a kind of colour that PNG files do not have.")
    length = 1 + (width * CHANNELS[colour] * bits + 7) // 8
    rows = np.stack([np.frombuffer(raw, np.uint8).reshape(height, length) for _, raw, _ in batch])
    lines = unfiltered(rows, max(1, CHANNELS[colour] * bits // 8))
    values = pixels(lines, header, batch[0][2])
    down, across = shares(height, side), shares(width, side)
    for (at, _, _), image in zip(batch, np.einsum("sh,nhwc,tw->nstc", down, values, across, optimize=True)):
        parts[at] = image


def shares(size, side):
    """Row by row of the grid, what share of it each pixel fills."""
    edges = np.linspace(0, size, side + 1)
    starts, ends = edges[:-1, None], edges[1:, None]
    places = np.arange(size)[None, :]
    filled = np.clip(np.minimum(ends, places + 1) - np.maximum(starts, places), 0, None)
    return filled / filled.sum(axis=1, keepdims=True)


def image_matrix(columns, public, side):
    """Dense matrices of train and test."""
    both = [(len(train), grid_pixels([*train, *test], public, side)) for train, test in columns]
    channels = max(image.shape[2] for _, images in both for image in images)
    flat = [np.stack([as_channels(image, channels).ravel() for image in images]) for _, images in both]
    whole = np.round(np.hstack(flat), 9)
    cut = both[0][0]
    spread = whole[:cut].std() or 1.0
    whole = (whole - whole[:cut].mean()) / spread
    return whole[:cut], whole[cut:]


def as_channels(image, channels):
    return image if image.shape[2] == channels else np.repeat(image[..., :1], channels, axis=2)
