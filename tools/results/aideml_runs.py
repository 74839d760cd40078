"""Runs AIDE itself (WecoAI/aideml, as it is published) on prepared tasks, with a budget of generated tokens, and begins it again after each crash.

aideml_runs.py FOLDER OUT --server URL --model NAME [--tasks a,b] [--seeds 5] [--tokens 8000] [--seconds 60] [--jobs 1]

FOLDER holds tasks as `aide tasks prepare` writes them. This interpreter has aideml and what its scripts import. The server speaks OpenAI's chat completions with named tools
(vLLM: --enable-auto-tool-choice --tool-call-parser hermes). For each task and seed, OUT/<task>/seed-<n> gets: calls.jsonl (each request with its answer), AIDE's own logs,
tokens.json, and submission.csv: what the best solution of all attempts, by AIDE's own measure, writes when it is run once more; none where there is none. What was made is
not made again.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

ATTEMPTS = 40
# A prompt and so long an answer fit into a context of 16,384 tokens; AIDE itself sets no limit.
LONGEST = 6000
GREATER_IS_BETTER = {"auc", "accuracy", "balanced_accuracy", "f1", "f1_macro", "f1_micro", "f1_weighted", "r2", "qwk", "mcc", "average_precision", "map", "spearman", "pearson"}


class Meter(ThreadingHTTPServer):
    """Passes calls on to the server, counts what they generate, and refuses them once the budget is used up."""

    daemon_threads = True

    def __init__(self, server, budget, seed, log):
        super().__init__(("127.0.0.1", 0), MeterHandler)
        self.target, self.budget, self.seed, self.log = server.rstrip("/"), budget, seed, log
        self.used = self.calls = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def answer(self, path, request):
        left = self.budget - self.used
        if left <= 0:
            return 403, {"error": {"message": "the budget is used up", "type": "permission_error"}}
        request = {**request, "max_tokens": min(request.get("max_tokens") or LONGEST, LONGEST, left), "seed": self.seed * 1000 + self.calls}
        self.calls += 1
        status, answer = post(self.target + path, request)
        self.used += answer.get("usage", {}).get("completion_tokens", 0) if status == 200 else 0
        with open(self.log, "a", encoding="utf-8") as log:
            log.write(json.dumps({"request": request, "status": status, "answer": answer}) + "\n")
        return status, answer


class MeterHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = self.server.answer(self.path.removeprefix("/v1"), request)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=600) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")
        try:
            return error.code, json.loads(text)
        except ValueError:
            return error.code, {"error": {"message": text}}


def best_solution(logs, metric):
    """The code of the best node of all attempts that AIDE counts as good, and its score."""
    sign = 1 if metric in GREATER_IS_BETTER else -1
    best = None
    for journal in sorted(logs.glob("*/journal.json")):
        for node in json.loads(journal.read_text())["nodes"]:
            value = (node.get("metric") or {}).get("value")
            if not node.get("is_buggy") and value is not None and (best is None or sign * value > sign * best[1]):
                best = node["code"], value
    return best


def run_alone(code, data, folder, seconds):
    """What a solution writes as submission.csv, run in a folder like AIDE's workspace."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "working").mkdir(parents=True)
    (folder / "input").symlink_to(data.resolve())
    (folder / "runfile.py").write_text(code)
    try:
        with open(folder / "output.txt", "w") as output:
            subprocess.run([sys.executable, "runfile.py"], cwd=folder, timeout=seconds, stdout=output, stderr=output)
    except subprocess.TimeoutExpired:
        return None
    written = folder / "working" / "submission.csv"
    return written if written.exists() else None


def make(task, seed, options):
    out = options.out / task.name / f"seed-{seed}"
    if (out / "tokens.json").exists():
        return
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    words = yaml.safe_load((task / "task.yaml").read_text())
    meter = Meter(options.server, options.tokens, seed, out / "calls.jsonl")
    began = time.monotonic()
    attempts = 0
    while meter.used < options.tokens and attempts < ATTEMPTS and time.monotonic() - began < options.wall:
        attempts += 1
        command = [
            sys.executable, "-m", "aide.run", f"data_dir={task / 'public'}", f"goal={words['goal']}", f"eval={words['eval']}",
            f"log_dir={out / 'logs'}", f"workspace_dir={out / 'workspaces'}", f"exp_name=attempt-{attempts}",
            f"agent.code.model={options.model}", f"agent.feedback.model={options.model}",
            "generate_report=False", "agent.steps=1000", f"exec.timeout={options.seconds}",
        ]
        environment = {**os.environ, "OPENAI_BASE_URL": meter.url, "OPENAI_API_KEY": "none"}
        with open(out / f"attempt-{attempts}.txt", "w") as output:
            try:
                subprocess.run(command, env=environment, stdout=output, stderr=output, timeout=options.wall)
            except subprocess.TimeoutExpired:
                break
    best = best_solution(out / "logs", words["metric"])
    submission = None if best is None else run_alone(best[0], task / "public", out / "best", 2 * options.seconds)
    if submission is not None:
        shutil.copy(submission, out / "submission.csv")
    for left in ("workspaces", "best"):
        shutil.rmtree(out / left, ignore_errors=True)
    meter.shutdown()
    came = {"tokens": meter.used, "calls": meter.calls, "attempts": attempts, "score": None if best is None else best[1], "seconds": round(time.monotonic() - began)}
    (out / "tokens.json").write_text(json.dumps(came) + "\n")
    print(task.name, seed, json.dumps(came), "submission" if submission else "no submission", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--server", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--tasks", default="")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=8000)
    parser.add_argument("--seconds", type=int, default=60, help="of one script")
    parser.add_argument("--wall", type=int, default=1200, help="seconds of one run")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    options.folder, options.out = options.folder.resolve(), options.out.resolve()
    names = options.tasks.split(",") if options.tasks else sorted(path.name for path in options.folder.iterdir() if (path / "task.yaml").exists())
    with ThreadPoolExecutor(options.jobs) as pool:
        for made in [pool.submit(make, options.folder / name, seed, options) for seed in range(options.seeds) for name in names]:
            made.result()


if __name__ == "__main__":
    main()
