"""Reads Python texts, a JSON list on stdin, and prints for each what it declares, as the tree of `syntax.ts`."""

import ast
import json
import sys
from itertools import accumulate
from typing import NamedTuple


class Shape(NamedTuple):
    """How a node is read; the fields are its own."""

    kinds: tuple = ()
    keyword: "str | None" = None
    parts: tuple = ()
    # What a part is to the node.
    role: "str | None" = None


OPERATION = Shape(kinds=("operation",), role="operand")
FUNCTION = Shape(kinds=("declaration", "function"))
SHAPES = {
    ast.FunctionDef: FUNCTION,
    ast.AsyncFunctionDef: FUNCTION,
    ast.ClassDef: Shape(kinds=("declaration",)),
    ast.If: Shape(kinds=("statement", "guard", "condition"), keyword="if", parts=("test",)),
    ast.While: Shape(kinds=("statement", "condition"), keyword="while", parts=("test",)),
    ast.For: Shape(kinds=("statement",), keyword="for"),
    ast.Return: Shape(kinds=("statement",), keyword="return", parts=("value",), role="returned"),
    ast.Raise: Shape(kinds=("statement",), keyword="throw", parts=("exc",)),
    ast.Continue: Shape(kinds=("statement",), keyword="continue"),
    ast.Break: Shape(kinds=("statement",), keyword="break"),
    ast.Assign: Shape(kinds=("statement",), parts=("value",), role="assigned"),
    ast.IfExp: Shape(kinds=("condition",), keyword="?:", parts=("test", "body", "orelse")),
    ast.BoolOp: OPERATION._replace(parts=("values",)),
    ast.BinOp: OPERATION._replace(parts=("left", "right")),
    ast.Compare: OPERATION._replace(parts=("left", "comparators")),
    ast.Call: Shape(kinds=("call",), parts=("args", "keywords")),
    ast.keyword: Shape(kinds=("property",), parts=("value",)),
    ast.List: Shape(parts=("elts",), role="element"),
    ast.Starred: Shape(kinds=("element",), parts=("value",)),
    ast.Constant: Shape(kinds=("literal",)),
}
STATEMENT = Shape(kinds=("statement",))

OPERATORS = {ast.And: "and", ast.Or: "or", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in"}


def shape_of(node):
    return SHAPES.get(type(node), STATEMENT if isinstance(node, ast.stmt) else Shape())


def name_of(node):
    if keyword := shape_of(node).keyword:
        return keyword
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Constant):
        return str(node.value)
    operators = [getattr(node, "op", None), *getattr(node, "ops", ())]
    names = [getattr(node, field, None) for field in ("name", "id", "attr", "arg")]
    return next((name for name in [*(OPERATORS.get(type(one)) for one in operators), *names] if isinstance(name, str)), None)


def children_of(node):
    """(field, child) in the order of the text; nodes without a place of their own, as lists of parameters, give way to what they hold."""
    found = []
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if hasattr(child, "lineno"):
                found.append((field, child))
            elif isinstance(child, (ast.arguments, ast.comprehension)):
                found += children_of(child)
    return sorted(found, key=lambda one: (one[1].lineno, one[1].col_offset))


def units(text):
    return len(text.encode("utf-16-le")) // 2


class Reader:
    def __init__(self, text, declaration):
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(units(line) + 1 for line in self.lines)]
        arguments = {node.arg for node in ast.walk(declaration) if isinstance(node, ast.arg)}
        stored = {node.id for node in ast.walk(declaration) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        self.locals = arguments | stored

    def offset(self, line, column):
        """In UTF-16 code units, of a column in bytes of UTF-8."""
        return self.starts[line - 1] + units(self.lines[line - 1].encode()[:column].decode())

    def is_local(self, node):
        variable = node.func if isinstance(node, ast.Call) else node
        return isinstance(variable, (ast.Name, ast.arg)) and name_of(variable) in self.locals

    def read(self, node, role=None):
        shape = shape_of(node)
        children, parts, receiver = [], [], None
        for field, child in children_of(node):
            if field == "func" and isinstance(child, ast.Attribute):
                receiver = self.read(child.value)
                children.append(receiver)
                continue
            is_part = field in shape.parts
            syntax = self.read(child, shape.role if is_part else None)
            children.append(syntax)
            parts += [syntax] if is_part else []
        name = name_of(node)
        return {
            "kinds": [*shape.kinds, *([role] if role else [])],
            "start": self.offset(node.lineno, node.col_offset),
            "end": self.offset(node.end_lineno, node.end_col_offset),
            **({} if name is None else {"name": name, "isLocal": self.is_local(node)}),
            "children": children,
            "parts": parts,
            **({"receiver": receiver} if receiver else {}),
        }


def tree(text):
    declarations = [node for node in ast.parse(text).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    children = [Reader(text, node).read(node) for node in declarations]
    return {"kinds": [], "start": 0, "end": units(text), "children": children, "parts": []}


print(json.dumps([tree(text) for text in json.load(sys.stdin)]))
