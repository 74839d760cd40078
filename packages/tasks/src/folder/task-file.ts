import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { taskFileInvalid, taskFileUnreadable } from "../errors.ts";
import { isFile } from "./kind-of-entry.ts";

const text = z.string().trim().min(1);
const names = z.union([text, z.array(text).min(1)]).transform((given) => (typeof given === "string" ? [given] : given));

const schema = z.strictObject({
  title: text,
  /** As `regression`, `binary`, `multiclass`, `counts`, `images`, `text`. */
  kind: text,
  goal: text,
  eval: text,
  /** Of the library, or a Python file of the public part; a task with a `grade.py` in its private part is graded by that. */
  metric: text,
  direction: z.enum(["maximize", "minimize"]).optional(),
  target: names,
  /** Columns that together name a row; rows count by their order without. */
  id: names.optional(),
  /** Of two classes the one whose probability is asked for. */
  positive: z.union([text, z.number(), z.boolean()]).transform(String).optional(),
  part: text.default("development"),
  twinOf: text.optional(),
  licence: text.optional(),
  origin: text.optional(),
  /** Of the public part and of the labels. */
  checksum: text.optional(),
});

/** `task.yaml`: all that is known of a task beside its data. */
export type TaskFile = z.output<typeof schema>;

export const taskFileName = "task.yaml";

/** Whether a folder says that it is a task, rightly or not. */
export const isTaskFolder = (folder: string): Promise<boolean> => isFile(join(folder, taskFileName));

/** @throws AIDE_TASK_UNREADABLE, AIDE_TASK_INVALID */
export const readTaskFile = async (folder: string): Promise<TaskFile> => {
  const path = join(folder, taskFileName);
  const written = await readFile(path, "utf8").catch((cause: unknown) => {
    throw taskFileUnreadable(path, cause);
  });
  const parsed = parsedYaml(path, written);
  const checked = schema.safeParse(parsed);
  if (checked.success) return checked.data;
  throw taskFileInvalid(
    path,
    checked.error.issues.map(({ path: at, message }) => (at.length === 0 ? message : `${at.join(".")}: ${message}`)),
  );
};

const parsedYaml = (path: string, written: string): unknown => {
  try {
    return parse(written);
  } catch (cause) {
    throw taskFileUnreadable(path, cause);
  }
};
