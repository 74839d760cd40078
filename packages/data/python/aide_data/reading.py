"""How a file is read: the arguments that pandas needs, and what follows from them for its bytes."""

import re
from dataclasses import dataclass, replace

import pandas as pd

from .problem import Problem

# What pandas takes for missing, as of pandas 2.
DEFAULT_NA = frozenset(pd._libs.parsers.STR_NA_VALUES)


@dataclass(frozen=True)
class Reading:
    """A delimited text file. `args` holds what differs from pandas' defaults."""

    encoding: str = "utf-8"
    sep: str = ","
    quoting: int = 0
    escapechar: str | None = None
    skipinitialspace: bool = False
    skiprows: int = 0
    header: bool = True
    # One more field in each row than in the header: the first is the index ("index"), or the last is empty ("trailing").
    surplus: str = ""
    index: bool = False
    decimal: str = "."
    thousands: str | None = None
    # Beside what pandas takes for missing.
    missing: tuple = ()
    # What pandas would take for missing and is a value here.
    kept: tuple = ()
    # Of these that occur in the file, the ones that are missing; only where `kept` is not empty.
    blanks: tuple = ()
    texts: tuple = ()

    def with_(self, **changes):
        return replace(self, **changes)

    @property
    def shape(self):
        """What a raw field must be written like; files of one shape can take each other's fields as they are."""
        return self.encoding, self.sep, self.quoting, self.escapechar, self.skipinitialspace, self.decimal, self.thousands

    @property
    def args(self):
        """Keyword arguments of pandas.read_csv, in the order in which people write them."""
        args = {}
        if self.sep != ",":
            args["sep"] = self.sep
        if self.decimal != ".":
            args["decimal"] = self.decimal
        if self.thousands is not None:
            args["thousands"] = self.thousands
        if self.encoding != "utf-8":
            args["encoding"] = self.encoding
        if self.skiprows > 0:
            args["skiprows"] = self.skiprows
        if not self.header:
            args["header"] = None
        if self.surplus == "trailing":
            args["index_col"] = False
        elif self.index:
            args["index_col"] = 0
        if self.quoting != 0:
            args["quoting"] = self.quoting
        if self.escapechar is not None:
            args["escapechar"] = self.escapechar
        if self.skipinitialspace:
            args["skipinitialspace"] = True
        if self.kept:
            args["keep_default_na"] = False
            args["na_values"] = sorted({*self.blanks, *self.missing, ""})
        elif self.missing:
            args["na_values"] = list(self.missing)
        if self.texts:
            args["dtype"] = {name: "str" for name in self.texts}
        return args

    def names(self, path):
        """The columns as pandas calls them; an index is called ""."""
        if not self.header:
            width = self._read(path, nrows=1, header=None).shape[1]
            return [str(at) for at in range(width)]
        names = [str(name) for name in self._read(path, nrows=0, header=0, index_col=False).columns]
        if self.surplus == "index":
            return ["", *names]
        return ["", *names[1:]] if self.index else names

    def frame(self, path, names=None, **more):
        """The table as pandas reads it, whole or in chunks (`chunksize`), its index as an ordinary first column called ""."""
        names = list(names or self.names(path))
        known = [*names, "\0"] if self.surplus == "trailing" else names
        dtype = {name: str for name in self.texts if name in names}
        # Without `usecols` pandas refuses rows that are too long.
        used = {"usecols": names} if self.surplus == "trailing" else {}
        more = {"dtype": dtype or None, "index_col": None, **used, **more}
        header = 0 if self.header else None
        if self.surplus:
            header, more["skiprows"] = None, self.skiprows + 1
        return self._read(path, header=header, names=known, **more)

    def _read(self, path, **more):
        args = {**self.args, **more}
        try:
            return pd.read_csv(path, low_memory=False, **args)
        except pd.errors.ParserError as error:
            raise unreadable(error) from error


def unreadable(error):
    counted = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
    if counted is None:
        return Problem("unreadable", cause=str(error).strip())
    expected, line, found = counted.groups()
    return Problem("row-width", line=line, column=int(expected) + 1, expected=expected, found=found)
