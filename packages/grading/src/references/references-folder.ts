import { basename, isAbsolute, join } from "node:path";
import { shortDigest } from "@aide-ts/core";
import type { Task } from "@aide-ts/tasks";

/** What a task is called below the folder of references: as it is, or where that is a path by the path's end. */
export const referencesName = ({ name }: Pick<Task, "name">): string =>
  isAbsolute(name) ? `${basename(name)}-${shortDigest(name)}` : name;

/** Where the reference submissions of a task lie. */
export const referencesFolder = (out: string, task: Pick<Task, "name">): string => join(out, referencesName(task));
