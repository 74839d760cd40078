import fc from "fast-check";
import { cases, noise, plantedBug, render } from "./python-programs.ts";

const lineText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("", "a", "b", "x = 1", "    x = 1", ")", "    return x", "# größe", "\tpass"),
  },
  fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replaceAll(/[\r\n]/g, "")),
);
const lineEnd = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r");

/** Any text: mixed line ends, repeated lines, with and without a last line end, empty. */
export const anyText = fc
  .tuple(fc.array(fc.tuple(lineText, lineEnd), { maxLength: 40 }), fc.oneof(fc.constant(""), lineText))
  .map(([lines, last]) => lines.map((line) => line.join("")).join("") + last);

/** A program and an edit of it, or two texts that have nothing to do with one another. */
export const anyEdit = fc.oneof(
  fc.tuple(anyText, anyText),
  cases().map((one): [string, string] => {
    const bug = plantedBug(one);
    const edited = render(
      one.program,
      { ...noise(one, bug?.statement), ...(bug === undefined ? {} : { bug }) },
      one.end,
    );
    return [render(one.program, {}, one.end), edited];
  }),
);
