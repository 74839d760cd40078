import { basename, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { shortDigest } from "@aide-ts/core";
import { metricNamed } from "@aide-ts/evaluation";
import type { Task } from "@aide-ts/tasks";
import { execa } from "execa";
import { metricNotGraded, referencesFailed } from "../errors.ts";

/** The folder that holds the package `references`. */
const onPath = fileURLToPath(new URL("../../python/", import.meta.url));

export interface ReferencesRequest {
  /** An interpreter's path: the scripts' own; for `flaml` pipelines one that has what `requirements-flaml.txt` names. */
  readonly python: string;
  readonly tasks: readonly Task[];
  /** A folder that is made; what lies there is not made again. */
  readonly out: string;
  /** Pipelines at a time, a core each. */
  readonly jobs: number;
  /** A regular expression, of names; all without. */
  readonly pipelines?: string;
  /** Which of how many parts of the work, from 1. */
  readonly part?: readonly [number: number, parts: number];
  /** Also what failed before. */
  readonly retry?: boolean;
  /** Seconds that a pipeline may take. */
  readonly seconds?: number;
  /** Environment variables of the process. */
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** A line of progress. */
  readonly onLine: (line: string) => void;
}

/**
 * Has the reference pipelines predict the test rows of tasks, from their public folders alone: `<out>/<task>/<pipeline>.csv.gz`, `.failed.json` with the
 * reason where one fails. Rejects with the signal's reason when that fires.
 * @throws AIDE_REFERENCES, AIDE_REPORT_METRIC
 */
export const runReferences = async (request: ReferencesRequest): Promise<void> => {
  const { python, tasks, variables, signal, onLine } = request;
  const running = execa(python, ["-m", "references", ...argumentsOf(request)], {
    input: JSON.stringify(tasks.map(factsOf)),
    env: { ...variables, PYTHONPATH: onPath, PYTHONDONTWRITEBYTECODE: "1" },
    extendEnv: false,
    reject: false,
    stdout: "ignore",
    buffer: false,
    forceKillAfterDelay: 2000,
    cancelSignal: signal,
  });
  const last: string[] = [];
  for await (const line of running.iterable({ from: "stderr" })) {
    onLine(line);
    last.push(line);
    if (last.length > 12) last.shift();
  }
  const { failed, shortMessage } = await running;
  signal.throwIfAborted();
  if (failed) throw referencesFailed(last.length === 0 ? (shortMessage ?? "nothing") : last.join("\n"));
};

const argumentsOf = ({
  out,
  jobs,
  pipelines,
  part,
  retry,
  seconds,
}: Pick<ReferencesRequest, "out" | "jobs" | "pipelines" | "part" | "retry" | "seconds">): readonly string[] => [
  "--tasks",
  "-",
  "--out",
  out,
  "--jobs",
  String(jobs),
  ...(pipelines === undefined ? [] : ["--pipelines", pipelines]),
  ...(part === undefined ? [] : ["--part", part.join("/")]),
  ...(seconds === undefined ? [] : ["--seconds", String(seconds)]),
  ...(retry === true ? ["--retry"] : []),
];

/** What a task is called below the folder of references: as it is, or where that is a path by the path's end. */
const referencesName = ({ name }: Pick<Task, "name">): string =>
  isAbsolute(name) ? `${basename(name)}-${shortDigest(name)}` : name;

/** Where the reference submissions of a task lie. */
export const referencesFolder = (out: string, task: Pick<Task, "name">): string => join(out, referencesName(task));

/** One seed for all, so that a task and its twin are solved alike. */
const seed = 0;

/** What the program is given of a task: nothing of its private part. */
const factsOf = (task: Task) => {
  const { metric: written, direction, kind, target, id = [], positive } = task.file;
  const metric = metricNamed(written);
  if (metric === undefined) throw metricNotGraded(task.name, written);
  return {
    name: referencesName(task),
    public: task.publicFolder,
    metric: metric.name,
    direction: direction ?? metric.direction,
    kind,
    target,
    id,
    ...(positive === undefined ? {} : { positive }),
    seed,
  };
};
