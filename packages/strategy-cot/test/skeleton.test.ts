import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skeleton } from "../src/index.ts";
import { assembled, partsIn, slotNames } from "../src/skeleton.ts";
import { once } from "./chain.ts";

const template = "import os\n<<LOAD>>\nif True:\n    <<MODEL>>\nprint('end')\n";

describe("skeleton", () => {
  it("puts each part in its place, with its indentation", async () => {
    const played = await once([skeleton.create({ template }, undefined)], {
      reply: () => "```python\n# LOAD\nx = 1\n```\nand\n```python\n# <<MODEL>>:\nfor i in x:\n    fit(i)\n```",
    });
    expect(played.journal.outcomes[0]?.chosen?.candidate.code).toBe(
      "import os\nx = 1\nif True:\n    for i in x:\n        fit(i)\nprint('end')\n",
    );
  });

  it("reads several parts from one block, and says which are missing", () => {
    expect([...partsIn("```python\n# A\n1\n# B\n2\n```", ["A", "B", "C"])]).toEqual([
      ["A", "1"],
      ["B", "2"],
    ]);
    expect(assembled("<<A>>\n<<C>>", new Map([["A", "1"]]))).toBe("1\n# C is missing.");
  });

  it("has no script where no part was written", async () => {
    const played = await once([skeleton.create({ template }, undefined)], { reply: () => "Sorry." });
    expect(played.journal.outcomes[0]?.chosen?.candidate).toMatchObject({ code: "", defect: "no-code" });
  });

  it("refuses a template without parts", () => {
    expect(() => skeleton.create({ template: "x = 1\n" }, undefined)).toThrow("has no line of the form <<NAME>>");
  });

  it("never loses a line of the template, whatever is written", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (load, model) => {
        const code = assembled(
          template,
          new Map([
            ["LOAD", load],
            ["MODEL", model],
          ]),
        );
        const lines = code.split("\n");
        for (const line of ["import os", "if True:", "print('end')"]) expect(lines).toContain(line);
      }),
    );
    expect(slotNames(template)).toEqual(["LOAD", "MODEL"]);
  });
});
