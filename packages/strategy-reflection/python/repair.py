"""Mends the imports of a script.

A name that is used and never defined gets the import that the installed packages offer in one place; an import of a name from a module that lacks it
is sent to the one that has it; a class whose name is nearly right gets the right one under the name that the script uses.

Reads candidate.py beside it, prints one JSON object: {"code": str, "added": [str], "unresolved": [str]}.
The sources of the installed packages are read; a module is imported only to see whether it has a name that its __all__ does not list.
"""

import ast
import builtins
import difflib
import functools
import importlib
import json
import os
import re
import sys
import sysconfig
import warnings

PACKAGES = ["sklearn", "numpy", "pandas", "lightgbm", "xgboost", "statsmodels", "scipy"]
# The alias that each library's own documentation uses.
ALIASES = {"np": "numpy", "pd": "pandas", "lgb": "lightgbm", "xgb": "xgboost", "plt": "matplotlib.pyplot", "sns": "seaborn"}
# Of a pair of names that are nearly one: twice the letters they share over all their letters.
NEAR = 0.8
CLASS_NAME = re.compile(r"[A-Z]\w{5,}$")

def undefined_names(tree):
    """Names read somewhere and bound nowhere in the file: no scopes, so a name bound anywhere is left alone."""
    bound, used = set(dir(builtins)) | {"__file__", "__name__"}, []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                used.append(node.id)
            else:
                bound.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                if alias.name == "*":
                    return []
                bound.add((alias.asname or alias.name).split(".")[0])
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            bound.add(node.rest)
    return list(dict.fromkeys(name for name in used if name not in bound))


def exported(file):
    """The names in a module's __all__, read from its source."""
    try:
        with open(file, encoding="utf-8") as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return set()
    names = set()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets) and isinstance(node.value, (ast.List, ast.Tuple)):
            names |= {e.value for e in node.value.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)}
    return names


def public_modules(root):
    """Name and file of each public package, at most two levels down, and of each public module beside a package's top."""
    for package in PACKAGES:
        top = os.path.join(root, package)
        for folder, folders, files in os.walk(top):
            depth = os.path.relpath(folder, top).count(os.sep) + (folder != top)
            folders[:] = sorted(f for f in folders if not f.startswith("_") and f not in ("tests", "externals", "experimental") and depth < 2)
            module = os.path.relpath(folder, root).replace(os.sep, ".")
            for file in sorted(files):
                if file == "__init__.py":
                    yield True, module, os.path.join(folder, file)
                elif depth == 0 and file.endswith(".py") and not file.startswith("_"):
                    yield False, f"{module}.{file[:-3]}", os.path.join(folder, file)


@functools.cache
def index():
    """Each public name and the modules that export it. What a package exports is not looked for in the modules it is made of."""
    packages, modules = {}, {}
    for root in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        for is_package, module, file in public_modules(root):
            for name in exported(file):
                (packages if is_package else modules).setdefault(name, set()).add(module)
    return {**modules, **packages}


def place(name):
    places = index().get(name, ())
    return next(iter(places)) if len(places) == 1 else None


def nearest(name, names):
    """The one class whose name is nearly this."""
    if not CLASS_NAME.match(name):
        return None
    close = difflib.get_close_matches(name, [known for known in names if CLASS_NAME.match(known)], n=2, cutoff=NEAR)
    ratio = lambda known: difflib.SequenceMatcher(None, known, name).ratio()
    return close[0] if len(close) == 1 or (len(close) == 2 and ratio(close[0]) > ratio(close[1])) else None


def statement(name):
    """The import that defines a name, or None."""
    if name in ALIASES:
        return f"import {ALIASES[name]} as {name}"
    if place(name):
        return f"from {place(name)} import {name}"
    if name not in index() and (name in sys.stdlib_module_names or name in PACKAGES):
        return f"import {name}"
    meant = nearest(name, [known for known in index() if place(known)])
    return f"from {place(meant)} import {meant} as {name}" if meant else None


def members(module):
    """Every name that a module has, or None where there is no such module."""
    try:
        return set(dir(importlib.import_module(module)))
    except BaseException:
        return None


def has(module, name):
    if module in index().get(name, ()):
        return True
    names = members(module)
    if names is not None and name in names:
        return True
    return members(f"{module}.{name}") is not None


def mended_import(node):
    """The statements that stand in for one import, or None where it is sound or nothing better is known."""
    if node.level or not node.module or node.module.split(".")[0] not in PACKAGES:
        return None
    sound, others = [], []
    for alias in node.names:
        if alias.name == "*" or has(node.module, alias.name):
            sound.append(alias)
            continue
        bound = f" as {alias.asname}" if alias.asname else ""
        elsewhere = place(alias.name)
        meant = nearest(alias.name, members(node.module) or ())
        if elsewhere:
            others.append(f"from {elsewhere} import {alias.name}{bound}")
        elif meant:
            others.append(f"from {node.module} import {meant} as {alias.asname or alias.name}")
        else:
            return None
    if not others:
        return None
    kept = [ast.unparse(ast.ImportFrom(module=node.module, names=sound, level=0))] if sound else []
    return kept + others


def mend_imports(code, tree):
    """Mends imports that stand on lines of their own."""
    lines, added = code.split("\n"), []
    for node in sorted((n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)), key=lambda n: -n.lineno):
        before, after = lines[node.lineno - 1][: node.col_offset], lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode()
        if before.strip() or (after.strip() and not after.strip().startswith("#")):
            continue
        mended = mended_import(node)
        if mended:
            lines[node.lineno - 1 : node.end_lineno] = [before + line for line in mended]
            added = mended + added
    return "\n".join(lines), added


def insertion_line(tree):
    """After the docstring and __future__ imports."""
    line = 0
    for at, node in enumerate(tree.body):
        docstring = at == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if not docstring and not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            break
        line = node.end_lineno
    return line


def add_imports(code, tree):
    added, unresolved = [], []
    for name in undefined_names(tree):
        line = statement(name)
        if line is None:
            unresolved.append(name)
        else:
            added.append(line)
    lines, at = code.split("\n"), insertion_line(tree)
    return "\n".join(lines[:at] + added + lines[at:]), added, unresolved


def main():
    warnings.simplefilter("ignore")
    with open("candidate.py", encoding="utf-8") as source:
        code = source.read()
    try:
        code, mended = mend_imports(code, ast.parse(code))
        code, added, unresolved = add_imports(code, ast.parse(code))
    except (SyntaxError, ValueError, RecursionError):
        return {"code": code, "added": [], "unresolved": []}
    return {"code": code, "added": mended + added, "unresolved": unresolved}


print("static-repair:" + json.dumps(main()))
