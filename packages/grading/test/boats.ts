import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTask, type Task } from "@aide-ts/tasks";

/** A task folder with these files of its private part and this in its task.yaml. */
export const taskWith = async (
  yaml: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>>,
): Promise<Task> => {
  const folder = mkdtempSync(join(tmpdir(), "aide-grading-"));
  const file = {
    title: "Boats",
    kind: "regression",
    goal: "Predict it",
    eval: "",
    metric: "mae",
    target: "y",
    ...yaml,
  };
  mkdirSync(join(folder, "public"));
  mkdirSync(join(folder, "private"));
  writeFileSync(
    join(folder, "task.yaml"),
    Object.entries({ ...file, eval: file.eval || `The metric is ${file.metric}.` })
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
      .join(""),
  );
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const known = () => Promise.resolve([]);
  return findTask(folder, { cwd: "/", store: { publicRoot: folder, privateRoot: folder }, known });
};

export const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`;

export const bytes = (text: string): Uint8Array => Buffer.from(text);
