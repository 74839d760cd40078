import { childrenOf, isNamed } from "./nodes.ts";
import type { SyntaxNode } from "./syntax.ts";

/** What a call does to files, as far as its name shows. `save` keeps something for later code that is no result: a model, a figure. */
export type FileUse = "read" | "write" | "save" | "none";

const writers: ReadonlySet<string> = new Set([
  ..."to_csv to_parquet to_json to_feather to_excel to_orc savetxt write_csv write_parquet write_json write_ndjson".split(
    " ",
  ),
  ..."write_excel write_text write_bytes writerow writerows writelines copyfile".split(" "),
]);
const savers = /^(?:dump|save\w*|to_pickle|to_hdf)$/;
const readers =
  /^(?:read\w*|load\w*|scan_\w+|fetch_\w+|from_csv|from_file|genfromtxt|imread|listdir|glob|iglob|iterdir|rglob)$/;

export const fileUse = (call: SyntaxNode, code: string): FileUse => {
  const name = calledName(call, code);
  if (name === "open") return useOf(openMode(call, code));
  if (writers.has(name)) return "write";
  if (savers.test(name)) return fileNames(call, code).some(isResult) ? "write" : "save";
  return readers.test(name) ? "read" : "none";
};

const isResult = (file: string): boolean => /submission/i.test(file);

/** File names among the call's own strings, without their folders. */
export const fileNames = (call: SyntaxNode, code: string): readonly string[] => {
  const names: string[] = [];
  call
    .getChild("ArgList")
    ?.cursor()
    .iterate(({ name, from, to }) => {
      if (name !== "String" && name !== "FormatString") return;
      const file = /([\w.-]+\.\w{1,8})["']+$/.exec(code.slice(Math.max(from, to - longestName), to))?.[1];
      if (file !== undefined) names.push(file);
    });
  return names;
};

/** As much of a path as is looked at. */
const longestName = 120;

const calledName = (call: SyntaxNode, code: string): string => {
  const called = call.firstChild;
  const name = called?.name === "MemberExpression" ? called.lastChild : called;
  return name?.name === "PropertyName" || name?.name === "VariableName" ? code.slice(name.from, name.to) : "";
};

/** Of `open(path, mode)`, and of a path's `open(mode)`. */
const openMode = (call: SyntaxNode, code: string): string => {
  const all = childrenOf(call.getChild("ArgList") ?? call);
  const comma = all.findIndex(isNamed(","));
  const behindPath = comma === -1 ? [] : all.slice(comma);
  const given = call.firstChild?.name === "VariableName" ? behindPath : all;
  const modes = given
    .filter(isNamed("String"))
    .flatMap(({ from, to }) => /^["']([rwxabt+]{1,4})["']$/.exec(code.slice(from, to))?.[1] ?? []);
  return modes.at(-1) ?? "r";
};

const useOf = (mode: string): FileUse => {
  if (!/[wxa]/.test(mode)) return "read";
  return mode.includes("b") ? "save" : "write";
};
