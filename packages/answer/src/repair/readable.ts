import { dedent } from "../python/dedent.ts";
import { syntaxOf, type Tree } from "../python/syntax.ts";
import { withFirstIndentationOff, withoutFence, withoutFileName, withoutProse } from "./edges.ts";
import { isEscaped, withoutEntities, withoutMarkup } from "./entities.ts";
import { withoutLineNumbers, withoutMagics } from "./notebook.ts";
import { withoutPrompts } from "./session.ts";
import { withPlainTypography } from "./typography.ts";

/** Code as Python reads it, if it does. */
export interface Readable {
  readonly code: string;
  /** `undefined` where CPython would very likely refuse the code, and for what is too long for a script. */
  readonly tree: Tree | undefined;
}

/** In characters. A longer text is no script of a model, and parsing is what costs most. */
const longest = 200_000;
const longestRepaired = 60_000;

type Repair = (code: string) => string;

/** A script on one line whose line ends were escaped once too often. */
const withLineEnds = (code: string): string =>
  code.trim().includes("\n")
    ? code
    : code.replaceAll(/\\(n|t|"|'|\\)/g, (_found, escaped: string) => ({ n: "\n", t: "\t" })[escaped] ?? escaped);

const repairs: readonly Repair[] = [
  withoutMarkup,
  withoutEntities,
  withoutPrompts,
  withoutMagics,
  withPlainTypography,
  withLineEnds,
  withFirstIndentationOff,
  withoutLineNumbers,
  withoutFence,
  withoutProse,
];

/**
 * Code without the marks of its place in the answer, and repaired where Python refuses it as it is and accepts it then: one repair where one is enough, else
 * all that apply.
 */
export const readable = (body: string): Readable => {
  const code = withoutFileName(dedent(body));
  if (code.length > longest) return { code, tree: undefined };
  const tree = syntaxOf(code);
  if (tree !== undefined && !isEscaped(tree, code)) return { code, tree };
  return repaired(code) ?? { code, tree };
};

const repaired = (code: string): Readable | undefined => {
  if (code.length > longestRepaired) return undefined;
  for (const repair of repairs) {
    const changed = changedBy([repair], code);
    if (changed !== undefined) return changed;
  }
  return changedBy(repairs, code);
};

const changedBy = (some: readonly Repair[], code: string): Readable | undefined => {
  const changed = some.reduce((before, repair) => dedent(repair(before)), code);
  if (changed === code || changed.trim() === "") return undefined;
  const tree = syntaxOf(changed);
  return tree === undefined || isEscaped(tree, changed) ? undefined : { code: changed, tree };
};
