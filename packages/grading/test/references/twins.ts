import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { referencesFolder, runReferences } from "../../src/index.ts";
import { findScriptsPython, variables } from "../../../../tools/vitest/scripts-python.ts";
import { failuresIn, pipelinesIn, submissionOf } from "./submissions.ts";
import { twinPairs, type Pair } from "./twin-pairs.ts";

export interface ComparedPair {
  readonly name: string;
  readonly failures: readonly string[];
  /** Pipeline → the greatest distance between what it predicts for the task and for its twin. */
  readonly distances: ReadonlyMap<string, number>;
  /** How many submissions of the task differ. */
  readonly distinct: number;
}

/** Runs pipelines on tasks and their twins. */
export const comparedTwins = async (pipelines: string): Promise<readonly ComparedPair[]> => {
  const root = mkdtempSync(join(tmpdir(), "aide-twins-"));
  const pairs = twinPairs(root);
  const out = join(root, "out");
  await runReferences({
    python: await findScriptsPython(),
    tasks: pairs.flatMap(({ tasks }) => tasks),
    out,
    jobs: 1,
    pipelines,
    variables,
    signal: new AbortController().signal,
    onLine: () => {},
  });
  return pairs.map((pair) => compare(pair, out));
};

const compare = ({ name, tasks, distance }: Pair, out: string): ComparedPair => {
  const [own, twin] = tasks.map((task) => referencesFolder(out, task)) as [string, string];
  const distances = pipelinesIn(own).map((pipeline): [string, number] => {
    const [mine, theirs] = [submissionOf(own, pipeline).slice(1), submissionOf(twin, pipeline).slice(1)];
    const cells = mine.flatMap((row, at) =>
      row.slice(1).map((cell, column) => distance(cell, theirs[at]![column + 1]!)),
    );
    return [pipeline, Math.max(...cells)];
  });
  const distinct = new Set(pipelinesIn(own).map((pipeline) => JSON.stringify(submissionOf(own, pipeline)))).size;
  return { name, failures: [own, twin].flatMap(failuresIn), distances: new Map(distances), distinct };
};
