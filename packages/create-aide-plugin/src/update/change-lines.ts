import { createTwoFilesPatch } from "diff";
import { targetOf, type Change } from "./changes.ts";

/** A change as `git diff` would show it. */
export const patchOf = (change: Change): string =>
  createTwoFilesPatch(
    change.kind === "added" ? "/dev/null" : `a/${change.path}`,
    `b/${targetOf(change)}`,
    change.before,
    change.after,
    undefined,
    undefined,
    { context: 3 },
  ).replace(/^=+\n/, "");

/** What became of each file, in one line. */
export const changeLine = (change: Change): string =>
  change.kind === "proposed"
    ? `you changed  ${change.path}: what it would become is in ${targetOf(change)}`
    : `${change.kind.padEnd(11)}  ${change.path}`;
