"""Tells what scripts mean to CPython's parser; none is run.

Reads syntax/ask.json beside it, {"question": "fingerprint" | "outline", "scripts": int}, and the scripts syntax/0.py, syntax/1.py …
Prints "syntax:" and a JSON list, one answer a script.
"""

import ast
import hashlib
import json
import re
import warnings

# What a text can do to the parser; MemoryError is "too many nested parentheses".
UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
# PEP 263 and PEP 723: comments that mean something.
CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)")
METADATA = re.compile(rb"^# /// [a-zA-Z0-9-]+[ \t]*\n(?:#(?:| .*)\n)+?# ///[ \t]*$", re.MULTILINE)


def fingerprint(source):
    try:
        dump = ast.dump(ast.parse(source))
    except UNPARSABLE as error:
        return {"error": f"{type(error).__name__}: {error}"}
    text = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    coding = b"\n".join(line for line in text.split(b"\n")[:2] if CODING.match(line))
    parts = [dump.encode("utf-8", "surrogatepass"), coding, *METADATA.findall(text)]
    return {"hash": hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]}


def dotted(node):
    """A name or an attribute of names, as it is written."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        value = dotted(node.value)
        return value and f"{value}.{node.attr}"
    return None


def targets(node):
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.AsyncFor)):
        return [node.target]
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return [item.optional_vars for item in node.items if item.optional_vars]
    return []


def bound(target):
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for element in target.elts for name in bound(element)]
    if isinstance(target, ast.Starred):
        return bound(target.value)
    name = dotted(target)
    return [name] if name else []


def outline(source):
    try:
        tree = ast.parse(source)
    except UNPARSABLE:
        return None
    imports, definitions = [], []
    # A stack of its own: a deep tree is no reason to fail.
    waiting = [(tree, "")]
    while waiting:
        node, inside = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            imports.append([node.lineno, node.end_lineno])
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            definitions.append([inside + node.name, first, node.end_lineno])
            inside += f"{node.name}."
        else:
            # Of a block that binds names, its head.
            last = node.body[0].lineno - 1 if getattr(node, "body", None) and targets(node) else getattr(node, "end_lineno", 0)
            for target in targets(node):
                definitions += [[inside + name, node.lineno, max(node.lineno, last)] for name in bound(target)]
        waiting += [(child, inside) for child in ast.iter_child_nodes(node)]
    return {"imports": sorted(imports), "definitions": sorted(definitions)}


def main():
    warnings.simplefilter("ignore")
    with open("syntax/ask.json", encoding="utf-8") as asked:
        ask = json.load(asked)
    answers = []
    for number in range(ask["scripts"]):
        with open(f"syntax/{number}.py", "rb") as script:
            answers.append({"fingerprint": fingerprint, "outline": outline}[ask["question"]](script.read()))
    print("\nsyntax:" + json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
