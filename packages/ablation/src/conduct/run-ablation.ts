import { monotonicClock } from "@aide-ts/core";
import type { OpenedTask } from "@aide-ts/run";
import { pluginHost, version, type RunHost } from "@aide-ts/run/host";
import { execa } from "execa";
import { notGraded } from "../errors.ts";
import { freezePlan } from "../folder/frozen-plan.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import { checkArms } from "../plan/check-arms.ts";
import type { Plan } from "../plan/plan.ts";
import { WorkerCommand } from "../servers/worker-command.ts";
import { conduct } from "./conduct.ts";
import { launchFolderOf, openLauncher } from "./open-launcher.ts";
import { CellWatch, type Progress } from "./progress.ts";

export interface AblationRequest {
  /** As its file has it. */
  readonly plan: Plan;
  /** The ablation's file, absolute. */
  readonly file: string;
  /** The ablation's folder, absolute. */
  readonly root: string;
  /** In place of the file's. */
  readonly launcher: string | undefined;
  readonly jobs: number | undefined;
  readonly addSeeds: number | undefined;
  /** Starts aide in a process of its own: it makes cells and grades. */
  readonly program: readonly string[];
  readonly host: RunHost;
  /** Brings what a machine lacks for the plugins of an arm. */
  readonly makeReady: (plugins: OpenedTask["plugins"]) => Promise<void>;
  readonly notify: (line: string) => void;
  /** What launchers and model servers say. */
  readonly log: (line: string) => void;
  /** How far it is, every other second. */
  readonly observe: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

const lookEveryMs = 2000;

/**
 * Freezes a plan, has its cells made by a launcher and graded, and reads what became of them. Begun again, it continues.
 * @throws what checking, freezing and conducting throw; the signal's reason
 */
export const runAblation = async (request: AblationRequest): Promise<readonly CellOutcome[]> => {
  const { file, root, jobs, addSeeds, program, host, makeReady, notify, log, observe, signal } = request;
  const opened = await checkArms(request.plan, file, host);
  const launchFolder = launchFolderOf(root);
  await using launcher = await openLauncher({ file, use: request.launcher, jobs, root, onProgress: log }, host);
  const plan = await freezePlan(root, request.plan, {
    file,
    version: version(),
    at: new Date(),
    mask: host.secrets.mask,
    addSeeds,
  });
  for (const { plugins } of opened) await makeReady(plugins);
  await using workers = new WorkerCommand({
    command: [...program, "cells", root],
    opened,
    launcher,
    launchFolder,
    host: pluginHost(host, launchFolder, log),
    signal,
  });
  const watch = new CellWatch(plan, root, monotonicClock);
  using _watching = every(lookEveryMs, async () => observe(await watch.look()));
  const outcomes = await conduct({
    plan,
    root,
    launcher,
    command: () => workers.get(),
    launchFolder,
    grade: async (folders) => {
      const [command = "", ...args] = program;
      const { failed } = await execa(command, [...args, "grade", ...folders], {
        cwd: host.cwd,
        cancelSignal: signal,
        reject: false,
        stdout: "ignore",
        stderr: "inherit",
      });
      signal.throwIfAborted();
      if (failed) throw notGraded(root);
    },
    notify,
    signal,
  });
  observe(await watch.look());
  return outcomes;
};

/** Does something again and again, never twice at once; what goes wrong is tried again. */
const every = (ms: number, work: () => Promise<void>): Disposable => {
  let working: Promise<void> | undefined;
  const timer = setInterval(() => {
    working ??= work()
      .catch(() => undefined)
      .finally(() => {
        working = undefined;
      });
  }, ms);
  return { [Symbol.dispose]: () => clearInterval(timer) };
};
