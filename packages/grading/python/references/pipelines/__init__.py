"""The pipelines: tables of rows, one for numbers and one for classes, and those that stand beside them."""
