import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ProgressEvent } from "@aide-ts/core";
import { tryLock } from "@aide-ts/process-lock";
import type { Turns } from "@aide-ts/plugin";
import {
  isBegun,
  openRecordedTask,
  openTask,
  rawConfigOf,
  runTask,
  takeSearch,
  type Plugins,
  type RunRequest,
} from "@aide-ts/run";
import type { RunHost } from "@aide-ts/run/host";
import { sharedAnswers } from "../sharing/shared-answers.ts";
import { dataKeyOf } from "../sharing/data-key.ts";
import type { Plan } from "../plan/plan.ts";
import { withServers, type ServerOptions } from "../servers/shared-servers.ts";
import { configOf, fileName, inArm, type Cell } from "./cells.ts";
import { isSettled, readCellRecord, readSettled, writeCellRecord } from "./cell-record.ts";
import { endingOf, failureOf, type CellEnding } from "./ending.ts";
import { searchOf } from "./search-of.ts";

export type MadeCell =
  | { readonly kind: "made"; readonly ending: CellEnding }
  /** Nothing is to be done for it any more. */
  | { readonly kind: "settled" }
  /** Another process makes it. */
  | { readonly kind: "busy" };

export interface MakeOptions {
  readonly plan: Plan;
  /** The ablation's own folder. */
  readonly root: string;
  /** The ablation's file: plugins are found from where it stands. */
  readonly file: string;
  readonly host: RunHost;
  /** Model servers that cells share, given the plugins of one. */
  readonly servers?: ((plugins: Plugins) => Promise<ServerOptions>) | undefined;
  /** Where other processes of this machine make cells too. */
  readonly turns?: Turns | undefined;
  /** Of this process: what executors keep for the next cell ends with it. */
  readonly lifetime?: DisposableStack | undefined;
  readonly observe: (event: ProgressEvent) => void;
  readonly notify: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes a cell, or continues one that was stopped or killed. Two processes never make the same one; what goes wrong is part of its record, and
 * never thrown but where the record cannot be written.
 */
export const makeCell = async (cell: Cell, options: MakeOptions): Promise<MadeCell> => {
  const arm = searchOf(options.plan, cell.arm);
  if (arm.name === cell.arm.name) return makeWith(undefined, cell, options);
  const searched = inArm(cell, arm);
  const made = await makeCell(searched, options);
  if (made.kind === "busy") return made;
  const record = await readSettled(join(options.root, searched.folder), options.plan.retries);
  // It will be made again, and this one after it.
  if (record === undefined) return made;
  return makeWith(record.attempts.at(-1)?.kind === "finished" ? searched : undefined, cell, options);
};

/** @param searched a finished cell whose search this one takes over */
const makeWith = async (searched: Cell | undefined, cell: Cell, options: MakeOptions): Promise<MadeCell> => {
  const folder = join(options.root, cell.folder);
  await mkdir(folder, { recursive: true });
  const attempt = await tryLock(join(folder, "cell.lock"));
  if (attempt.kind === "busy") return { kind: "busy" };
  await using _held = attempt;
  const before = (await readCellRecord(folder))?.attempts ?? [];
  const record = { task: cell.task.name, arm: cell.arm.name, seed: cell.seed };
  if (isSettled({ ...record, attempts: before }, options.plan.retries)) return { kind: "settled" };
  const ending = await run(searched, cell, folder, options).catch((error: unknown): CellEnding =>
    options.signal.aborted ? { kind: "stopped" } : failureOf(error),
  );
  await writeCellRecord(folder, { ...record, attempts: [...before, ending] });
  return { kind: "made", ending };
};

/** Where a cell's scripts work. It may go once the cell is graded: grades of solutions on the way need what they left there. */
export const workspaceOf = (root: string, { folder }: Cell): string => join(root, "workspaces", folder);

const run = async (
  searched: Cell | undefined,
  cell: Cell,
  folder: string,
  options: MakeOptions,
): Promise<CellEnding> => {
  const { plan, root, host, servers, turns, lifetime, observe, notify, signal } = options;
  const request = await requestOf(searched, cell, folder, options);
  const sharesSteps = plan.steps === "shared";
  const shared = join(root, sharesSteps ? "steps" : "drafts", fileName(cell.task.name), `seed-${cell.seed}`);
  const answers = plan.drafts === "shared" ? sharedAnswers(shared) : undefined;
  const { ran } = await runTask({
    ...request,
    plugins: withServers(request.plugins, (await servers?.(request.plugins)) ?? {}),
    turns,
    lifetime,
    host,
    notify,
    signal,
    throughBackend: answers?.through,
    sharedFolder: sharesSteps ? join(shared, `scripts-${dataKeyOf(configOf(plan, cell))}`) : undefined,
    observe: (event) => {
      // The first draft is complete.
      if (event.kind === "told" && !sharesSteps) answers?.close();
      observe(event);
    },
  });
  return endingOf(ran);
};

const requestOf = async (
  searched: Cell | undefined,
  cell: Cell,
  folder: string,
  { plan, root, file, host }: MakeOptions,
): Promise<Omit<RunRequest, "host" | "observe" | "notify" | "signal">> => {
  if (await isBegun(folder)) return (await openRecordedTask(folder, host)).request;
  const raw = rawConfigOf(configOf(plan, cell), { kind: "file", path: file }, host);
  const { warnings: _warnings, ...task } = await openTask(raw, host);
  const workspace = workspaceOf(root, cell);
  await mkdir(workspace, { recursive: true });
  const folders = { name: basename(folder), logs: folder, workspace };
  const request = { ...task, folders, startedAt: Date.now() };
  if (searched === undefined) return request;
  const from = join(root, searched.folder);
  await takeSearch(from, folders, host);
  return { ...request, searchOf: from };
};
