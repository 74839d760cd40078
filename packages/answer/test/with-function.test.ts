import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { functionsOf, withFunction, type PythonFunction } from "../src/index.ts";

const script =
  'import numpy as np\n\ndef add(data):\n    """Adds."""\n    return data\n\ndef make():\n    return Ridge()\n\nfit(add, make)\n';
const [add, make] = functionsOf(script) as [PythonFunction, PythonFunction];
const written = "def add(data):\n    data['a'] = 1\n    return data";

describe("a script with a function written anew", () => {
  it("is the same in all else, with what it imports at the top, once", () => {
    const changed = withFunction(script, add, {
      code: written,
      imports: ["import numpy as np", "from math import pi"],
    });
    expect(changed).toBe(`from math import pi\n${script.replace(add.source, written)}`);
  });

  it("never changes another function", () => {
    const statement = fc.constantFrom("    x = 1\n", "    # é\n", "    y = '''\n  # no'''\n");
    fc.assert(
      fc.property(fc.array(statement), (statements) => {
        const code = `def add(data):\n${statements.join("")}    return data`;
        const changed = withFunction(script, add, { code, imports: [] });
        expect(functionsOf(changed).map(({ source }) => source)).toEqual([code, make.source]);
        expect(changed.endsWith("fit(add, make)\n")).toBe(true);
      }),
    );
  });
});
