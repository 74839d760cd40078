import type { Argument, Table } from "../dataset.ts";

/** A value as Python writes it. */
export const literal = (value: Argument): string => {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value);
  if (isList(value)) return `[${value.map(quoted).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${quoted(key)}: ${one === "str" ? "str" : quoted(one)}`)
    .join(", ")}}`;
};

const isList = (value: Argument): value is readonly string[] => Array.isArray(value);

/** A text as a Python string: JSON's escapes are Python's too. A pattern stays readable. */
export const quoted = (text: string): string => (text === "\\s+" ? 'r"\\s+"' : JSON.stringify(text));

/** A column's name as Python writes it: a number where the columns have no names. */
export const columnLiteral = (name: string, { headerless }: Pick<Table, "headerless">): string =>
  headerless && /^\d+$/.test(name) ? name : quoted(name);

/** The call that reads a table correctly, as `pd.read_csv("./input/train.csv", sep=";")`. */
export const readCall = ({ call, args }: Pick<Table, "call" | "args">, path: string): string =>
  `pd.${call}(${[quoted(`./input/${path}`), ...Object.entries(args).map(([name, value]) => `${name}=${literal(value)}`)].join(", ")})`;
