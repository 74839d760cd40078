"""Cross-validates several scripts and the one that they were made from on the same folds, and leaves the worse half out after the first fold and each second one
after it: successive halving (Jamieson and Talwalkar 2016, AISTATS) whose resource is folds of a sample.

Reads candidate.py, which is the script before, and options.json beside it: {"scripts": [str], "rows": int, "folds": int, "seconds": number, "seed": int, "metric": str,
"split"?: see folds_of}. Each script fits a model.
Prints one JSON object: {"kind": "ranked", "gains": [{"gain": number, "error": number, "folds": int} | {"why": str}]}, of each script against the one before,
greater is better; or {"kind": "none", "why": str} where that one cannot be cross-validated.
"""

import ast
import json
import time
from contextlib import contextmanager

from model_fit import answer_behind, folds_of, limited, scoring_of, until_fit

START = time.monotonic()


class Contender:
    """A script up to its fit, and the scores of its model so far."""

    def __init__(self, code, metric):
        self.scores = []
        self.why = None
        with self.excused():
            fit = until_fit(ast.parse(code))
            if fit is None:
                self.why = "the script fits no model"
            else:
                self.fit = fit
                self.model, self.features, self.labels, _ = fit
                self.scoring = scoring_of(self.model, metric, self.labels)

    @contextmanager
    def excused(self):
        """Whatever a script raises is why it is left out, also the end of the interpreter. One that has scores and no more time keeps these."""
        try:
            yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if isinstance(error, TimeoutError) and self.scores:
                return
            self.why = f"{type(error).__name__}: {str(error)[:300]}"

    def fold(self, train, held, seconds):
        import numpy as np
        from sklearn.base import clone

        with self.excused(), limited(seconds):
            fitted = clone(self.model).fit(self.features.iloc[train], self.labels.iloc[train])
            score = float(self.scoring(fitted, self.features.iloc[held], self.labels.iloc[held]))
            if np.isfinite(score):
                self.scores.append(score)
            else:
                self.why = "a score that is no number"


def mean_gain(contender, before):
    return sum(ours - theirs for ours, theirs in zip(contender.scores, before.scores)) / len(contender.scores)


def gain_of(contender, before):
    import numpy as np

    if contender.why is not None:
        return {"why": contender.why}
    gains = np.subtract(contender.scores, before.scores[: len(contender.scores)])
    error = float(np.std(gains, ddof=1) / len(gains) ** 0.5) if len(gains) > 1 else 0.0
    return {"gain": float(np.mean(gains)), "error": error, "folds": len(gains)}


def main():
    import numpy as np

    with open("options.json", encoding="utf-8") as source:
        options = json.load(source)
    with open("candidate.py", encoding="utf-8") as source:
        before = Contender(source.read(), options["metric"])
    if before.why is not None:
        return {"kind": "none", "why": before.why}
    contenders = [Contender(code, options["metric"]) for code in options["scripts"]]
    for one in contenders:
        if one.why is None and len(one.labels) != len(before.labels):
            one.why = "it fits on other rows than the script before"
    remaining = lambda: START + options["seconds"] - time.monotonic()
    is_over = lambda: remaining() < 0
    # Of one fit, so that those that are still to come in its fold have as much; a tenth of all where that is nearly over.
    longest = lambda to_come: max(remaining() / to_come, options["seconds"] / 10)
    left = [one for one in contenders if one.why is None]
    drawn = np.random.RandomState(options["seed"]).permutation(len(before.labels))[: options["rows"]]
    for at, (train, held) in enumerate(folds_of(before.fit, drawn, options["folds"], options["seed"], options.get("split"))):
        if not left or (at > 0 and is_over()):
            break
        before.fold(train, held, longest(1 + len(left)))
        if before.why is not None:
            return {"kind": "none", "why": before.why}
        if len(before.scores) <= at:
            break
        for place, one in enumerate(left):
            # Of the first fold at least one is fitted, so that there is something to choose.
            if at == 0 and place > 0 and is_over():
                one.why = "no time was left for it"
            elif at == 0 or not is_over():
                one.fold(train, held, longest(len(left) - place))
        left = [one for one in left if one.why is None and len(one.scores) == len(before.scores)]
        left = sorted(left, key=lambda one: -mean_gain(one, before))
        if at % 2 == 0:
            left = left[: (len(left) + 1) // 2]
    return {"kind": "ranked", "gains": [gain_of(one, before) for one in contenders]}


answer_behind("halving:", main)
