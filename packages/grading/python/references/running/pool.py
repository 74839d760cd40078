"""Processes that share the jobs: one that takes too long is ended, one that died is replaced."""

import time
from multiprocessing import connection, get_context

from .worker import work


def run(jobs, processes, most_seconds, on_end):
    """
    Works on all jobs, so many at a time.
    @param on_end: called with the job, its seconds and the reason why it failed, or None.
    """
    waiting = list(reversed(jobs))
    workers = [Worker() for _ in range(min(processes, len(jobs)))]
    try:
        while waiting or any(worker.job for worker in workers):
            for worker in workers:
                if worker.job is None and waiting:
                    job = waiting.pop()
                    worker.give(job, job.seconds(most_seconds))
            for worker, seconds, reason in ended(workers):
                job, worker.job = worker.job, None
                on_end(job, seconds, reason)
    finally:
        for worker in workers:
            worker.stop()


def ended(workers):
    """Waits for one that is done, dead or late."""
    busy = [worker for worker in workers if worker.job is not None]
    soonest = min(worker.deadline for worker in busy) - time.monotonic()
    ready = connection.wait([worker.connection for worker in busy], timeout=max(0, soonest))
    for worker in busy:
        if worker.connection in ready:
            yield worker, *worker.answer()
        elif time.monotonic() >= worker.deadline:
            yield worker, *worker.give_up()


class Worker:
    def __init__(self):
        self.job = None
        self.start()

    def start(self):
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, job, seconds):
        if not self.process.is_alive():
            self.restart()
        self.job, self.started, self.limit = job, time.monotonic(), seconds
        self.deadline = self.started + seconds
        self.connection.send(job)

    def answer(self):
        try:
            return self.connection.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            code = self.process.exitcode
            self.restart()
            return time.monotonic() - self.started, f"The process died with exit code {code}."

    def give_up(self):
        self.restart()
        return time.monotonic() - self.started, f"It took longer than {self.limit:g} s."

    def restart(self):
        self.stop()
        self.start()

    def stop(self):
        self.connection.close()
        self.process.kill()
        self.process.join()
