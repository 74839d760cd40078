"""Gives names that a script uses and never defines the import that the installed packages offer in one place.

Reads candidate.py beside it, prints one JSON object: {"code": str, "added": [str], "unresolved": [str]}.
Nothing of the installed packages is imported: their sources are read.
"""

import ast
import builtins
import json
import os
import sys
import sysconfig

PACKAGES = ["sklearn", "numpy", "pandas", "lightgbm", "xgboost", "statsmodels", "scipy"]
# The alias that each library's own documentation uses.
ALIASES = {"np": "numpy", "pd": "pandas", "lgb": "lightgbm", "xgb": "xgboost", "plt": "matplotlib.pyplot", "sns": "seaborn"}


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


def exported(init):
    """The names in a package's __all__, read from its source."""
    try:
        with open(init, encoding="utf-8") as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return set()
    names = set()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets) and isinstance(node.value, (ast.List, ast.Tuple)):
            names |= {e.value for e in node.value.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)}
    return names


def locations(wanted):
    """Where each wanted name is exported: public packages at most two levels down."""
    found = {name: set() for name in wanted}
    roots = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    for root in roots:
        for package in PACKAGES:
            top = os.path.join(root, package)
            for folder, folders, files in os.walk(top):
                depth = os.path.relpath(folder, top).count(os.sep) + (folder != top)
                folders[:] = sorted(f for f in folders if not f.startswith("_") and f not in ("tests", "externals", "experimental") and depth < 2)
                if "__init__.py" in files:
                    module = os.path.relpath(folder, root).replace(os.sep, ".")
                    for name in exported(os.path.join(folder, "__init__.py")) & found.keys():
                        found[name].add(module)
    return found


def statement(name, places):
    if name in ALIASES:
        return f"import {ALIASES[name]} as {name}"
    if len(places) == 1:
        return f"from {next(iter(places))} import {name}"
    if not places and (name in sys.stdlib_module_names or name in PACKAGES):
        return f"import {name}"
    return None


def insertion_line(tree):
    """After the docstring and __future__ imports."""
    line = 0
    for at, node in enumerate(tree.body):
        docstring = at == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if not docstring and not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            break
        line = node.end_lineno
    return line


def main():
    with open("candidate.py", encoding="utf-8") as source:
        code = source.read()
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return {"code": code, "added": [], "unresolved": []}
    wanted = undefined_names(tree)
    if not wanted:
        return {"code": code, "added": [], "unresolved": []}
    places = locations(wanted)
    added, unresolved = [], []
    for name in wanted:
        line = statement(name, places[name])
        if line is None:
            unresolved.append(name)
        else:
            added.append(line)
    lines = code.split("\n")
    at = insertion_line(tree)
    return {"code": "\n".join(lines[:at] + added + lines[at:]), "added": added, "unresolved": unresolved}


print("static-repair:" + json.dumps(main()))
