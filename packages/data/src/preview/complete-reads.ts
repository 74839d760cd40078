import { parser } from "@lezer/python";
import type { Dataset } from "../dataset.ts";
import type { Reads } from "../reads.ts";
import { literal } from "./python.ts";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** Arguments that go together: where a script gives one of a group, the group is its own. */
const groups: readonly (readonly string[])[] = [
  ["sep", "delimiter", "delim_whitespace", "skipinitialspace"],
  ["decimal", "thousands", "converters"],
  ["encoding", "encoding_errors"],
  ["skiprows", "header", "names", "comment"],
  ["quoting", "quotechar", "escapechar", "doublequote"],
  ["keep_default_na", "na_values", "na_filter"],
  ["dtype", "converters"],
  ["lines", "orient"],
];

/** What a plain call reads in another way, and not incorrectly, is left to the script. */
const leftToScripts = new Set(["index_col", "header"]);

/** The arguments that scripts need for the tables of a folder; tables that are read correctly without any are not among them. */
export const neededReads = ({ files }: Dataset): Reads =>
  Object.fromEntries(
    files.flatMap((file) => {
      if (file.kind !== "table") return [];
      const args = Object.entries(file.table.args).filter(([name]) => !leftToScripts.has(name));
      return args.length === 0 ? [] : [[file.path, { call: file.table.call, args: Object.fromEntries(args) }]];
    }),
  );

/**
 * Completes the calls of a script that read a table of `./input` by its literal path: an argument that the file needs and the call leaves out is added. A call
 * that gives an argument of the same group keeps its own. A script that is read otherwise comes back as it is.
 */
export const completeReads = (code: string, reads: Reads): string => {
  if (Object.keys(reads).length === 0 || !code.includes("input")) return code;
  const insertions: { readonly at: number; readonly text: string }[] = [];
  parser.parse(code).iterate({
    enter: ({ node }) => {
      if (node.name !== "CallExpression") return;
      const added = addedTo(node, code, reads);
      if (added !== undefined) insertions.push(added);
    },
  });
  return insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { at, text: added }) => `${text.slice(0, at)}${added}${text.slice(at)}`, code);
};

const addedTo = (
  call: SyntaxNode,
  code: string,
  reads: Reads,
): { readonly at: number; readonly text: string } | undefined => {
  const list = call.getChild("ArgList");
  const called = call.firstChild === null ? "" : code.slice(call.firstChild.from, call.firstChild.to);
  const path = list === null ? undefined : firstString(list, code);
  if (list === null || path === undefined) return undefined;
  const read = reads[path.replace(/^(\.\/)?input\//, "")];
  if (!/^(\.\/)?input\//.test(path) || read === undefined || !called.endsWith(read.call)) return undefined;
  const given = new Set(
    list
      .getChildren("VariableName")
      .flatMap((name) =>
        code[name.to] === "=" || /^\s*=/.test(code.slice(name.to)) ? [code.slice(name.from, name.to)] : [],
      ),
  );
  if (/\*\*/.test(code.slice(list.from, list.to))) return undefined;
  const missing = Object.entries(read.args).filter(([name]) => {
    const group = groups.find((names) => names.includes(name)) ?? [name];
    return !group.some((one) => given.has(one));
  });
  if (missing.length === 0) return undefined;
  const before = code.slice(list.from, list.to - 1).trimEnd();
  const text = missing.map(([name, value]) => `${name}=${literal(value)}`).join(", ");
  return { at: list.from + before.length, text: `${before.endsWith(",") ? " " : ", "}${text}` };
};

/** The text of a call's first argument, where it is a plain string. */
const firstString = (list: SyntaxNode, code: string): string | undefined => {
  const first = list.firstChild?.nextSibling;
  if (first?.name !== "String") return undefined;
  const match = /^(["'])(.*)\1$/s.exec(code.slice(first.from, first.to));
  return match?.[2]?.includes("\\") === true ? undefined : match?.[2];
};
