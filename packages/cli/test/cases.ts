import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aide, fixtures, freshFolder, runFolder } from "./aide.ts";

const folder = join(fixtures, "cases");

/** An input folder with an answer of a model, and what must come of it. */
export interface Case {
  readonly name: string;
  readonly goal: string;
  readonly eval?: string;
  /** Another case's data. */
  readonly data?: string;
  readonly answered: readonly ("script" | "raw" | readonly [module: string, estimator: string])[];
  readonly expected: Expected;
}

export interface Expected {
  /** The search score: the number, or between two. */
  readonly score?: number | readonly [least: number, most: number];
  readonly held?: number;
  /** Header, number of rows, and first cell or cells of `best_submission.csv`. */
  readonly header?: string;
  readonly rows?: number;
  readonly first?: string;
  /** What the output holds. */
  readonly says?: readonly (string | RegExp)[];
  /** Cells of the last column. */
  readonly cells?: RegExp;
}

export const readCases = (): readonly Case[] => JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly score: number | undefined;
  readonly submission: readonly string[];
  readonly root: string;
}

/** Runs a case as a user does, with a model that gives this answer and no more. */
export const runCase = async (
  one: Case,
  answered: Case["answered"][number],
  keys: readonly string[] = [],
): Promise<Outcome> => {
  const root = freshFolder();
  const own = join(folder, one.name);
  const backend =
    typeof answered === "string"
      ? { use: join(fixtures, "scripted-plugin.mjs"), answers: [answerOf(own, answered)] }
      : { use: join(fixtures, "skeleton-filler.mjs"), module: answered[0], estimator: answered[1] };
  const strategies = answered === "raw" ? {} : { strategies: [] };
  const config = {
    data_dir: join(folder, one.data ?? `${one.name}/data`),
    goal: one.goal,
    eval: one.eval,
    backend,
    budget: { steps: 1 },
    ...strategies,
  };
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "aide.config.json"), JSON.stringify(config));
  const { code, out, err } = await aide(["run", "aide.config.json", ...keys], root);
  const logs = existsSync(join(root, "logs")) ? runFolder(root) : "";
  const read = (name: string) => (existsSync(join(logs, name)) ? readFileSync(join(logs, name), "utf8") : "");
  const journal = read("journal.json");
  const score = journal === "" ? undefined : JSON.parse(journal).nodes[0]?.metric?.value;
  return {
    code,
    out,
    err,
    score: typeof score === "number" ? score : undefined,
    submission: read("best_submission.csv").trimEnd().split(/\r?\n/),
    root,
  };
};

const answerOf = (own: string, answered: "script" | "raw"): string =>
  answered === "raw"
    ? readFileSync(join(own, "answer.txt"), "utf8")
    : `\`\`\`python\n${readFileSync(join(own, "solve.py"), "utf8")}\`\`\``;
