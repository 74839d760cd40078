import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { block, fixtures } from "./aide.ts";

/** Writes a task with report labels into a folder of its own: y is three times x and one. */
export const writeLineTask = (root: string, name: string): void => {
  for (const part of ["public", "private"]) mkdirSync(join(root, name, part), { recursive: true });
  const rows = (from: number, to: number, cells: (row: number) => readonly number[]): string =>
    Array.from({ length: to - from }, (_, at) => `${cells(from + at).join(",")}\n`).join("");
  const label = (row: number): number => (row % 7) * 3 + 1;
  const files = {
    "task.yaml": `title: Line\nkind: regression\ngoal: Predict y\neval: RMSE\nmetric: rmse\ntarget: y\nid: id\n`,
    "public/train.csv": `id,x,y\n${rows(0, 120, (row) => [row, row % 7, label(row)])}`,
    "public/test.csv": `id,x\n${rows(120, 150, (row) => [row, row % 7])}`,
    "private/answers.csv": `id,y\n${rows(120, 150, (row) => [row, label(row)])}`,
    "private/references.csv": "name,family,value,error\ntrivial,trivial,6,0.1\nline,linear,0.5,0.05\n",
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, name, path), text);
};

/** A line of an arm: a backend that gives these answers. */
export const answering = (...answers: readonly string[]): string =>
  `backend: ${JSON.stringify({ use: join(fixtures, "scripted-plugin.mjs"), answers: answers.map(block) })}`;
