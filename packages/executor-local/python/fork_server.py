"""Imports what most scripts import, and forks a process for each script, so that none waits for its imports: 2 s of many scripts' 3.

Arguments: the path of runner.py; the modules to import, separated by commas; the variable that marks a process as a script's, for who looks for what it left behind.
Standard input, JSON lines: {"id": str, "folder": str, "memory": str, "variables": {str: str}, "pipes": [str, str, str]}, the last paths for pipes of the script's output, errors and report.
Standard output, JSON lines: {"kind": "ready"}; for each script {"kind": "started", "id", "pid"} and {"kind": "ended", "id", "code": int | null, "signal": str | null}.
It ends with its input. It imports and computes nothing: a forked process that uses OpenMP hangs where its parent had used it (GCC bug 58378). Linux only. Any Python from 3.10 on.
"""

import ctypes
import fcntl
import gc
import importlib
import json
import os
import random
import select
import signal
import sys
import tempfile
import types


def out_of_the_way(descriptor):
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 64)


def send(descriptor, **facts):
    # Short enough to be written at once, whoever else writes there.
    os.write(descriptor, (json.dumps(facts) + "\n").encode())


def show_in_environment(name, value):
    """Writes over a variable's first value, which is what other processes see in /proc: there it must have been at least as long."""
    places = ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
    wanted = f"{name}=".encode()
    at = 0
    while places[at]:
        before = ctypes.string_at(places[at])
        if before.startswith(wanted):
            after = wanted + os.fsencode(value)
            ctypes.memmove(places[at], after.ljust(len(before), b"\0"), len(before))
            return
        at += 1


def set_variables(variables, own):
    """Those of a new process, and what imports have set. own: the names of the server's own."""
    for name in own - variables.keys():
        os.environ.pop(name, None)
    os.environ.update(variables)


def become_script(request, code, runner, mark, own, requests, answers):
    """Makes of a forked process what a new one would be, and runs the runner in it."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    show_in_environment(mark, request["variables"][mark])
    set_variables(request["variables"], own)
    os.chdir(request["folder"])
    send(answers, kind="started", id=request["id"], pid=os.getpid())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for descriptor, path in enumerate(request["pipes"], 1):
        # Waits for who reads it.
        os.dup2(os.open(path, os.O_WRONLY), descriptor)
        os.unlink(path)
    os.closerange(4, 64)
    os.close(requests)
    os.close(answers)
    tempfile.tempdir = None
    random.seed()
    sys.argv[:] = [runner, request["memory"]]
    sys.path[0] = os.path.dirname(runner)
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=runner, __builtins__=__builtins__)
    sys.modules["__main__"] = module
    exec(code, module.__dict__)


def ending(status):
    if os.WIFSIGNALED(status):
        return {"code": None, "signal": signal.Signals(os.WTERMSIG(status)).name}
    return {"code": os.WEXITSTATUS(status), "signal": None}


def main():
    runner, modules, mark = sys.argv[1:]
    own = set(os.environ)
    requests, answers = out_of_the_way(0), out_of_the_way(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    for module in modules.split(","):
        try:
            importlib.import_module(module)
        except Exception:
            pass  # A script that needs it fails by itself.
    with open(runner, "rb") as source:
        code = compile(source.read(), runner, "exec")
    # A process that is forked shares what is never written to, as marks of the collector.
    gc.freeze()

    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running = {}
    pending = b""
    send(answers, kind="ready")
    while True:
        readable, _, _ = select.select([requests, woken], [], [])
        if woken in readable:
            os.read(woken, 4096)
            for pid in list(running):
                ended, status = os.waitpid(pid, os.WNOHANG)
                if ended == pid:
                    send(answers, kind="ended", id=running.pop(pid), **ending(status))
        if requests in readable:
            read = os.read(requests, 65536)
            if not read:
                return
            pending += read
        *lines, pending = pending.split(b"\n")
        for line in lines:
            request = json.loads(line)
            for path in request["pipes"]:
                os.mkfifo(path, 0o600)
            pid = os.fork()
            if pid == 0:
                return become_script(request, code, runner, mark, own, requests, answers)
            running[pid] = request["id"]


if __name__ == "__main__":
    main()
