import { join } from "node:path";
import { EventLog, historyOf, replayEngine, type Event, type History } from "@aide-ts/core";
import { AideError, type Environment } from "@aide-ts/plugin";
import { divergenceError } from "../render/divergence.ts";
import { version } from "../version.ts";
import type { decisions } from "./decisions.ts";
import { fromRun, isBegun, readRecord, replacedBy, writeRecord } from "./record.ts";
import type { RunRequest } from "./run-task.ts";
import { differences, setupHash, type Setup } from "./setup.ts";

export interface OpenedPast {
  readonly log: EventLog;
  readonly history: History;
}

/**
 * Opens the log of a run, new or begun, and makes sure that what it holds can be gone on from.
 * @throws AIDE_RUN_CHANGED where the setup is another one and its open work was not given up.
 */
export const openPast = async (
  request: RunRequest,
  setup: Setup,
  environment: Environment,
  decide: () => ReturnType<typeof decisions>,
): Promise<OpenedPast> => {
  const { logs } = request.folders;
  const hash = setupHash(setup);
  if (!(await isBegun(logs))) await writeRecord(logs, newRecord(request, setup, hash, environment), request.mask);
  const record = await readRecord(logs);
  const differed = record.setup === hash ? [] : differences(record, setup);
  if (record.setup !== hash && !request.discardOpen) throw changed(logs, record.version, differed);
  const { log, events } = EventLog.open(join(logs, "events.jsonl"), request.mask);
  try {
    const at = events.at(-1)?.at ?? 0;
    const discarded = request.discardOpen ? await openWork(request, events, decide) : [];
    const opened: readonly Event[] = [
      ...(discarded.length === 0 ? [] : [{ type: "discarded", at, proposals: discarded } as const]),
      { type: "run-opened", at, setup: hash, details: { version: version() } },
    ];
    for (const event of opened) log.append(event);
    if (record.setup !== hash) {
      const earlier = [...record.earlier, { version: record.version, setup: record.setup, differed }];
      await writeRecord(logs, { ...record, ...setup, version: version(), setup: hash, earlier }, request.mask);
    }
    return { log, history: historyOf([...events, ...opened]) };
  } catch (error) {
    log[Symbol.dispose]();
    throw error;
  }
};

/** Proposals that were asked and not told. That all others stay as they are told is checked first. */
const openWork = async (
  { fork, signal }: RunRequest,
  events: readonly Event[],
  decide: () => ReturnType<typeof decisions>,
): Promise<readonly number[]> => {
  const told = new Set(events.flatMap((event) => (event.type === "told" ? [event.number] : [])));
  const isSettled = (event: Event): boolean => {
    if (!("place" in event)) return true;
    const number = Number.parseInt(event.place, 10);
    return Number.isNaN(number) || told.has(number);
  };
  const { ending } = await replayEngine(
    { ...decide(), replaced: replacedBy(fork), signal, modelOf: () => "", observe: () => undefined },
    events.filter(isSettled),
  );
  if (ending.reason === "divergence")
    throw divergenceError(
      ending.error,
      "More than open work differs: start a new run, or restore what run.json names.",
    );
  if (ending.reason === "failure") throw ending.error;
  return events.flatMap((event) =>
    event.type === "asked" && event.ask.kind === "propose" && !told.has(event.number) ? [event.number] : [],
  );
};

const newRecord = (request: RunRequest, setup: Setup, hash: string, { cpus, memoryBytes, gpus }: Environment) => ({
  ...setup,
  version: version(),
  started: new Date(request.startedAt).toISOString(),
  config: request.kept,
  source: fromRun(request.folders.logs, request.source),
  data: fromRun(request.folders.logs, request.dataFolder),
  workspace: fromRun(request.folders.logs, request.folders.workspace),
  seed: request.config.seed,
  hardware: { cpus, memoryBytes, gpus },
  node: process.versions.node,
  setup: hash,
  earlier: [],
  ...(request.fork === undefined ? {} : { fork: request.fork }),
});

const mostShown = 12;

const changed = (logs: string, began: string, differed: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_RUN_CHANGED",
    message:
      "The run was begun with another setup: its prompts, model, packages or settings differ from what is here now.",
    fix: "Restore what differs, or start a new run. Where nothing that was told depends on it: aide resume --discard-open.",
    fault: "user",
    facts: {
      run: logs,
      versions: `begun by aide ${began}, this is ${version()}`,
      ...Object.fromEntries(differed.slice(0, mostShown).map((line, at) => [`differs ${at + 1}`, line])),
      ...(differed.length > mostShown ? { "and more": String(differed.length - mostShown) } : {}),
    },
  });
