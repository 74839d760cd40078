import fc from "fast-check";

/** Scripts as models write them, each whole by itself. */
export const scripts: Readonly<Record<string, string>> = {
  "a linear model": `import pandas as pd
from sklearn.linear_model import LinearRegression
train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
model = LinearRegression().fit(train[["a"]], train["y"])
pd.DataFrame({"id": test["id"], "y": model.predict(test[["a"]])}).to_csv("./submission/submission.csv", index=False)
`,
  "functions and a guard": `"""Trains and predicts."""
import numpy as np
import pandas as pd


def load(name: str) -> pd.DataFrame:
    """Reads a table.

    Both have an id.
    """
    return pd.read_csv(f"input/{name}.csv")


def main() -> None:
    train, test = load("train"), load("test")
    mean = np.mean(train["y"])
    test["y"] = [mean for _ in range(len(test))]
    test[["id", "y"]].to_csv("submission.csv", index=False)


if __name__ == "__main__":
    main()
`,
  "strings of every kind": `import re
path = r"C:\\data\\train.csv"
pattern = re.compile(r'<[^>]+>|"\\d+"', re.M)
text = f"{path!r:>{20}} {{x}} \\n \\t {'nested'}"
note = '''it's
    indented
"quoted"'''
print(text, note, sep="\\n", end='')
assert pattern.sub("", "<b>1 & 2</b>") == '1 & 2'
`,
  "a class, a decorator, a match": `from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Point:
    x: float
    y: float = 0.0

    def norm(self) -> float:
        return (self.x**2 + self.y**2) ** 0.5


match Point(1.0):
    case Point(x=x, y=0.0) if x > 0:
        Path("out.txt").write_text(str(x))
    case _:
        pass
`,
  "marks of thoughts in strings": `import json
answer = "<think>hm</think> 3"  # as in </think>
_, _, value = answer.partition("</think>")
opener = '<think>'
with open("submission.csv", "w") as file:
    file.write(f"id,y\\n1,{int(value)}\\n")
print(json.dumps({"opener": opener}))
`,
  "typography in strings": `import csv
names = {"quote": "“so” they say", "dash": "1–2", "space": "a\u00a0b", "wide": "（x）"}
for name, value in names.items():
    print(name, value)
# it’s “quoted” here too
csv.writer(open("out.csv", "w")).writerows(names.items())
`,
  "entities in strings": `import html
rows = [("a", 1), ("b", 2)]
cells = "".join(f"<td>{html.escape(k)}</td>&nbsp;&amp;" for k, v in rows if v & 1)
print(cells.replace("&lt;", "<"), 3 > 2 and 2 < 3)
`,
  "two lines": `import os
print(os.getcwd())
`,
};

const name = fc.constantFrom("x", "df", "model", "y_pred", "X2", "score");
const value = fc.oneof(
  fc.nat(99).map(String),
  fc.constantFrom('"a b"', "'it\\'s'", "[1, 2, 3]", "{'k': 1}", "np.zeros(3)", "None", "lambda a: a + 1", 'f"{1:>3}"'),
);
const simple = fc.oneof(
  fc.tuple(name, value).map(([to, from]) => `${to} = ${from}`),
  value.map((shown) => `print(${shown})`),
  fc.constant("# a comment"),
);
const block = fc
  .tuple(
    fc.constantFrom("for i in range(3):", "if True:", "def f(a, b=1):", "with open('a') as f:", "while False:"),
    fc.array(simple, { minLength: 1, maxLength: 3 }),
  )
  .map(([head, body]) => [head, ...body, "pass"].map((line, at) => (at === 0 ? line : `    ${line}`)).join("\n"));

/** Scripts of a small grammar. */
export const madeUpScripts = fc
  .array(fc.oneof(simple, block), { minLength: 1, maxLength: 8 })
  .map((statements) => `import numpy as np\nprint(np.pi)\n${statements.join("\n")}\n`);
