"""Which column of a table its documentation models."""

import re

models = (
    "lm|glm|aov|gam|rpart|ctree|tree|randomForest|ranger|lda|qda|multinom|polr|svm|lmer|glmer|glm\\.nb|zeroinfl|hurdle|rlm|lmrob|rq|loess|nls|betareg|tobit|"
    "censReg|ivreg|plm|gls|lme|clm|lrm|ols|train|naiveBayes|nnet|mlogit|vglm|lqs|ltsReg|regsubsets|ppr|earth|gbm|logistf|bayesglm|stan_glm|stan_lmer|brm|"
    "lm_robust|feols|felm|mob|cforest|glmmTMB|glmmPQL|geeglm|gee|anova"
)
formula = re.compile(rf"\b(?:{models})\s*\(\s*(?:formula\s*=\s*)?([^~()]+|[\w.]+\([^~()]*\))~")
any_formula = re.compile(r"\b(?!aggregate|xtabs|ftable|reshape|dcast|cast|table|tapply)[A-Za-z.][\w.]*\s*\(\s*(?:formula\s*=\s*)?([^~()]+|[\w.]+\([^~()]*\))~")
usual = (
    "outcome response target class label diagnosis status default churn survived died death fraud spam success win won approved purchase vote price salary wage income "
    "earnings cost charges expenditure sales revenue rent value claims visits count score rating grade gpa quality yield delay duration time weight height type species category"
).split()
role = re.compile(r"\b(?:response|outcome|dependent|target|class) variable\b|\bresponse\b|\boutcome\b|\bto be predicted\b", re.I)


def target_of(text, columns):
    """By the rule in docs/decisions/2026-11-29-suite.md; None where the table has none."""
    examples = text.split("### Examples")[-1] if "### Examples" in text else ""
    for found in formula.findall(examples):
        name = column_in(found, columns)
        if name is not None:
            return name
    for name in columns:
        if role.search(described(text, name)):
            return name
    for found in any_formula.findall(examples):
        name = column_in(found, columns)
        if name is not None:
            return name
    for word in usual:
        for name in columns:
            if word in words_of(name):
                return name
    return None


def words_of(name):
    """`totalPrice` and `total_price` are both total and price."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def column_in(response, columns):
    """The one column that a response names, as `log(wage)` does."""
    named = [word for word in re.findall(r"[A-Za-z.][\w.]*", response.split("=")[-1]) if word in columns]
    return named[0] if len(set(named)) == 1 else None


def described(text, name):
    """What the documentation says of a column: the paragraph after its name, or the rest of its line in a list; empty without."""
    format_part = text.split("### Format")[-1].split("### Source")[0].split("### Examples")[0] if "### Format" in text else text.split("### Examples")[0]
    quoted = re.escape(name)
    for pattern in (
        rf"^\s*`?{quoted}`?\s*:?\s*$\s*^\s*(\S.*(?:\n(?!\s*$).*)*)",
        rf"^\s*(?:[-*]|\[,\s*\d+\])\s*[`_*]*{quoted}[`_*]*\s*(?:[:|,=-]|--|is)\s*(.*(?:\n(?!\s*$|\s*[-*]).*)*)",
        rf"^\s*\|?\s*[`_*]*{quoted}[`_*]*\s*\|\s*(.*)$",
    ):
        found = re.search(pattern, format_part, re.M)
        if found:
            return one_line(found.group(1))
    return ""


def one_line(text):
    return re.sub(r"\s+", " ", re.sub(r"[`_*\\]", "", text)).strip(" |.;,")


def title_of(text):
    found = re.search(r"^## (.+)$", text, re.M)
    return one_line(found.group(1)) if found else ""


def is_factor(text, name):
    return bool(re.search(r"\b(factor|categor|levels?|class(es)?)\b", described(text, name), re.I))
