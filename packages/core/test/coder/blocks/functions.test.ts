import { functionNamed, functionsOf } from "@aide-ts/answer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFunction } from "../../../src/coder/blocks/functions.ts";

const script =
  'import numpy as np\n\ndef add(data):\n    """Adds."""\n    return data\n\ndef make():\n    return Ridge()\n\nfit(add, make)\n';
const add = functionNamed(script, "add")!;
const make = functionNamed(script, "make")!;
const written = "def add(data):\n    data['a'] = 1\n    return data";

describe("the function of an answer", () => {
  it.each([
    ["in a block", `Here it is.\n\n\`\`\`python\n${written}\n\`\`\`\nIt adds.`],
    ["in a block that is not closed", `\`\`\`python\n${written}\n`],
    ["without a block", written],
    [
      "in the last of several blocks",
      `\`\`\`python\ndef add(data):\n    return None\n\`\`\`\n\n\`\`\`python\n${written}\n\`\`\``,
    ],
    ["before what nobody asked for", `\`\`\`python\n${written}\n\ntrain = add(train)\n\`\`\``],
    [
      "cut off in the middle of a line",
      `\`\`\`python\n${written.replace("\n    return data", "")}\n    data['b'] = data['c'`,
    ],
  ])("is read %s", (_where, answer) => {
    expect(readFunction(answer, add)).toEqual({ code: written, imports: [] });
  });

  it("comes with what is imported before it", () => {
    const answer = `\`\`\`python\nfrom math import pi\n\n${written}\n\`\`\``;
    expect(readFunction(answer, add)?.imports).toEqual(["from math import pi"]);
  });

  it.each([
    ["another function", "```python\ndef other(data):\n    return data\n```"],
    ["prose", "I would add columns."],
    ["an estimator that is cut off", "```python\ndef make():\n    return Ridge(alpha=1, "],
  ])("is none where there is %s", (_what, answer) => {
    expect(readFunction(answer, answer.includes("make") ? make : add)).toBeUndefined();
  });

  it("always parses, wherever the answer is cut", () => {
    const long = `\`\`\`python\n${written.replace("return", "if data is None:\n        data = [(1, 2),\n            {'a': 3}]\n    return")}`;
    fc.assert(
      fc.property(fc.nat(long.length), (end) => {
        const read = readFunction(long.slice(0, end), add);
        fc.pre(read !== undefined);
        expect(functionsOf(read!.code)).toMatchObject([{ name: "add", returned: "data" }]);
      }),
    );
  });
});
