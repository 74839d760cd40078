import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { functionsOf, importsOf } from "../src/index.ts";

const script = `import numpy as np
from sklearn.linear_model import (
    Ridge,
)

def features(data, *, deep=True):
    """Adds
    columns."""
    data["a"] = 1

    # Of two.
    return data  # all of them
# Behind it.

def make(): return Ridge(alpha=1)

def nothing():
    pass

@cached
def decorated():
    return 1

class Model:
    def inner(self):
        return 2
`;

describe("functions of a script", () => {
  it("are those at its top level that nothing decorates, with their parts", () => {
    expect(functionsOf(script).map(({ name }) => name)).toEqual(["features", "make", "nothing"]);
    const [features, make, nothing] = functionsOf(script);
    expect(features).toMatchObject({
      head: 'def features(data, *, deep=True):\n    """Adds\n    columns."""',
      body: '    data["a"] = 1\n\n    # Of two.\n',
      returned: "data",
      called: undefined,
    });
    expect(script.slice(features?.from, features?.to)).toBe(features?.source);
    expect(features?.source.endsWith("return data")).toBe(true);
    expect(make).toMatchObject({ head: "def make():", body: "", returned: "Ridge(alpha=1)", called: "Ridge" });
    expect(nothing).toMatchObject({ head: "def nothing():", returned: undefined, called: undefined });
  });

  it("are none of what CPython refuses", () => {
    expect(functionsOf("def f(:\n    return 1\n")).toEqual([]);
    expect(importsOf("import a\nimport\n")).toEqual([]);
  });

  it("are always where they say", () => {
    const name = fc.stringMatching(/^[a-z]{1,6}_$/);
    const statement = fc.constantFrom("    x = 1\n", "\n", "    # why\n", "    if x:\n        y()\n");
    const definition = fc
      .tuple(name, fc.array(statement), fc.constantFrom("None", "f(1)", "data"))
      .map(([named, statements, value]) => `def ${named}(data):\n${statements.join("")}    return ${value}\n`);
    fc.assert(
      fc.property(fc.array(definition), fc.array(fc.constantFrom("x = 1\n", "# note\n", "\n")), (definitions, rest) => {
        const code = definitions.flatMap((text, at) => [text, rest[at] ?? ""]).join("");
        const found = functionsOf(code);
        expect(found.map(({ source }) => source)).toEqual(definitions.map((text) => text.trimEnd()));
        for (const { from, to, source } of found) expect(code.slice(from, to)).toBe(source);
      }),
    );
  });
});

describe("imports of a script", () => {
  it("are its statements at the top level", () => {
    expect(importsOf(`${script}def f():\n    import os\n`)).toEqual([
      "import numpy as np",
      "from sklearn.linear_model import (\n    Ridge,\n)",
    ]);
  });
});
