"""What MLE-bench's own code says of made-up leaderboards of 1 … N teams, as digests. Run by a Python that can import mlebench: medals.py [N]."""

import hashlib
import json
import sys

import numpy as np
import pandas as pd
from mlebench.grade_helpers import Grader

TIES = (1, 4)
QUICK = 1200
EVERY = 997
grader = Grader("made up", "math:sqrt")


def leaderboard(teams: int, tied: int, lower: bool) -> np.ndarray:
    """Steps of `tied` equal scores, the best first."""
    place = np.arange(teams)
    return ((place if lower else place[::-1]) // tied).astype(float)


def places(teams: int) -> tuple[int, int, int]:
    """The thresholds of a leaderboard without ties are the places themselves."""
    found = []
    for lower in (False, True):
        rank = grader.rank_score(None, pd.DataFrame({"score": leaderboard(teams, 1, lower)}))
        scores = [int(rank[f"{name}_threshold"]) for name in ("gold", "silver", "bronze")]
        found.append(tuple(1 + score if lower else teams - score for score in scores))
    assert found[0] == found[1], teams
    return found[0]


def candidates(teams: int, scores: np.ndarray) -> list[float]:
    shares = (teams // 20, teams // 10, teams // 5, 2 * teams // 5, teams // 2 + 1, teams, 10 + teams // 500)
    wanted = (1, 10, 11, 50, 51, 100, 101, *shares)
    at = [float(scores[min(teams, max(1, place)) - 1]) for place in wanted]
    return [*at, at[11] - 0.25, at[11] + 0.25, at[0] + 1, at[0] - 1]


def mark(rank: dict) -> str:
    medal = "g" if rank["gold_medal"] else "s" if rank["silver_medal"] else "b" if rank["bronze_medal"] else "-"
    assert rank["gold_medal"] + rank["silver_medal"] + rank["bronze_medal"] <= 1
    return medal + ("+" if rank["above_median"] else ".")


def lines(teams: int) -> str:
    """For each made-up leaderboard the thresholds, times 4, and what each candidate wins."""
    text = ""
    for tied in TIES:
        for lower in (False, True):
            scores = leaderboard(teams, tied, lower)
            frame = pd.DataFrame({"score": scores})
            ranks = [grader.rank_score(score, frame) for score in candidates(teams, scores)]
            bounds = [int(4 * ranks[0][f"{name}_threshold"]) for name in ("gold", "silver", "bronze", "median")]
            direction = "lower" if grader.is_lower_better(frame) else "higher"
            text += f"{teams} {tied} {direction} {' '.join(map(str, bounds))} {''.join(map(mark, ranks))}\n"
    return text


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    changes: dict[str, list[list[int]]] = {"gold": [], "silver": [], "bronze": []}
    whole, quick, everything = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
    for teams in range(1, most + 1):
        now = places(teams)
        for name, place in zip(changes, now):
            known = changes[name]
            if teams <= QUICK and (not known or known[-1][1] != place):
                known.append([teams, place])
        whole.update(f"{teams} {' '.join(map(str, now))}\n".encode())
        text = lines(teams).encode()
        everything.update(text)
        if teams <= QUICK or teams % EVERY == 0:
            quick.update(text)
    result = {
        "origin": "mlebench/grade_helpers.py of https://github.com/openai/mle-bench at commit 783b15af77404fbaffe7255b0c4a934b46153389, run by test/mlebench/python/medals.py",
        "most": most,
        "places": {"changes": changes, "digest": whole.hexdigest()},
        "medals": {"quick": quick.hexdigest(), "all": everything.hexdigest()},
    }
    json.dump(result, sys.stdout)
    sys.stdout.write("\n")


main()
