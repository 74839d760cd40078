import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEvents, type AideNode } from "@aide-ts/core";
import { z } from "zod";

const node = z.object({
  id: z.string(),
  step: z.number(),
  plan: z.string(),
  code: z.string(),
  analysis: z.string(),
  _term_out: z.array(z.string()),
  exec_time: z.number(),
  is_buggy: z.boolean(),
  metric: z.object({ value: z.number().nullable(), maximize: z.boolean().nullable() }),
});

const journalFile = z.object({ nodes: z.array(node), node2parent: z.record(z.string(), z.string()) });
const taskOf = z.object({
  task: z.object({ metric: z.string(), goal: z.string(), direction: z.enum(["maximize", "minimize"]) }),
});

export type JournalNode = z.output<typeof node> & Pick<AideNode, "id">;

export interface ReadJournal {
  readonly solutions: readonly JournalNode[];
  readonly parents: Readonly<Record<string, string>>;
  readonly best: JournalNode | undefined;
  readonly ended: boolean;
  readonly metric: string;
  readonly goal: string;
}

/** A run's journal as it was last written, without running anything. */
export const readJournal = async (logs: string): Promise<ReadJournal> => {
  const { nodes, node2parent } = journalFile.parse(JSON.parse(await readFile(join(logs, "journal.json"), "utf8")));
  const { task } = taskOf.parse(JSON.parse(await readFile(join(logs, "run.json"), "utf8")));
  const file = join(logs, "events.jsonl");
  const { events } = parseEvents(await readFile(file), file);
  const better = (a: number, b: number) => (task.direction === "minimize" ? a < b : a > b);
  const best = nodes.reduce<JournalNode | undefined>((kept, next) => {
    if (next.is_buggy || next.metric.value === null) return kept;
    return kept === undefined || better(next.metric.value, kept.metric.value ?? Number.NaN) ? next : kept;
  }, undefined);
  return {
    solutions: nodes,
    parents: node2parent,
    best,
    ended: events.at(-1)?.type === "run-closed",
    metric: task.metric,
    goal: task.goal,
  };
};
