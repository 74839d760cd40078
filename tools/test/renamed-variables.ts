import type { Source, SourceFile } from "../mutants/source.ts";
import { within } from "../mutants/syntax/syntax.ts";

/** The file with every parameter and local variable renamed, by what its tree says of them. */
export const withRenamedVariables = ({ syntax, path, text, language }: Source): SourceFile => {
  const places = [...within(syntax)];
  const keys = new Map(places.flatMap(({ kinds, start, name }) => (kinds.includes("property") ? [[start, name]] : [])));
  const renamed = new Map<number, { readonly from: string; readonly to: string }>();
  for (const { start, name: from, isLocal } of places) {
    if (isLocal !== true || from === undefined || !text.startsWith(from, start)) continue;
    // `{ name }` is a key and a variable in one.
    renamed.set(start, { from, to: keys.get(start) === from ? `${from}: ${from}Renamed` : `${from}Renamed` });
  }
  const changed = [...renamed]
    .toSorted(([a], [b]) => b - a)
    .reduce((now, [start, { from, to }]) => now.slice(0, start) + to + now.slice(start + from.length), text);
  return { path, text: changed, language };
};
