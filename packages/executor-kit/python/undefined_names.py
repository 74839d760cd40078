"""Finds names that a script would certainly fail on: bound nowhere, and evaluated on every path through the script.

Linters follow the order of the text and so refuse scripts that run (a name bound late in a loop and read from its second turn on). Here a
script that could run to its end is never refused: whatever may be skipped, caught or bound behind the reader's back counts as fine.
"""

import ast
import builtins
import sys
from typing import NamedTuple

# With one of these in the file, what is bound cannot be read off it.
UNKNOWABLE = {"exec", "eval", "globals", "locals", "vars", "__builtins__", "__import__", "builtins", "ctypes", "gc", "inspect"}
UNKNOWABLE_ATTRIBUTES = {"_getframe", "__dict__", "__globals__", "modules", "__builtins__", "__missing__", "_convert_"}
EXITS = {"exit", "quit", "_exit", "abort", "kill", "killpg", "execv", "execve", "execvp", "execl", "execlp", "SystemExit", "KeyboardInterrupt"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Undefined(NamedTuple):
    name: str
    line: int
    function: str


class Scope:
    """What one block binds. `bound`: name → where it is first bound in the text."""

    def __init__(self, node, parent):
        self.node = node
        self.parent = parent
        self.bound = {}
        self.children = {}

    @property
    def is_class(self):
        return isinstance(self.node, ast.ClassDef)

    def bind(self, name, node):
        place = (node.lineno, node.col_offset)
        self.bound[name] = min(self.bound.get(name, place), place)


class Binder(ast.NodeVisitor):
    """Collects what each scope binds, anywhere in it and in whatever order."""

    def __init__(self, tree):
        self.module = self.scope = Scope(tree, None)
        self.globals_declared = set()
        self.functions = {}
        self.unknowable = False
        self.visit(tree)

    def inside(self, node, visit):
        outer, self.scope = self.scope, Scope(node, self.scope)
        outer.children[node] = self.scope
        visit()
        self.scope = outer

    def visit_Name(self, node):
        if node.id in UNKNOWABLE:
            self.unknowable = True
        if not isinstance(node.ctx, ast.Load):
            self.scope.bind(node.id, node)

    def visit_Attribute(self, node):
        if node.attr in UNKNOWABLE_ATTRIBUTES:
            self.unknowable = True
        self.generic_visit(node)

    def visit_NamedExpr(self, node):
        scope = self.scope
        while isinstance(scope.node, COMPREHENSIONS):
            scope = scope.parent
        scope.bind(node.target.id, node.target)
        self.visit(node.value)

    def visit_Global(self, node):
        self.globals_declared.update(node.names)

    def visit_Import(self, node):
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.unknowable |= alias.name.split(".")[0] in UNKNOWABLE or name == "*"
            self.scope.bind(name, node)

    def visit_ImportFrom(self, node):
        self.unknowable |= node.module in UNKNOWABLE
        self.visit_Import(node)

    def visit_ExceptHandler(self, node):
        if node.name:
            self.scope.bind(node.name, node)
        self.generic_visit(node)

    def bind_pattern(self, node):
        name = getattr(node, "rest", None) if isinstance(node, ast.MatchMapping) else node.name
        if name:
            self.scope.bind(name, node)
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = visit_MatchMapping = bind_pattern

    def define(self, node):
        self.scope.bind(node.name, node)
        definitions = self.functions.setdefault(node.name, [])
        definitions.append((node, self.scope))
        for decorator in node.decorator_list:
            self.visit(decorator)

    def visit_parameters(self, arguments):
        for default in [*arguments.defaults, *arguments.kw_defaults]:
            if default is not None:
                self.visit(default)
        for argument in all_arguments(arguments):
            if argument.annotation is not None:
                self.visit(argument.annotation)

    def visit_FunctionDef(self, node):
        self.define(node)
        self.visit_parameters(node.args)
        if node.returns is not None:
            self.visit(node.returns)
        self.inside(node, lambda: self.visit_body(node, node.body))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit_parameters(node.args)
        self.inside(node, lambda: self.visit_body(node, [node.body]))

    def visit_body(self, node, body):
        for argument in all_arguments(node.args):
            self.scope.bind(argument.arg, argument)
        self.bind_type_parameters(node)
        for part in body:
            self.visit(part)

    def bind_type_parameters(self, node):
        for parameter in getattr(node, "type_params", []):
            self.scope.bind(parameter.name, parameter)
            # They are visible in the header too, which is read in the outer scope.
            self.scope.parent.bind(parameter.name, parameter)

    def visit_ClassDef(self, node):
        self.define(node)
        for part in [*node.bases, *node.keywords]:
            self.visit(part)

        def visit():
            self.bind_type_parameters(node)
            for part in node.body:
                self.visit(part)

        self.inside(node, visit)

    def visit_TypeAlias(self, node):
        self.scope.bind(node.name.id, node)
        for parameter in node.type_params:
            self.scope.bind(parameter.name, parameter)

    def visit_comprehension_scope(self, node):
        self.inside(node, lambda: self.generic_visit(node))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_scope


def all_arguments(arguments):
    several = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*several, *(argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None)]


