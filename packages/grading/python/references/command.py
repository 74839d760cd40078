"""The command line."""

import argparse
import re
import signal
import sys
import time
from pathlib import Path

from .files import write_json
from .problem import Problem
from .running.jobs import listed
from .running.pool import run
from .tasks import read_tasks


def main(arguments=None):
    """Exit codes: 0 when all is done, failed pipelines included; 2 where the arguments or the tasks are wrong."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = parser().parse_args(arguments)
    try:
        tasks = read_tasks(asked.tasks)
        jobs = listed(tasks, asked.out, asked.pipelines, asked.part, asked.cores)
    except (Problem, OSError, ValueError) as error:
        print(f"references: {error}", file=sys.stderr)
        return 2
    open_jobs = [job for job in jobs if job.is_open(asked.retry)]
    progress = Progress(len(jobs), len(jobs) - len(open_jobs))
    for processes, some in shared(open_jobs, asked.jobs):
        run(some, processes, asked.seconds, progress.ended)
    progress.close()
    return 0


def shared(jobs, cores):
    """Groups of jobs and how many of each may run at a time: a search has several cores."""
    for needed in sorted({job.pipeline.cores for job in jobs}):
        yield max(1, cores // needed), [job for job in jobs if job.pipeline.cores == needed]


class Progress:
    """A line for each pipeline on standard error."""

    def __init__(self, total, done):
        self.total, self.done, self.failed, self.seconds = total, done, 0, 0.0
        self.started = time.monotonic()
        self.say(f"{total} pipelines, {done} done before")

    def ended(self, job, seconds, reason):
        self.done += 1
        self.seconds += seconds
        if reason is None:
            job.failure.unlink(missing_ok=True)
        else:
            self.failed += 1
            failure = {"name": job.pipeline.name, "family": job.pipeline.family, "reason": reason, "seconds": round(seconds, 2)}
            write_json(failure, job.failure)
        outcome = "" if reason is None else f" failed: {reason.splitlines()[-1]}"
        self.say(f"[{self.done}/{self.total}] {job.task.name} {job.pipeline.name} {seconds:.2f} s{outcome}")

    def close(self):
        elapsed = time.monotonic() - self.started
        self.say(f"{self.total} pipelines in {elapsed:.1f} s, {self.seconds:.1f} s of work, {self.failed} failed")

    def say(self, line):
        print(line, file=sys.stderr, flush=True)


def parser():
    made = argparse.ArgumentParser(prog="references", description=sys.modules["references"].__doc__)
    made.add_argument("--tasks", action="append", required=True, help="JSON file of tasks, - for standard input; may be given again")
    made.add_argument("--out", type=Path, required=True, help="folder for <task>/<pipeline>.csv.gz")
    made.add_argument("--jobs", type=at_least_one, default=1, help="processes, a core each")
    made.add_argument("--cores", type=at_least_one, default=2, help="cores of an automatic search")
    made.add_argument("--pipelines", type=re.compile, default=re.compile(""), help="regular expression of names")
    made.add_argument("--part", type=part, default=(1, 1), help="i/n: the i-th of n parts of the work")
    made.add_argument("--seconds", type=float, default=120, help="the most that a pipeline may take")
    made.add_argument("--retry", action="store_true", help="also those that failed before")
    return made


def at_least_one(text):
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return count


def part(text):
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(f"{text} is not i/n with i from 1 to n")
    return int(found[1]), int(found[2])
