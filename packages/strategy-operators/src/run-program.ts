import { readFileSync } from "node:fs";
import type { Json, Task, Work } from "@aide-ts/plugin";
import type { z } from "zod";

const pythonFile = (name: string): string => readFileSync(new URL(`../python/${name}.py`, import.meta.url), "utf8");

/** A Python program of this package that reads a solution's script, and what it prints behind its mark. */
export interface Program<Answer> {
  readonly code: string;
  readonly mark: string;
  readonly answer: z.ZodType<Answer>;
}

export const programNamed = <Answer>(file: string, mark: string, answer: z.ZodType<Answer>): Program<Answer> => ({
  code: pythonFile(file),
  mark,
  answer,
});

const shared = { "model_fit.py": pythonFile("model_fit") };

/** What programs that score models need of a task. */
export const scoredAs = ({ metric, split }: Task): { readonly [key: string]: Json } =>
  split === undefined ? { metric } : { metric, split: { ...split } };

/** What a program prints of a script; `undefined` where it did not come to its end. */
export const runProgram = async <Answer>(
  { code, mark, answer }: Program<Answer>,
  script: string,
  options: Json,
  work: Work,
): Promise<Answer | undefined> => {
  const files = { ...shared, "candidate.py": script, "options.json": JSON.stringify(options) };
  const { output } = await work.execute({ code, files });
  const line = output.split("\n").find((text) => text.startsWith(mark));
  return line === undefined ? undefined : answer.parse(JSON.parse(line.slice(mark.length)));
};
