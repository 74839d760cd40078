import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RepetitionWatch } from "../../src/index.ts";

const notices = (text: string, chunk = 7): boolean => {
  const watch = new RepetitionWatch();
  for (let at = 0; at < text.length; at += chunk) if (watch.push(text.slice(at, at + chunk))) return true;
  return false;
};

describe("a loop is noticed in", () => {
  it.each([
    ["the same import 200 times", "import numpy as np\n".repeat(200)],
    ["two lines that alternate", "train = train.dropna()\ntest = test.dropna()\n".repeat(40)],
    ["an endless list in one line", `columns = [${"'LotArea', ".repeat(400)}`],
    ["one letter", "a".repeat(3000)],
    [
      "a block of 14 imports",
      Array.from({ length: 14 }, (_, at) => `from package import name_${at}\n`)
        .join("")
        .repeat(4),
    ],
  ])("%s", (_name, text) => {
    expect(notices(text)).toBe(true);
  });
});

describe("no loop is seen in", () => {
  it.each([
    ["a script", "import pandas as pd\n\ntrain = pd.read_csv('a')\nfor column in train:\n    print(column)\n"],
    ["closing brackets", `${"x = f(\n  1,\n)\n".repeat(4)}`],
    [
      "a long list of different columns",
      `columns = [${Array.from({ length: 200 }, (_, at) => `'column_${at}'`).join(", ")}]`,
    ],
    ["blank lines", "\n".repeat(15)],
    ["a block that comes three times", "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7\nh = 8\ni = 9\n".repeat(3)],
    ["a few equal lines", "model.fit(X, y)\n".repeat(4)],
  ])("%s", (_name, text) => {
    expect(notices(text)).toBe(false);
  });
});

it("does not depend on how the text is cut", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), (chunk) => {
      expect(notices("y = y + 1  # again and again\n".repeat(100), chunk)).toBe(true);
    }),
  );
});
