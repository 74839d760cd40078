"""Names of the ways to turn a task's columns into a matrix: features/views.py makes them."""

# By the form of a task. `linear`: for models that take wide sparse matrices; `dense`: for those that do not; `trees`: for trees.
VIEWS = {
    "table": {
        "linear": ("onehot", "onehot-quantiles"),
        "dense": ("onehot", "onehot-quantiles"),
        "trees": ("ordinal", "onehot"),
    },
    "text": {
        "linear": ("words", "bigrams", "letters"),
        "dense": ("topics", "topics-letters"),
        "trees": ("topics", "frequent"),
    },
    "images": {
        "linear": ("coarse", "pixels", "components"),
        "dense": ("coarse", "components"),
        "trees": ("coarse", "components"),
    },
}
