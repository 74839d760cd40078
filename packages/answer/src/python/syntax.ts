import { parser } from "@lezer/python";
import { dedent } from "./dedent.ts";
import { Indentations } from "./indentations.ts";

export type Tree = ReturnType<typeof parser.parse>;
export type SyntaxNode = Tree["topNode"];

/** Stops at the first error: the parser that goes on behind errors takes 20 s for a megabyte of words. */
const strict = parser.configure({ strict: true });

/** Whether CPython would very likely parse it: no error in a grammar of Python 3. */
export const parses = (code: string): boolean => syntaxOf(dedent(code)) !== undefined;

/** The syntax tree of a script; `undefined` where CPython would very likely refuse it. */
export const syntaxOf = (code: string): Tree | undefined => {
  try {
    const tree = strict.parse(inGrammar(code.trimEnd()));
    return isRefused(tree, code) ? undefined : tree;
  } catch {
    return undefined;
  }
};

/** The tree of a script that may be broken. */
export const tolerantSyntaxOf = (code: string): Tree => parser.parse(inGrammar(code));

/** Where the first error of the grammar is; `undefined` without one. */
export const errorAt = (code: string): number | undefined => {
  try {
    strict.parse(inGrammar(code.trimEnd()));
    return undefined;
  } catch (error) {
    // The parser says the place in its message alone.
    return Number(/\d+$/.exec(String(error))?.[0] ?? 0);
  }
};

export const holdsImport = (tree: Tree): boolean => {
  let found = false;
  tree.iterate({
    enter: ({ name }) => {
      found ||= name === "ImportStatement";
      return !found;
    },
  });
  return found;
};

/** Stretches of strings and comments, in order. Those inside the braces of a format string belong to it. */
export const literalStretches = (tree: Tree): readonly { readonly from: number; readonly to: number }[] => {
  const stretches: { from: number; to: number }[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (!literals.has(name)) return true;
      stretches.push({ from, to });
      return false;
    },
  });
  return stretches;
};

const literals: ReadonlySet<string> = new Set(["String", "FormatString", "Comment"]);

/**
 * What the grammar lets pass and CPython does not: Python 2's print, strings that end with their line, names of quotes and invisible characters, statements
 * that are indented otherwise than those beside them.
 */
const isRefused = (tree: Tree, code: string): boolean => {
  const ascii = !/[^\0-\x7f]/.test(code);
  const indentations = new Indentations(code);
  let refused = false;
  tree.iterate({
    enter: (ref) => {
      if (refused) return false;
      const { name, from, to } = ref;
      if (name === "PrintStatement" || !indentations.enter(name, from)) refused = true;
      else if (name === "String" || name === "FormatString") refused = !isClosed(ref.node, code);
      else if (!ascii && (name === "VariableName" || name === "PropertyName"))
        refused = !identifier.test(code.slice(from, to));
      return !refused;
    },
    leave: () => indentations.leave(),
  });
  return refused;
};

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

const isClosed = (string: SyntaxNode, code: string): boolean => {
  const { from, to } = string;
  const [opening = "", quote = ""] = /^\w*("""|'''|"|')/.exec(code.slice(from, from + 6)) ?? [];
  return (
    to - from >= opening.length + quote.length &&
    code.endsWith(quote, to) &&
    !(string.lastChild?.name === "Escape" && string.lastChild.to === to)
  );
};

/**
 * Python in the words of the grammar, place for place: it does not know numbers that end with their dot, a `yield` of nothing, or patterns of a class
 * without arguments. What changes inside strings is not looked at.
 */
const inGrammar = (code: string): string =>
  code
    .replaceAll(/(?<![\w.])(\d[\d_]*)\.(?![\d._]|[A-Za-df-ik-z])/g, "$10")
    .replaceAll(/\byield(?=[ \t]*(?:\)|#|\r?$))/gm, "None ")
    .replaceAll(/^([ \t]*case\s[\w.]+)\(\)/gm, "$1  ");
