"""What is to do: a pipeline for a task each, and where its files lie."""

from dataclasses import dataclass
from pathlib import Path

from ..files import write_json
from ..pipelines.pipeline import Pipeline
from ..pipelines.table import pipelines_of
from ..problem import Problem
from ..tasks import Task


@dataclass(frozen=True)
class Job:
    task: Task
    pipeline: Pipeline
    out: Path

    @property
    def submission(self):
        return self.out / self.task.name / f"{self.pipeline.name}.csv.gz"

    @property
    def failure(self):
        return self.out / self.task.name / f"{self.pipeline.name}.failed.json"

    def is_open(self, retry):
        return not self.submission.exists() and (retry or not self.failure.exists())

    def seconds(self, most):
        """How long it may take: an automatic search fits what it found once more."""
        return max(most, 1.5 * self.pipeline.budget + 120) if self.pipeline.budget else most


def listed(tasks, out, wanted, part, cores):
    """
    The jobs of this part of the work. Beside each task's submissions `pipelines.json` tells the name and the family of all its pipelines.
    @param wanted: compiled regular expression, of names.
    @param part: (number from 1, how many); jobs go to parts in turn.
    """
    jobs = []
    for task in tasks:
        try:
            pipelines = pipelines_of(task, cores)
        except Problem as problem:
            raise Problem(f"{task.name}: {problem}") from problem
        write_json([{"name": one.name, "family": one.family} for one in pipelines], out / task.name / "pipelines.json")
        jobs.extend(Job(task, one, out) for one in pipelines if wanted.search(one.name))
    # Searches take by far the longest: they are dealt out by themselves.
    jobs.sort(key=lambda job: job.pipeline.budget > 0)
    number, parts = part
    return [job for at, job in enumerate(jobs) if at % parts == number - 1]