def names_in(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr


class Reader:
    """Walks only what is evaluated on every path, and collects the names that fail there."""

    def __init__(self, tree):
        self.binder = Binder(tree)
        self.tree = tree
        self.found = {}
        self.entered = set()
        self.builtins = set(dir(builtins)) | {"__file__", "__annotations__", "__cached__"}
        future = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" and any(alias.name == "annotations" for alias in node.names) for node in tree.body)
        self.annotations = not future and sys.version_info < (3, 14)
        self.rebound = {name for node in ast.walk(tree) for name in [bound_otherwise(node)] if name}
        self.leavers = self.find_leavers()

    def find_leavers(self):
        """Functions and classes of the file through which the script may end early, directly or by what they call."""
        used = {name: {used for node, _ in places for used in names_in(node)} for name, places in self.binder.functions.items()}
        leavers = set()
        while True:
            more = {name for name, names in used.items() if name not in leavers and not names.isdisjoint(EXITS | leavers)}
            if not more:
                return leavers
            leavers |= more

    def read(self):
        if self.binder.unknowable:
            return []
        self.block(self.tree.body, self.binder.module, "<module>")
        return sorted(self.found.values(), key=lambda undefined: undefined.line)

    def block(self, statements, scope, function):
        for statement in statements:
            self.statement(statement, scope, function)
            if self.may_leave(statement):
                return

    def may_leave(self, statement):
        """Whether what follows may be skipped though the script does not fail."""
        if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            return False
        for part in ast.walk(statement):
            if isinstance(part, (ast.Return, ast.Break, ast.Continue, ast.Yield, ast.YieldFrom)):
                return True
            if isinstance(part, ast.Raise) and part is statement:
                return True
            if isinstance(part, ast.While) and isinstance(part.test, ast.Constant):
                return True
        return not (EXITS | self.leavers).isdisjoint(names_in(statement))

    def statement(self, node, scope, function):
        def go(*parts):
            for part in parts:
                if part is not None:
                    self.expression(part, scope, function)

        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                go(*node.decorator_list, *node.args.defaults, *node.args.kw_defaults)
                if self.annotations and not getattr(node, "type_params", []):
                    go(*(argument.annotation for argument in all_arguments(node.args)), node.returns)
            case ast.ClassDef():
                go(*node.decorator_list)
                if not getattr(node, "type_params", []):
                    go(*node.bases, *(keyword.value for keyword in node.keywords))
                if not node.keywords:
                    self.block(node.body, scope.children[node], node.name)
            case ast.If():
                go(node.test)
                if is_main_guard(node.test):
                    self.block(node.body, scope, function)
            case ast.While():
                go(node.test)
                if isinstance(node.test, ast.Constant) and node.test.value:
                    self.block(node.body, scope, function)
            case ast.For():
                go(node.iter)
                if has_first_turn(node.iter):
                    self.block(node.body, scope, function)
            case ast.Try():
                if not node.handlers:
                    self.block(node.body, scope, function)
                self.block(node.finalbody, scope, function)
            case ast.With():
                go(*(item.context_expr for item in node.items))
                if not any(self.may_suppress(item.context_expr) for item in node.items):
                    self.block(node.body, scope, function)
            case ast.Match():
                go(node.subject)
            case ast.Assert():
                go(node.test)
            case ast.AnnAssign():
                go(node.value)
                if self.annotations and isinstance(scope.node, (ast.Module, ast.ClassDef)):
                    go(node.annotation)
            case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.Return() | ast.Raise():
                for part in ast.iter_child_nodes(node):
                    go(part)
            case _:
                pass

    def expression(self, node, scope, function):
        def go(*parts):
            for part in parts:
                if part is not None:
                    self.expression(part, scope, function)

        match node:
            case ast.Name():
                if isinstance(node.ctx, ast.Load):
                    self.name(node, scope, function)
            case ast.Lambda():
                go(*node.args.defaults, *node.args.kw_defaults)
            case ast.BoolOp():
                go(node.values[0])
            case ast.IfExp():
                go(node.test)
            case ast.Compare():
                go(node.left, node.comparators[0])
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                go(node.generators[0].iter)
            case ast.Call():
                go(node.func, *node.args, *(keyword.value for keyword in node.keywords))
                if isinstance(node.func, ast.Name):
                    self.call(node.func, scope)
            case _:
                go(*(part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)))

    def call(self, name, scope):
        """Follows a call into a plain function of this file, or into the `__init__` of a plain class."""
        definition = self.only_definition(name.id)
        if definition is None or definition in self.entered:
            return
        node, home = definition
        if home is not self.binder.module:
            return
        self.entered.add(definition)
        if isinstance(node, ast.FunctionDef):
            self.body(node, home)
        elif isinstance(node, ast.ClassDef) and not node.bases and not node.keywords:
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name == "__init__":
                    self.body(part, home.children[node])

    def body(self, node, home):
        generator = any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(node))
        if not node.decorator_list and not generator:
            self.block(node.body, home.children[node], node.name)

    def only_definition(self, name):
        places = self.binder.functions.get(name, [])
        plain = len(places) == 1 and not places[0][0].decorator_list and name not in self.binder.globals_declared
        return places[0] if plain and name not in self.rebound else None

    def may_suppress(self, context):
        names = set(names_in(context))
        return bool(names & {"suppress", "raises", "ExitStack"}) or not names.isdisjoint(self.binder.functions)

    def name(self, node, scope, function):
        name = node.id
        if name in self.builtins or (name.startswith("__") and name.endswith("__")):
            return
        if name in self.binder.globals_declared:
            return
        holder = scope
        while holder is not None:
            if name in holder.bound and (holder is scope or not holder.is_class):
                break
            holder = holder.parent
        if holder is not None:
            # Bound, but in straight-line module code only further down. `<=` where one statement binds what it reads.
            too_early = holder is scope is self.binder.module and (node.lineno, node.col_offset) < holder.bound[name]
            if not too_early:
                return
        self.found.setdefault((name, node.lineno), Undefined(name, node.lineno, function))


def bound_otherwise(node):
    """The name that a node binds, if by something else than a definition."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            return name
        case ast.alias():
            return node.asname or node.name
        case ast.ExceptHandler(name=name) | ast.MatchAs(name=name) | ast.MatchStar(name=name) | ast.MatchMapping(rest=name):
            return name
        case _:
            return None


def is_main_guard(test):
    return ast.unparse(test) in ("__name__ == '__main__'", "'__main__' == __name__")


def has_first_turn(iterable):
    """Whether a loop over it surely runs its body: literals, constant ranges, and folds, which are never empty."""
    match iterable:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return any(not isinstance(element, ast.Starred) for element in elements)
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]):
            return has_first_turn(inner)
        case ast.Call(func=ast.Name(id="range"), args=arguments) if arguments and all(isinstance(part, ast.Constant) and isinstance(part.value, int) for part in arguments):
            try:
                return len(range(*(part.value for part in arguments))) > 0
            except (TypeError, ValueError):
                return False
        case ast.Call(func=ast.Attribute(attr="split", value=ast.Name()), args=[_, *_]):
            return True
        case _:
            return False


def find(tree):
    """Undefined names of a parsed script, by line; none where that cannot be determined."""
    return Reader(tree).read()
