import { readFileSync } from "node:fs";
import type { Work } from "@aide-ts/plugin";
import { z } from "zod";
import type { Fingerprint, Outline, Python } from "./python.ts";

const script = readFileSync(new URL("../../python/syntax.py", import.meta.url), "utf8");
const mark = "syntax:";

const range = z.tuple([z.int(), z.int()]);
const fingerprint = z.union([
  z.object({ hash: z.string() }).transform(({ hash }): Fingerprint => ({ kind: "tree", hash })),
  z.object({ error: z.string() }).transform(({ error }): Fingerprint => ({ kind: "none", message: error })),
]);
const outline = z
  .object({ imports: z.array(range), definitions: z.array(z.tuple([z.string(), z.int(), z.int()])) })
  .transform(({ imports, definitions }): Outline => ({
    imports: imports.map(([first, last]) => ({ first, last })),
    definitions: definitions.map(([name, first, last]) => ({ name, first, last })),
  }))
  .nullable()
  .transform((read) => read ?? undefined);

/** Keeps the answer of one execution within what an executor's output holds. */
const mostScripts = 200;
const mostOutlines = 2;

/**
 * Asks the Python of the run's executor: one execution for up to 200 fingerprints or two outlines, billed like any other. Where that execution
 * fails, nothing parses: what depends on the answer is then left as it is.
 */
export const pythonByWork = (work: Work): Python => ({
  fingerprints: async (scripts) => {
    const answers = await askAll(work, "fingerprint", fingerprint, scripts, mostScripts);
    return answers.map((answer) => answer ?? { kind: "none", message: "Python could not be asked." });
  },
  outlines: (scripts) => askAll(work, "outline", outline, scripts, mostOutlines),
});

const askAll = async <T>(
  work: Work,
  question: string,
  answer: z.ZodType<T>,
  scripts: readonly string[],
  most: number,
): Promise<readonly (T | undefined)[]> => {
  const answers: (T | undefined)[] = [];
  for (let at = 0; at < scripts.length; at += most)
    answers.push(...(await ask(work, question, answer, scripts.slice(at, at + most))));
  return answers;
};

const ask = async <T>(
  work: Work,
  question: string,
  answer: z.ZodType<T>,
  scripts: readonly string[],
): Promise<readonly (T | undefined)[]> => {
  const files = {
    "syntax/ask.json": JSON.stringify({ question, scripts: scripts.length }),
    ...Object.fromEntries(scripts.map((text, number) => [`syntax/${number}.py`, text])),
  };
  const { output } = await work.execute({ code: script, files, seconds: 60 });
  const line = output.split("\n").find((text) => text.startsWith(mark));
  const read = z.array(answer).safeParse(line === undefined ? undefined : asJson(line.slice(mark.length)));
  return read.success && read.data.length === scripts.length ? read.data : scripts.map(() => undefined);
};

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
