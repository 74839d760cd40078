import { readsWhenRun, writesWhenRun } from "../python/effects.ts";
import { isExcerpt, type Part } from "./part.ts";

/** Parts that make a script when they run one after another. */
export interface Version {
  readonly parts: readonly Part[];
  /** Import statements of earlier parts that it needs nothing else of. */
  readonly imports: readonly string[];
  /** Every name that it reads is defined. */
  readonly resolved: boolean;
}

/** The shortest stretch of parts up to `end` in which every name and file is there that an earlier part could give. */
export const versionEndingAt = (parts: readonly Part[], end: number): Version => {
  const last = parts[end];
  if (last === undefined) return { parts: [], imports: [], resolved: true };
  let start = end;
  let missing = missingIn(last, noneMissing);
  for (const part of parts.slice(0, end).toReversed()) {
    if (!anyGives(parts.slice(0, start), missing)) break;
    missing = missingIn(part, missing);
    start--;
  }
  const before = parts.slice(start, end);
  const resolved = missing.names.size === 0 || parts.slice(start, end + 1).some(({ names }) => names.star);
  const imports = importsFor(last, before);
  return imports === undefined
    ? { parts: [...before, last], imports: [], resolved }
    : { parts: [last], imports, resolved };
};

interface Missing {
  readonly names: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

const noneMissing: Missing = { names: new Set(), files: new Set() };

/** What is missing once a part stands before what misses something already. */
const missingIn = ({ names, effects }: Part, after: Missing): Missing => ({
  names: names.needs.union(after.names.difference(names.defines)),
  files: effects.opens.union(after.files.difference(effects.saves)),
});

const anyGives = (parts: readonly Part[], { names, files }: Missing): boolean =>
  parts.some(
    ({ names: { defines }, effects: { saves } }) => !defines.isDisjointFrom(names) || !saves.isDisjointFrom(files),
  );

/**
 * A script that was written anew without its imports takes those alone of a script that is complete by itself; `undefined` where it needs more of it
 * than imports.
 */
const importsFor = ({ names, effects }: Part, before: readonly Part[]): readonly string[] | undefined => {
  if (before.length === 0 || !writesWhenRun(before.map((part) => part.effects))) return undefined;
  if (before.some((part) => !part.effects.saves.isDisjointFrom(effects.opens))) return undefined;
  const wanted = [...names.needs].filter((name) => before.some((part) => part.names.defines.has(name)));
  const statements = wanted.map((name) =>
    before.findLast((part) => part.names.imports.has(name))?.names.imports.get(name),
  );
  return statements.every((statement) => statement !== undefined) ? [...new Set(statements)] : undefined;
};

/** How much of a script a version is, in order: that it writes, leaves nothing out, that all its names are defined, that it reads, that it does anything. */
export const completeness = ({ parts, resolved }: Version): number => {
  const effects = parts.map((part) => part.effects);
  const traits = [
    writesWhenRun(effects),
    !parts.some(({ elided }) => elided),
    resolved,
    readsWhenRun(effects),
    effects.some(({ runs }) => runs),
  ];
  return traits.reduce((sum, trait) => sum * 2 + (trait ? 1 : 0), 0);
};

export const writes = ({ parts }: Version): boolean => writesWhenRun(parts.map(({ effects }) => effects));

/** Whether the last part adds nothing to those before it: it repeats them, or shows how a complete script is used. */
export const endsInExample = ({ parts }: Version): boolean => {
  const [before, last] = [parts.slice(0, -1), parts.at(-1)];
  if (last === undefined || before.length === 0) return false;
  const complete = writesWhenRun(before.map(({ effects }) => effects));
  return isExcerpt(last, before) || (complete && !writesWhenRun([last.effects]));
};

export const linesOf = ({ parts }: Version): number => parts.reduce((sum, { lines }) => sum + lines.size, 0);
