"""Reference submissions: what well-known ways to solve a task predict for its test rows, from its public folder alone."""
