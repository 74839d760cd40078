import { join } from "node:path";
import { EventLog, historyOf, replayEngine, type Event, type History } from "@aide-ts/core";
import type { Environment } from "@aide-ts/plugin";
import { divergenceError } from "../report/divergence.ts";
import { version } from "../host/run-host.ts";
import type { deterministicInputs } from "./deterministic-inputs.ts";
import { recordedConfigOf } from "../record/recorded-config.ts";
import { fromRun, isBegun, movedSource, readRecord, promptOverridesOf, writeRecord } from "../record/record.ts";
import type { RunRequest } from "./request.ts";
import { differences, fingerprintHash, type Fingerprint } from "../record/fingerprint.ts";
import { runChanged } from "../errors/run-folder.ts";

export interface OpenedPast {
  readonly log: EventLog;
  readonly history: History;
}

/**
 * Opens the log of a run, new or begun, and makes sure that it can be continued.
 * @throws AIDE_RUN_CHANGED where the setup is another one and its open work was not discarded.
 */
export const openPast = async (
  request: RunRequest,
  fingerprint: Fingerprint,
  environment: Environment,
  inputs: () => ReturnType<typeof deterministicInputs>,
): Promise<OpenedPast> => {
  const {
    folders: { logs },
    host,
    discardOpen = false,
  } = request;
  const hash = fingerprintHash(fingerprint);
  if (!(await isBegun(logs)))
    await writeRecord(logs, newRecord(request, fingerprint, hash, environment), host.secrets.mask);
  const record = await readRecord(logs);
  const differed = record.setup === hash ? [] : differences(record, fingerprint);
  if (record.setup !== hash && !discardOpen)
    throw runChanged(logs, `begun by aide ${record.version}, this is ${version()}`, differed);
  const { log, events } = EventLog.open(join(logs, "events.jsonl"), host.secrets.mask);
  try {
    const at = events.at(-1)?.at ?? 0;
    const discarded = discardOpen ? await openWork(request, events, inputs) : [];
    const opened: readonly Event[] = [
      ...(discarded.length === 0 ? [] : [{ type: "discarded", at, proposals: discarded } as const]),
      { type: "run-opened", at, setup: hash, details: { version: version() } },
    ];
    for (const event of opened) log.append(event);
    if (record.setup !== hash) {
      const earlier = [...record.earlier, { version: record.version, setup: record.setup, differed }];
      await writeRecord(
        logs,
        {
          ...record,
          ...fingerprint,
          config: recordedConfigOf(request, logs),
          version: version(),
          setup: hash,
          earlier,
        },
        host.secrets.mask,
      );
    }
    return { log, history: historyOf([...events, ...opened]) };
  } catch (error) {
    log[Symbol.dispose]();
    throw error;
  }
};

/** Proposals that were asked and not completed. That all others stay as they were completed is checked first. */
const openWork = async (
  { fork, signal }: RunRequest,
  events: readonly Event[],
  inputs: () => ReturnType<typeof deterministicInputs>,
): Promise<readonly number[]> => {
  const completed = new Set(events.flatMap((event) => (event.type === "told" ? [event.number] : [])));
  const isCompleted = (event: Event): boolean => {
    if (!("place" in event)) return true;
    const number = Number.parseInt(event.place, 10);
    return Number.isNaN(number) || completed.has(number);
  };
  const { ending } = await replayEngine(
    { ...inputs(), promptOverrides: promptOverridesOf(fork), signal, modelOf: () => "", observe: () => undefined },
    events.filter(isCompleted),
  );
  if (ending.reason === "divergence") throw divergenceError(ending.error, { discards: true });
  if (ending.reason === "failure") throw ending.error;
  return events.flatMap((event) =>
    event.type === "asked" && event.ask.kind === "propose" && !completed.has(event.number) ? [event.number] : [],
  );
};

const newRecord = (
  request: RunRequest,
  fingerprint: Fingerprint,
  hash: string,
  { cpus, memoryBytes, gpus }: Environment,
) => ({
  ...fingerprint,
  version: version(),
  started: new Date(request.startedAt).toISOString(),
  config: recordedConfigOf(request, request.folders.logs),
  source: movedSource(request.raw.source, (path) => fromRun(request.folders.logs, path)),
  data: fromRun(request.folders.logs, request.dataFolder),
  workspace: fromRun(request.folders.logs, request.folders.workspace),
  seed: request.config.seed,
  hardware: { cpus, memoryBytes, gpus },
  node: process.versions.node,
  setup: hash,
  earlier: [],
  ...(request.fork === undefined ? {} : { fork: request.fork }),
  ...(request.searchOf === undefined ? {} : { searchOf: fromRun(request.folders.logs, request.searchOf) }),
  ...(request.origin === undefined ? {} : { origin: request.origin }),
});
