import { basename, dirname, join } from "node:path";
import { eventsBefore, withoutOpen, type Event } from "@aide-ts/core";
import type { Message } from "@aide-ts/plugin";
import type { RunHost } from "../host/run-host.ts";
import { createRunFolders } from "../record/folders.ts";
import { readEvents } from "../record/read-events.ts";
import { fromRun, movedSource, writeRecord, type RunRecord } from "../record/record.ts";
import { recordedConfigOf } from "../record/recorded-config.ts";
import { copyEvents, copyPredictions } from "./copy-past.ts";
import type { RecordedTask } from "./recorded-task.ts";
import { unknownPlace } from "./replay.ts";

export interface ForkAt {
  /** The model call that is asked something else. */
  readonly place: string;
  readonly messages: readonly Message[];
}

/** A log up to a call, and what is asked there. */
export interface ForkPoint extends ForkAt {
  readonly past: readonly Event[];
}

/** @throws AIDE_PLACE_UNKNOWN where the log holds no model call there */
export const forkPoint = async ({ request }: RecordedTask, at: ForkAt): Promise<ForkPoint> => {
  const events = readEvents(request.folders.logs);
  const isCall = events.some(
    (event) => event.type === "effect-started" && event.place === at.place && event.kind === "generate",
  );
  const past = isCall ? eventsBefore(events, at.place) : undefined;
  if (past === undefined) throw unknownPlace(at.place, events);
  return { ...at, past };
};

/** Makes the folders of a new run that shares a run's past up to a point; the request continues from there. */
export const forkRun = async (
  { record, request }: RecordedTask,
  { place, messages, past }: ForkPoint,
  { secrets }: Pick<RunHost, "secrets">,
): Promise<RecordedTask["request"]> => {
  const { logs, workspace } = request.folders;
  const name = `${basename(logs).replace(/^\d+-/, "")}-fork`;
  const folders = await createRunFolders(dirname(logs), dirname(workspace), name);
  copyEvents(join(folders.logs, "events.jsonl"), withoutOpen(past), secrets.mask);
  await copyPredictions(logs, folders.logs);
  const startedAt = Date.now();
  const fork = { of: fromRun(folders.logs, logs), at: place, messages };
  const forked: RunRecord = {
    ...record,
    config: recordedConfigOf(request, folders.logs),
    started: new Date(startedAt).toISOString(),
    source: movedSource(request.raw.source, (path) => fromRun(folders.logs, path)),
    data: fromRun(folders.logs, request.dataFolder),
    workspace: fromRun(folders.logs, folders.workspace),
    fork,
  };
  await writeRecord(folders.logs, forked, secrets.mask);
  return { ...request, folders, startedAt, fork };
};
