"""Names of the ways to turn a task's columns into a matrix: features/views.py makes them."""

# By the form of a task. `linear`: for models that take wide sparse matrices; `dense`: for those that do not; `trees`: for trees.
VIEWS = {
    "table": {
        "linear": ("onehot", "onehot-quantiles"),
        "dense": ("onehot", "onehot-quantiles"),
        # The second with principal components: of a table of numbers alone, levels as columns would be nothing else than levels in order.
        "trees": ("ordinal", "onehot-components"),
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
