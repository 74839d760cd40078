"""Grades submissions by the mlebench package of the Python that runs this.

Standard input: {"data_root", "created_at", "submissions": [{"id", "path", "leaderboard"?}, ...]}.
Standard output: a line of JSON, {"missing": why} where mlebench cannot be imported, else one for each submission, in their order:
{"report", "teams", "exceeded", "problem"?} or {"refused": why}. Answers stay in this process: what a grader says of an error of its own is not passed on,
for it may quote them; what it says of a submission that it refuses is.
"""

import dataclasses
import json
import math
import os
import sys
import tempfile
from pathlib import Path

LONGEST = 500


def withheld(error: BaseException) -> str:
    return f"{type(error).__name__}, whose text may quote answers: see it by `mlebench grade-sample`"


def described(error: BaseException) -> str:
    """Of a module or file that is missing the text says which."""
    return str(error)[:LONGEST] if isinstance(error, (ImportError, OSError)) else withheld(error)


class Grading:
    def __init__(self, data_root: str, created_at: str):
        from mlebench.data import get_leaderboard, is_dataset_prepared
        from mlebench.grade import grade_csv
        from mlebench.grade_helpers import InvalidSubmissionError
        from mlebench.registry import registry
        from mlebench.utils import read_csv

        self.get_leaderboard, self.is_prepared = get_leaderboard, is_dataset_prepared
        self.grade_csv, self.read_csv, self.refusal = grade_csv, read_csv, InvalidSubmissionError
        self.registry = registry.set_data_dir(Path(data_root))
        self.created_at = created_at

    def grade(self, submission: dict) -> dict:
        name, path = submission["id"], Path(submission["path"])
        if not (self.registry.get_competitions_dir() / name / "config.yaml").is_file():
            return {"refused": f"MLE-bench has no competition {name}"}
        competition = self.registry.get_competition(name)
        if "leaderboard" in submission:
            competition = dataclasses.replace(competition, leaderboard=Path(submission["leaderboard"]))
        if not self.is_prepared(competition, grading_only=True):
            return {"refused": f"{name} is not prepared: mlebench prepare -c {name}"}
        leaderboard = self.get_leaderboard(competition)
        if "score" not in leaderboard.columns or len(leaderboard) == 0:
            return {"refused": f"{competition.leaderboard} is no leaderboard; git lfs pull fetches those of a checkout"}
        unreadable = self.unreadable(path)
        if unreadable is not None:
            # What cannot be read is graded as MLE-bench grades what is not there, but that it is there.
            report = self.grade_csv(path.with_suffix(".unreadable"), competition).to_dict()
            return self.reply({**report, "submission_exists": True}, path, leaderboard, unreadable)
        caught: list[BaseException] = []
        competition.grader.grade_fn = recording(competition.grader.grade_fn, caught)
        report = self.grade_csv(path, competition).to_dict()
        return self.reply(report, path, leaderboard, self.problem(report, path, caught))

    def unreadable(self, path: Path) -> "str | None":
        """Why a submission that is there cannot be read: MLE-bench itself would end there."""
        if not path.is_file() or path.suffix.lower() != ".csv":
            return None
        try:
            self.read_csv(path)
        except Exception as error:
            return f"The submission cannot be read: {str(error)[:LONGEST]}"
        return None

    def problem(self, report: dict, path: Path, caught: "list[BaseException]") -> "str | None":
        if not report["submission_exists"]:
            return f"There is no CSV file {path}"
        if not caught:
            return None
        return str(caught[0])[:LONGEST] if isinstance(caught[0], self.refusal) else f"The grader failed: {withheld(caught[0])}"

    def reply(self, report: dict, path: Path, leaderboard, problem: "str | None") -> dict:
        score, scores = report["score"], leaderboard["score"]
        if score is not None and not math.isfinite(score):
            return {"refused": f"The grader gave {score} as score"}
        exceeded = 0
        if score is not None:
            exceeded = int((scores > score).sum() if report["is_lower_better"] else (scores < score).sum())
        whole = {**report, "created_at": self.created_at, "submission_path": str(path)}
        return {"report": whole, "teams": len(scores), "exceeded": exceeded, **({} if problem is None else {"problem": problem})}


def recording(grade_fn, caught):
    def graded(*arguments):
        try:
            return grade_fn(*arguments)
        except Exception as error:
            caught.append(error)
            raise

    return graded


def main() -> None:
    # Whatever a package prints is no answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(line: str) -> None:
        answers.write(line + "\n")
        answers.flush()

    asked = json.load(sys.stdin)
    # mlebench makes a cache in the folder it is started in.
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            grading = Grading(asked["data_root"], asked["created_at"])
        except ImportError as error:
            answer(json.dumps({"missing": described(error)}))
            return
        for submission in asked["submissions"]:
            try:
                value = json.dumps(grading.grade(submission), allow_nan=False)
            except Exception as error:
                value = json.dumps({"refused": f"MLE-bench failed: {described(error)}"})
            answer(value)
        os.chdir("/")


if __name__ == "__main__":
    main()
