import { digestOf, manifestFile, type ScaffoldRecord } from "../scaffold/record.ts";
import type { Scaffold } from "../scaffold/scaffold.ts";
import type { Files } from "../scaffold/templates.ts";
import { mergedManifest } from "./merged-manifest.ts";

/** What becomes of a file of the scaffold. */
export type Change =
  /** The author had not touched it. */
  | { readonly kind: "renewed"; readonly path: string; readonly before: string; readonly after: string }
  /** It is new in the scaffold. */
  | { readonly kind: "added"; readonly path: string; readonly before: ""; readonly after: string }
  /** The author changed it: what it would become is put beside it. */
  | { readonly kind: "proposed"; readonly path: string; readonly before: string; readonly after: string };

/** What a newer scaffold changes of a plugin, whose files are `current`. What the author took away stays away. */
export const changesOf = (record: ScaffoldRecord, { files }: Scaffold, current: Files): readonly Change[] =>
  [...files].flatMap(([path, after]): readonly Change[] => {
    const before = current.get(path);
    const generated = record.files[path];
    if (generated === digestOf(after)) return [];
    if (before === undefined) return generated === undefined ? [{ kind: "added", path, before: "", after }] : [];
    if (digestOf(before) === digestOf(after)) return [];
    if (digestOf(before) === generated) return [{ kind: "renewed", path, before, after }];
    const merged = path === manifestFile ? mergedManifest(before, after) : after;
    return merged === before ? [] : [{ kind: "proposed", path, before, after: merged }];
  });

/** Where it is written. */
export const targetOf = ({ kind, path }: Change): string => (kind === "proposed" ? `${path}.new` : path);
