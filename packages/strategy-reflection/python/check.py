"""Runs a script of functions on few of its rows, before it is run on all.

keywords: an argument that an installed class or function does not take gets the name that it has there, or is left out.
sample: the script on at most some hundred rows, for scripts with a function `prepare` that is called on the table of training rows.
rows: a row gets the same features alone and among others.
"""

import ast
import difflib
import inspect
import linecache
import traceback

SAMPLE = 300
# Rows of each class that a sample has at least.
OF_CLASS = 5
MOST_CLASSES = 50
ALONE = 8
FILE = "candidate.py"
RENAMED = {"base_estimator": "estimator", "sparse": "sparse_output", "max_feature": "max_features"}


def run(nodes, names):
    module = ast.Module(body=nodes, type_ignores=[])
    exec(compile(module, FILE, "exec"), names)


def imported(tree):
    """What the script's imports bind; an import that fails binds nothing."""
    names = {}
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            try:
                run([node], names)
            except Exception:
                pass
    return names


def resolve(node, names):
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = resolve(node.value, names)
        return getattr(owner, node.attr, None) if inspect.ismodule(owner) or inspect.isclass(owner) else None
    return None


def taken_by(called):
    """The keywords that it takes; None where it takes any, or does not say."""
    try:
        parameters = inspect.signature(called).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(p.kind == p.VAR_KEYWORD for p in parameters):
        return None
    return [p.name for p in parameters if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)]


def sound_keywords(node, taken, changes):
    kept, given = [], {k.arg for k in node.keywords}
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg in taken:
            kept.append(keyword)
            continue
        near = [RENAMED.get(keyword.arg)] + difflib.get_close_matches(keyword.arg, taken, n=1, cutoff=0.85)
        meant = next((name for name in near if name in taken and name not in given), None)
        if meant is not None:
            kept.append(ast.keyword(arg=meant, value=keyword.value))
        changes.append(f"{ast.unparse(node.func)}: {keyword.arg} → {meant or 'left out'}")
    return kept


def fix_keywords(code, tree):
    """Rewrites the calls alone that are changed, innermost last, so that all else stays as it is written."""
    names, changes, calls = imported(tree), [], []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.keywords:
            called = resolve(node.func, names)
            taken = taken_by(called) if callable(called) else None
            if taken is not None:
                kept = sound_keywords(node, taken, changes)
                if [k.arg for k in kept] != [k.arg for k in node.keywords]:
                    node.keywords = kept
                    calls.append(node)
    inside = {id(child) for call in calls for child in ast.walk(call) if child is not call}
    lines = code.split("\n")
    for call in sorted((c for c in calls if id(c) not in inside), key=lambda c: (-c.lineno, -c.col_offset)):
        first, last = lines[call.lineno - 1].encode(), lines[call.end_lineno - 1].encode()
        text = first[: call.col_offset].decode() + ast.unparse(call) + last[call.end_col_offset :].decode()
        lines[call.lineno - 1 : call.end_lineno] = [text]
    return "\n".join(lines), changes


class DependsOnOtherRows(Exception):
    pass


def same(a, b):
    import numpy as np
    import pandas as pd

    try:
        return bool(np.isclose(float(a), float(b), rtol=1e-6, atol=1e-9, equal_nan=True))
    except (TypeError, ValueError):
        return bool(pd.isna(a) and pd.isna(b)) or str(a) == str(b)


def alone_as_among_others(add_features):
    """The function, which the first time that it is called is called with some of the rows alone as well."""
    checked = []

    def compared(data):
        if checked:
            return add_features(data)
        checked.append(True)
        few = data.iloc[:ALONE].copy()
        among, alone = add_features(data), add_features(few)
        if list(among.columns) != list(alone.columns) or len(among) != len(data):
            raise DependsOnOtherRows("it gives other columns or rows to a part of the table than to the whole")
        for column in among.columns:
            if not all(same(a, b) for a, b in zip(among[column].iloc[:ALONE], alone[column])):
                raise DependsOnOtherRows(f"`{column}` of a row depends on the other rows of the table: compute it from columns of the same row")
        return among

    return compared


def calls(node, name):
    return any(isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == name for n in ast.walk(node))


def take_sample(names):
    import pandas as pd

    train, test, target = names.get("train"), names.get("test"), names.get("target")
    if isinstance(test, pd.DataFrame):
        names["test"] = test.head(SAMPLE)
    if not isinstance(train, pd.DataFrame) or len(train) <= SAMPLE:
        return
    rows = train.sample(SAMPLE, random_state=0).index
    if isinstance(target, str) and target in train and train[target].nunique() <= MOST_CLASSES:
        rows = rows.union(train.groupby(target).head(OF_CLASS).index)
    names["train"] = train.loc[train.index.isin(rows)]


def run_on_few(code, tree, rows):
    linecache.cache[FILE] = (len(code), None, code.splitlines(True), FILE)
    names, sampled = {"__name__": "__main__"}, False
    for node in tree.body:
        is_definition = isinstance(node, (ast.FunctionDef, ast.ClassDef))
        if not sampled and not is_definition and calls(node, "prepare"):
            take_sample(names)
            sampled = True
        run([node], names)
        if rows and is_definition and node.name == "add_features":
            names["add_features"] = alone_as_among_others(names["add_features"])


def seen(error, code, target):
    """The error and the script's own line, and where it is the target that is missing, that it is."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    where = f" in `{frames[-1].name}`, at `{(frames[-1].line or '').strip()}`" if frames else ""
    missing = isinstance(error, KeyError) and error.args and error.args[0] == target
    hint = f": `{target}` is the target, which is no column of the table" if missing else ""
    return f"{type(error).__name__}: {str(error)[:300]}{where}{hint}"


def target_of(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "target" and isinstance(node.value, ast.Constant):
            return node.value.value
    return None


def is_of_functions(tree):
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {"add_features", "make_estimator", "prepare"} <= names


def checked_script(code, options):
    """What options ask for: {"keywords": bool, "sample": bool, "rows": bool}. {"code": str, "keywords": [str], "refused": None | {"kind": "sample" | "rows", "message": str}}"""
    try:
        tree = ast.parse(code)
        changes = []
        if options["keywords"]:
            code, changes = fix_keywords(code, tree)
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError):
        return {"code": code, "keywords": [], "refused": None}
    refused = None
    if options["sample"] and is_of_functions(tree):
        try:
            run_on_few(code, tree, options["rows"])
        except DependsOnOtherRows as error:
            refused = {"kind": "rows", "message": f"`add_features`: {error}."}
        except Exception as error:
            refused = {"kind": "sample", "message": seen(error, code, target_of(tree))}
    return {"code": code, "keywords": changes, "refused": refused}
