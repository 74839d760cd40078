"""A process that works on one pipeline after another, and keeps the data of the last task."""

import time
import traceback
import warnings

from ..files import write_table
from ..problem import Problem


def work(connection):
    """Takes jobs from the connection until it is closed; answers each with (seconds, reason): None where the submission is written."""
    warnings.simplefilter("ignore")
    data = None
    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        started = time.monotonic()
        try:
            if data is None or data.task != job.task:
                data = None
                data = data_of(job.task)
            write_table(data.submission(job.pipeline), job.submission)
            reason = None
        except Problem as problem:
            reason = str(problem)
        except Exception as error:
            reason = "".join(traceback.format_exception_only(error)).strip()
        connection.send((time.monotonic() - started, reason))


def data_of(task):
    # The first import of the numerical libraries takes seconds: here and not in the process that starts this one.
    from ..answers import TaskData

    return TaskData(task)
