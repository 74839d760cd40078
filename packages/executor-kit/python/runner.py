"""Runs runfile.py of the current folder as `__main__` and reports on descriptor 3, as JSON lines, that it started and how the script ended.

Argument: the limit of the address space in bytes, 0 for none. Standard library only; any Python from 3.10 on.
"""

import faulthandler
import fcntl
import json
import linecache
import os
import signal
import sys
import traceback
import types

import undefined_names

SCRIPT = "runfile.py"
MOST_FRAMES = 40
LONGEST_TEXT = 4096
LONGEST_SOURCE = 300

folder = os.getcwd()
runner_pid = os.getpid()

# Out of the script's way: it may write to 3, close 1, or start children that would inherit both.
report = fcntl.fcntl(3, fcntl.F_DUPFD_CLOEXEC, 64)
os.close(3)
os.dup2(1, 2)
output = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, 64)


def shorten(text, longest=LONGEST_TEXT):
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= longest else text[:longest] + "…"


def write(descriptor, data):
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        pass  # The script closed every descriptor.


def send(**facts):
    # A fork of the script ends here too: it must not report for its parent.
    if os.getpid() != runner_pid:
        return
    write(report, (json.dumps(facts) + "\n").encode())


def show(text):
    """Prints where the script cannot have closed or replaced the stream, after what it printed itself."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    write(output, text.encode("utf-8", "backslashreplace"))


def relative(file):
    path = os.path.join(folder, file)
    return os.path.relpath(path, folder) if path.startswith(folder + os.sep) else path


def frame(file, line, function, source):
    return {"file": relative(file), "line": line or 0, "function": function, "source": shorten((source or "").strip(), LONGEST_SOURCE)}


def frames_of(trace):
    stack = traceback.extract_tb(trace)
    if len(stack) > MOST_FRAMES:
        stack = stack[: MOST_FRAMES // 4] + stack[-(MOST_FRAMES - MOST_FRAMES // 4) :]
    return [frame(entry.filename, entry.lineno, entry.name, entry.line) for entry in stack]


def without_runner(trace):
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


def text_of(error):
    try:
        return shorten(str(error))
    except BaseException:
        return "<exception str() failed>"


def formatted(error, trace):
    try:
        return "".join(traceback.TracebackException(type(error), error, trace).format())
    except BaseException:
        return f"{type(error).__qualname__}: {text_of(error)}\n"


def send_exception(error, frames, **more):
    fate = "out-of-memory" if isinstance(error, MemoryError) else "exception"
    send(fate=fate, type=type(error).__qualname__, message=text_of(error), frames=frames, **more)


def send_exit(code, trace):
    """`sys.exit` as Python means it: None and 0 are success, a text is printed and is failure."""
    if code is None or (isinstance(code, int) and code & 0xFF == 0):
        send(fate="ok")
        return 0
    if not isinstance(code, int):
        show(text_of(code) + "\n")
    send(fate="exception", type="SystemExit", message=text_of(code), frames=frames_of(trace))
    return code & 0xFF if isinstance(code, int) else 1


def compile_script():
    """The script's code and the top-level packages it imports, or None where it cannot run; then that has been reported."""
    with open(SCRIPT, "rb") as file:
        source = file.read()
    linecache.cache[SCRIPT] = (len(source), None, source.decode("utf-8", "replace").splitlines(keepends=True), SCRIPT)
    try:
        import ast

        tree = compile(source, SCRIPT, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        code = compile(tree, SCRIPT, "exec", dont_inherit=True)
    except SyntaxError as error:
        show("".join(traceback.TracebackException(type(error), error, None).format()))
        message = shorten(error.msg or "invalid syntax")
        send(fate="exception", type=type(error).__qualname__, message=message, beforeRun=True, frames=[frame(SCRIPT, error.lineno, "<module>", error.text)])
        return None
    except (ValueError, RecursionError, MemoryError) as error:
        # Null bytes before 3.12; nesting too deep for the compiler.
        show(f"SyntaxError: {text_of(error)}\n")
        send(fate="exception", type="SyntaxError", message=text_of(error), beforeRun=True, frames=[])
        return None
    try:
        names = undefined_names.find(tree)
    except RecursionError:
        names = []
    if not names:
        return code, packages_in(tree)
    frames = [frame(SCRIPT, name.line, name.function, linecache.getline(SCRIPT, name.line)) for name in names]
    different = list(dict.fromkeys(name.name for name in names))
    message = f"name '{different[0]}' is not defined" if len(different) == 1 else "names " + ", ".join(f"'{name}'" for name in different) + " are not defined"
    for name, where in zip(names, frames):
        show(f'  File "{SCRIPT}", line {name.line}, in {name.function}\n    {where["source"]}\nNameError: name \'{name.name}\' is not defined\n')
    show("The script was not run: it would end there.\n")
    send(fate="exception", type="NameError", message=shorten(message), beforeRun=True, frames=frames[:MOST_FRAMES])
    return None


def packages_in(tree):
    import ast

    modules = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.append(node.module)
    return {module.split(".")[0] for module in modules}


def seed_global_randomness(imported):
    """The same script gives the same predictions, also where it sets no seed: libraries draw from these two by default."""
    import random

    random.seed(0)
    # Almost every package of the environment is built on numpy; a script of the standard library alone need not wait for it.
    if imported - sys.stdlib_module_names:
        try:
            import numpy

            numpy.random.seed(0)
        except ImportError:
            pass


def limit(memory):
    import resource

    def lower(kind, value):
        hard = resource.getrlimit(kind)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (wanted, wanted))
        except (ValueError, OSError):
            pass

    lower(resource.RLIMIT_CORE, 0)
    if memory > 0:
        lower(resource.RLIMIT_AS, memory)


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # A crash in C, and the signal sent just before a hung script is killed, print where the script was.
    faulthandler.enable(output, all_threads=False)
    faulthandler.register(signal.SIGUSR1, output, all_threads=False)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")
    os.environ["PYTHONUNBUFFERED"] = "1"
    memory = int(sys.argv[1])
    sys.argv[:] = [SCRIPT]
    sys.path[0] = folder
    send(started=True)

    compiled = compile_script()
    if compiled is None:
        return 1
    code, imported = compiled

    seed_global_randomness(imported)
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=os.path.join(folder, SCRIPT), __builtins__=__builtins__, __cached__=None)
    sys.modules["__main__"] = module
    # What worker processes call it, where multiprocessing was imported before.
    if "__mp_main__" in sys.modules:
        sys.modules["__mp_main__"] = module
    del sys.modules["undefined_names"]
    limit(memory)
    try:
        exec(code, module.__dict__)
    except SystemExit as error:
        return send_exit(error.code, without_runner(error.__traceback__))
    except BaseException as error:
        trace = without_runner(error.__traceback__)
        show(formatted(error, trace))
        send_exception(error, frames_of(trace))
        return 1
    send(fate="ok")
    return 0


sys.exit(main())
