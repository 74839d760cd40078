"""Scores submissions with a function of the user's own: a JSON object a line on standard input, one a line on standard output.

The user's file has `score(truth, submission)`, of two frames with the same rows in the same order, and `direction`, "minimize" or "maximize".
"""

import importlib.util
import io
import json
import math
import sys
import traceback

import numpy as np
import pandas as pd

RESAMPLES = 50
# Of more rows a resample is as good as any.
MOST_ROWS = 20_000


class Refused(Exception):
    pass


def load(path):
    spec = importlib.util.spec_from_file_location("own_metric", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not callable(getattr(module, "score", None)):
        raise Refused("it has no function score(truth, submission)")
    direction = getattr(module, "direction", None)
    if direction not in ("minimize", "maximize"):
        raise Refused(f'its direction is {direction!r}, and must be "minimize" or "maximize"')
    predicts = getattr(module, "predicts", "value")
    if predicts not in ("value", "probability"):
        raise Refused(f'what it predicts is {predicts!r}, and must be "value" or "probability"')
    return module, {"direction": direction, "predicts": predicts}


def frame(columns, rows):
    """Rows of texts as pandas reads them from a file; text that pandas takes for missing stays text where labels are text."""
    buffer = io.StringIO()
    pd.DataFrame(rows, columns=columns).to_csv(buffer, index=False)
    buffer.seek(0)
    return pd.read_csv(buffer, keep_default_na=False, na_values=[""])


def number(value):
    value = float(value)
    if not math.isfinite(value):
        raise Refused(f"score(truth, submission) is {value}")
    return value


def score(module, columns, ids, targets, truth, submission, constants):
    """The score, its standard error by the bootstrap over rows, and the best that a constant gets."""
    true = frame([*ids, *targets], truth)
    given = frame(columns, submission)
    value = number(module.score(true.copy(), given.copy()))
    values = [tried for rows in constants if (tried := attempt(module, true, frame(columns, rows))) is not None]
    best = None if not values else min(values) if module.direction == "minimize" else max(values)
    return {"value": value, "error": spread(module, true, given), "trivial": best}


def attempt(module, true, given):
    try:
        value = float(module.score(true.copy(), given.copy()))
    except Exception:
        # A metric need not be defined for a constant.
        return None
    return value if math.isfinite(value) else None


def spread(module, true, given):
    draw = np.random.default_rng(0)
    rows = min(len(true), MOST_ROWS)
    values = []
    for _ in range(RESAMPLES):
        at = draw.integers(0, len(true), rows)
        value = attempt(module, true.iloc[at].reset_index(drop=True), given.iloc[at].reset_index(drop=True))
        if value is not None:
            values.append(value)
    return float(np.std(values, ddof=1)) * math.sqrt(rows / len(true)) if len(values) > 1 else None


def main():
    answers, sys.stdout = sys.stdout, sys.stderr
    module = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["ask"] == "load":
                module, answer = load(request["path"])
            else:
                answer = score(module, **request["with"])
            reply = {"value": answer}
        except Refused as problem:
            reply = {"refused": str(problem)}
        except BaseException as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            reply = {"refused": f"{type(error).__name__}: {error} (line {last.lineno} of {last.filename.rsplit('/', 1)[-1]})"}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
