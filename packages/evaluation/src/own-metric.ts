import { fileURLToPath } from "node:url";
import {
  type Executor,
  type HeldOut,
  type Json,
  type OwnScore,
  type RunningProgram,
  type SubmissionFormat,
  type Task,
} from "@aide-ts/plugin";
import { z } from "zod";
import { metricFileRefused } from "./errors.ts";
import { submissionRow } from "./submission/submission-row.ts";

const program = fileURLToPath(new URL("../python/own_metric.py", import.meta.url));

const reply = z.union([z.object({ value: z.unknown() }), z.object({ refused: z.string() })]);
const loaded = z.object({ direction: z.enum(["minimize", "maximize"]), predicts: z.enum(["value", "probability"]) });
const scored = z.object({ value: z.number(), error: z.number().nullable(), trivial: z.number().nullable() });

/** A metric that the user wrote: `score(truth, submission)` and `direction` in a Python file, run in the scripts' environment. */
export class OwnMetric implements AsyncDisposable {
  readonly direction: Task["direction"];
  readonly predicts: "value" | "probability";
  readonly #program: RunningProgram;

  private constructor(running: RunningProgram, { direction, predicts }: z.output<typeof loaded>) {
    this.#program = running;
    this.direction = direction;
    this.predicts = predicts;
  }

  /** @throws AIDE_METRIC_FILE where the file cannot be loaded, or lacks what it must have */
  static async open(executor: Pick<Executor, "start">, file: string, signal: AbortSignal): Promise<OwnMetric> {
    const running = await executor.start({ file: program, reads: [file], writes: [] }, { signal });
    const answer = await ask(running, { ask: "load", path: file });
    if ("refused" in answer) {
      await running[Symbol.asyncDispose]();
      throw metricFileRefused(file, answer.refused);
    }
    return new OwnMetric(running, loaded.parse(answer.value));
  }

  /** The score of the held-back rows; both frames have the submission's columns and these rows, in the same order. */
  async score(
    format: SubmissionFormat,
    held: HeldOut,
    rows: ReadonlyMap<string, readonly string[]>,
  ): Promise<OwnScore> {
    const keys = [...held.truth.keys()];
    const idsOf = (key: string): readonly string[] => (format.id.length === 0 ? [] : key.split("\t"));
    const asRow = (key: string, answers: readonly string[]) => submissionRow(format, key, answers);
    const given: { readonly [key: string]: Json } = {
      columns: [...format.columns],
      ids: [...format.id],
      targets: [...format.targets],
      truth: keys.map((key) => [...idsOf(key), ...(held.truth.get(key) ?? [])]),
      submission: keys.map((key) => asRow(key, rows.get(key) ?? [])),
      constants: constantsOf(format, held).map((answers) => keys.map((key) => asRow(key, answers))),
    };
    const answer = await ask(this.#program, { ask: "score", with: given });
    if ("refused" in answer)
      return { ok: false, problem: `The task's own metric refused the submission: ${answer.refused}.` };
    const { value, error, trivial } = scored.parse(answer.value);
    return { ok: true, value, ...(error === null ? {} : { error }), ...(trivial === null ? {} : { trivial }) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}

const ask = async (
  running: RunningProgram,
  request: { readonly [key: string]: Json },
): Promise<z.output<typeof reply>> => reply.parse(JSON.parse(await running.request(JSON.stringify(request))));

/** Answers that are the same for all rows: mean and median of numbers, the most frequent label, the classes' shares. */
const constantsOf = (format: SubmissionFormat, held: HeldOut): readonly (readonly string[])[] => {
  if (format.kind === "class-probabilities") {
    const labels = held.train.map(([label]) => label);
    return [
      (format.classes ?? []).map((one) =>
        String(labels.filter((label) => label === one).length / Math.max(1, labels.length)),
      ),
    ];
  }
  const columns = format.targets.map((_, at) =>
    held.train.flatMap((row) => (row[at] === undefined || row[at] === "" ? [] : [row[at]])),
  );
  if (format.kind === "probability") {
    const positive = format.classes?.at(-1) ?? "1";
    return [
      columns.map((labels) => String(labels.filter((label) => label === positive).length / Math.max(1, labels.length))),
    ];
  }
  const numbers = columns.map((labels) => labels.map(Number));
  if (numbers.some((values) => values.some((value) => !Number.isFinite(value)))) return [columns.map(mostFrequent)];
  return [numbers.map(mean).map(String), numbers.map(median).map(String)];
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const mostFrequent = (labels: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "";
};
