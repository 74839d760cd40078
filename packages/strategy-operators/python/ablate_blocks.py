"""Measures what each function of a script is worth: the script is cross-validated as it is, and with one function at a time in its plainest form.

Reads candidate.py and options.json beside it: {"seconds": number, "rows": int, "seed": int, "metric": str}. candidate.py has some of the functions that are known
below, and fits a model. Prints one JSON object: {"kind": "ablated", "score": number, "effects": [{"function": str, "without": number, "effect": number,
"error": number}]} or {"kind": "none", "why": str}. Scores: greater is better. `effect` is the score as it is less the score without; `error` its standard error over
the folds. A function that stands in its plainest form already, or that the script does not run without, is not among them.
"""

import ast
import json
import time

from model_fit import answer_behind, folds_of, scoring_of, until_fit

START = time.monotonic()
FOLDS = 4

# The functions that are measured, in this order while there is time: the one that costs least comes first. `{0}` and so on are the function's own parameters.
# An estimator's plainest form is a linear model; a preprocessor's keeps every column, a number as it is and a word by its code.
PLAIN = {
    "make_estimator": "return __plain_estimator__(__own_estimator__())",
    "add_features": "return {0}",
    "make_target_transformer": "return None",
    "make_preprocessor": "return __plain_preprocessor__({0}, {1})",
    "adjust_predictions": "return {0}",
}


def plain_estimator(estimator):
    from sklearn.base import is_classifier
    from sklearn.linear_model import LogisticRegression, Ridge

    return LogisticRegression(max_iter=1000) if is_classifier(estimator) else Ridge()


def plain_preprocessor(numeric, categorical):
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import OrdinalEncoder

    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    return ColumnTransformer([("numeric", SimpleImputer(strategy="median"), numeric), ("categorical", codes, categorical)])


def functions_of(tree):
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in PLAIN}


def statements(function):
    """Its body without the docstring."""
    first = function.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return function.body[1:] if has_docstring else function.body


def plain_form(function):
    """The function in its plainest form; None where it has that already, or takes other parameters than it is known with."""
    parameters = [argument.arg for argument in function.args.args]
    try:
        body = ast.parse(PLAIN[function.name].format(*parameters)).body
    except IndexError:
        return None
    if [ast.dump(one) for one in body] == [ast.dump(one) for one in statements(function)]:
        return None
    if function.name == "make_estimator":
        body.insert(0, named("__own_estimator__", function.args, function.body))
    # Read anew, for the places of its parts.
    return ast.parse(ast.unparse(named(function.name, function.args, body))).body[0]


def named(name, parameters, body):
    return ast.fix_missing_locations(ast.FunctionDef(name, parameters, body, []))


GIVEN = {"__plain_estimator__": plain_estimator, "__plain_preprocessor__": plain_preprocessor}


def with_plain(form):
    """Puts the function's plain form in its place."""
    return lambda node: form if isinstance(node, ast.FunctionDef) and node.name == form.name else node


def adjusted_call(tree):
    """What `adjust_predictions` is called on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "adjust_predictions" and len(node.args) == 1:
            return node.args[0]
    return None


def adjust(fitted, argument, change):
    """Lets the fitted model's predictions be changed as the script changes them before it writes them."""
    import numpy as np

    of_one_class = isinstance(argument, ast.Subscript)
    call = argument.value if of_one_class else argument
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return
    method = call.func.attr
    before = getattr(fitted, method)

    def changed(features):
        predictions = before(features)
        if not of_one_class:
            return change(predictions)
        positive = np.asarray(change(predictions[:, 1]))
        return np.column_stack([1 - positive, positive])

    # Scorers read what they may do with it from the name.
    changed.__name__ = method
    setattr(fitted, method, changed)


class TimeOver(Exception):
    pass


class DoesNotFit(Exception):
    pass


def scores_of(fit, folds, argument, options):
    import numpy as np
    from sklearn.base import clone

    model, features, labels, names = fit
    scoring = scoring_of(model, options["metric"], labels)
    scores = []
    for train, held in folds:
        if time.monotonic() - START > options["seconds"]:
            raise TimeOver
        fitted = clone(model).fit(features.iloc[train], labels.iloc[train])
        adjust(fitted, argument, names.get("adjust_predictions"))
        scores.append(scoring(fitted, features.iloc[held], labels.iloc[held]))
    if not np.all(np.isfinite(scores)):
        raise DoesNotFit
    return np.array(scores)


def main():
    import numpy as np

    with open("candidate.py", encoding="utf-8") as source:
        tree = ast.parse(source.read())
    with open("options.json", encoding="utf-8") as source:
        options = json.load(source)
    known = functions_of(tree)
    plain = [form for form in (plain_form(known[name]) for name in PLAIN if name in known) if form is not None]
    if not plain:
        return {"kind": "none", "why": "it has none of the functions, or all in their plainest form"}
    whole = until_fit(tree)
    if whole is None:
        return {"kind": "none", "why": "the script fits no model"}
    argument = adjusted_call(tree)
    labels = whole[2]
    rows = np.sort(np.random.default_rng(options["seed"]).permutation(len(labels))[: options["rows"]])
    folds = folds_of(whole, rows, FOLDS, options["seed"], options.get("split"))
    try:
        scores = scores_of(whole, folds, argument, options)
    except (TimeOver, DoesNotFit):
        return {"kind": "none", "why": "the script as it is took all the time, or has no score"}
    effects, failed = [], {}
    for form in plain:
        try:
            fit = until_fit(tree, GIVEN, with_plain(form))
            if len(fit[2]) != len(labels):
                raise DoesNotFit
            without = scores_of(fit, folds, argument, options)
        except TimeOver:
            break
        except Exception as error:
            failed[form.name] = f"{type(error).__name__}: {str(error)[:100]}"
            continue
        differences = scores - without
        effects.append({
            "function": form.name, "without": float(np.mean(without)),
            "effect": float(np.mean(differences)), "error": float(np.std(differences, ddof=1) / FOLDS**0.5),
        })
    if not effects:
        return {"kind": "none", "why": f"the script runs without none of its functions: {failed}" if failed else "there was no time for any function"}
    return {"kind": "ablated", "score": float(np.mean(scores)), "effects": effects}


answer_behind("ablate-blocks:", main)
