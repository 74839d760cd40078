"""What a person must put right. The other side finds the words: here is only what is wrong and where."""


class Problem(Exception):
    """`kind` is one of those in `problems.ts`; facts are its details."""

    def __init__(self, kind, **facts):
        super().__init__(kind)
        self.kind, self.facts = kind, {name: str(value) for name, value in facts.items()}
