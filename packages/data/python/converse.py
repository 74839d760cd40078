"""Answers requests about a data folder: a JSON object a line on standard input, one a line on standard output, until the input ends."""

import json
import sys
import traceback
import warnings


def main():
    answers, sys.stdout = sys.stdout, sys.stderr
    warnings.simplefilter("ignore")
    from aide_data.problem import Problem
    from aide_data.session import Session, problem_answer

    session = Session()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": getattr(session, request["ask"])(**request["with"])}
        except Problem as problem:
            answer = {"problem": problem_answer(problem)}
        except Exception:
            answer = {"crash": traceback.format_exc(limit=-8)}
        answers.write(json.dumps(answer, allow_nan=False, ensure_ascii=True))
        answers.write("\n")
        answers.flush()


if __name__ == "__main__":
    main()
