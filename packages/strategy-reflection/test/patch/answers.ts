import { diff } from "../../src/patch/index.ts";
import type { Dice } from "./dice.ts";

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");

/** An edit as search/replace blocks: each hunk with context, in any order, with prose and fences around or none. */
export const asBlocks = (original: string, edited: string, context: number, dice: Dice): string => {
  const lines = original === "" ? [] : linesOf(original);
  const blocks = diff(original, edited).map(({ at, removed, added }) => {
    const before = lines.slice(Math.max(0, at - context), at);
    const after = lines.slice(at + removed.length, at + removed.length + context);
    const strip = (texts: readonly string[]) => texts.map((line) => line.replace(/\n$/, ""));
    const search = [...before, ...strip(removed), ...after];
    const replace = [...before, ...strip(added), ...after];
    const block = ["<<<<<<< SEARCH", ...search, "=======", ...replace, ">>>>>>> REPLACE"].join("\n");
    return dice.chance(0.5) ? `\`\`\`python\n${block}\n\`\`\`` : block;
  });
  if (dice.chance(0.5)) blocks.reverse();
  return dice.chance(0.5) ? `The edit:\n\n${blocks.join("\n\n")}\n\nThat is all.` : blocks.join("\n");
};

/** An edit as a unified diff whose line numbers are shifted and whose counts are wrong. */
export const asUnified = (original: string, edited: string, context: number, dice: Dice): string => {
  const lines = original === "" ? [] : linesOf(original);
  const hunks = diff(original, edited).flatMap(({ at, removed, added }) => {
    const before = lines.slice(Math.max(0, at - context), at);
    const after = lines.slice(at + removed.length, at + removed.length + context);
    const signed = (sign: string, texts: readonly string[]) => texts.map((line) => sign + line.replace(/\n$/, ""));
    const wrong = () => dice.below(400);
    return [
      dice.chance(0.9) ? `@@ -${wrong()},${wrong()} +${wrong()},${wrong()} @@ def f():` : "@@ ... @@",
      ...signed(" ", before),
      ...signed("-", removed),
      ...signed("+", added),
      ...signed(" ", after),
    ];
  });
  const text = ["--- a/solution.py", "+++ b/solution.py", ...hunks].join("\n");
  return dice.chance(0.5) ? `Here:\n\`\`\`diff\n${text}\n\`\`\`\nDone.` : text;
};

/** An edit as the whole script. */
export const asScript = (edited: string, dice: Dice): string => {
  const opening = dice.pick(["```python", "```", "~~~py"]);
  return `${dice.pick(["", "# Plan\nMend it.\n\n"])}${opening}\n${edited}${opening.slice(0, 3)}\n${dice.pick(["", "Done.\n"])}`;
};
