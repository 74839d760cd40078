import { functionsOf, importsOf } from "@aide-ts/answer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recombinations } from "../src/recombine.ts";

interface Parts {
  readonly imports?: string;
  readonly features?: string;
  readonly estimator?: string;
  readonly adjust?: string;
  readonly helper?: string;
  readonly frame?: string;
}

const script = ({
  imports = "",
  features = "data",
  estimator = "Ridge()",
  adjust = "def adjust(values):\n    return values",
  helper = "",
  frame = "fit(add, make, adjust)",
}: Parts): string =>
  `import numpy as np\n${imports}\ndef add(data):\n    return ${features}\n\ndef make():\n    return ${estimator}\n\n${adjust}\n${helper}\n${frame}\n`;

const sources = (code: string): Record<string, string> =>
  Object.fromEntries(functionsOf(code).map(({ name, source }) => [name, source]));

describe("recombinations of two scripts of functions", () => {
  it("take one function of the other, with the imports that it needs alone", () => {
    const own = script({ features: "data + 1" });
    const imports = "from lightgbm import LGBMRegressor\nfrom scipy import stats\n";
    const other = script({ imports, estimator: "LGBMRegressor()" });
    expect(recombinations(own, other)).toEqual([
      { function: "add", code: own.replace("data + 1", "data") },
      { function: "make", code: `from lightgbm import LGBMRegressor\n${own.replace("Ridge()", "LGBMRegressor()")}` },
    ]);
  });

  it.each<[string, Parts, Parts]>([
    ["they are the same", {}, {}],
    ["they differ in one function", {}, { features: "data + 1" }],
    ["they differ in imports alone", {}, { imports: "import math\n" }],
    ["they differ in a comment", {}, { frame: "# Now.\nfit(add, make, adjust)" }],
  ])("are none where %s", (_what, own, other) => {
    expect(recombinations(script(own), script(other))).toEqual([]);
  });

  it.each<[string, string, string]>([
    ["they differ outside of functions", script({}), script({ frame: "fit(add)" })],
    ["they have no functions", "x = 1\n", "x = 1\n"],
    ["one does not parse", script({}), "def add(:\n"],
  ])("are unknown where %s", (_what, own, other) => {
    expect(recombinations(own, other)).toBeUndefined();
  });

  it("leave a function where it is that takes other parameters, or calls what the script does not have", () => {
    const own = script({ features: "data + 1", estimator: "Ridge(2)" });
    const taking = script({ adjust: "def adjust(values, more):\n    return values" });
    expect(recombinations(own, taking)?.map((one) => one.function)).toEqual(["add", "make"]);
    const calling = script({ features: "helped(data)", helper: "def helped(data):\n    return data\n" });
    expect(recombinations(own, calling)?.map((one) => one.function)).toEqual(["make"]);
  });

  it("always hold one function of the other and all else as it was, and never are one of the two", () => {
    const value = fc.constantFrom("data", "data * 2", "np.log(data)", "data + np.pi");
    const estimator = fc.constantFrom("Ridge()", "Ridge(alpha=2)", "Lasso()");
    const adjust = fc.constantFrom("values", "values * 2").map((kept) => `def adjust(values):\n    return ${kept}`);
    const parts = fc.record({ features: value, estimator, adjust, imports: fc.constantFrom("", "import math\n") });
    fc.assert(
      fc.property(parts, parts, (one, another) => {
        const [own, other] = [script(one), script(another)];
        for (const { function: name, code } of recombinations(own, other) ?? []) {
          const taken = sources(other)[name];
          expect(sources(code)).toEqual({ ...sources(own), [name]: taken });
          expect(sources(code)).not.toEqual(sources(own));
          expect(sources(code)).not.toEqual(sources(other));
          expect(importsOf(code)).toEqual(expect.arrayContaining([...importsOf(own)]));
        }
      }),
    );
  });
});
