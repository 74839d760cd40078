import type { Version } from "./version.ts";

const future = /^from __future__ import .*$/gm;

/** The script of a version: its parts in order. What Python wants at the top of a file goes there. */
export const joined = ({ imports, parts }: Version): string => {
  const [first = "", ...rest] = [
    ...(imports.length > 0 ? [imports.join("\n")] : []),
    ...parts.map(({ code }) => code.trim()),
  ];
  const moved = rest.flatMap((code) => code.match(future) ?? []);
  return [...moved, [first, ...rest.map((code) => code.replaceAll(future, "").trim())].join("\n\n")].join("\n");
};
