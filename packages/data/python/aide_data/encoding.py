"""Which bytes a text file is written in."""

import codecs

from .problem import Problem

BLOCK = 1 << 24
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Bytes that cp1252 leaves undefined.
UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")
C1 = frozenset(range(0x80, 0xA0))


def detect_encoding(path):
    """The name that pandas takes. UTF-8 where all of the file is, else the single-byte encoding of western Europe that fits.

    Raises a Problem for a file in which some lines are UTF-8 and others are not.
    """
    with open(path, "rb") as file:
        start = file.read(4)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    if _is_utf8(path):
        return "utf-8"
    return _single_byte(path)


def blocks(path):
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            yield block


def _is_utf8(path):
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks(path):
            # A block of ASCII needs no decoding, unless a character began in the one before it.
            if not block.isascii() or decoder.getstate()[0]:
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(path):
    wide, narrow = None, None
    seen = set()
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                wide = wide or (number, _column(line))
            except UnicodeDecodeError as error:
                narrow = narrow or (number, error.start + 1)
                seen.update(byte for byte in line if byte > 0x7F)
    if wide is not None and narrow is not None:
        raise Problem("mixed-encoding", line=narrow[0], column=narrow[1], other=wide[0])
    return "cp1252" if seen & C1 and not seen & UNDEFINED else "latin-1"


def _column(line):
    return next(at for at, byte in enumerate(line, 1) if byte > 0x7F)
