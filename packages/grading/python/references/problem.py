class Problem(Exception):
    """Why a task or a pipeline gives no submission: a sentence for a person."""
