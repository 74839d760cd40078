import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, type Launch, type Launcher, type LauncherHost } from "@aide-ts/plugin";
import { ArrayFiles } from "./array-files.ts";
import { arraysOf, type JobArray } from "./arrays.ts";
import { slurmHopeless, slurmRefused, slurmSilent } from "./errors.ts";
import type { SlurmOptions } from "./options.ts";
import { Slurm, type QueuedJob } from "./slurm.ts";

/** What a job waits for that will not come by itself. */
const hopeless =
  /^(BadConstraints|PartitionNodeLimit|PartitionTimeLimit|InvalidAccount|InvalidQOS|DependencyNeverSatisfied|.*PerJobLimit|launch.failed.requeued.held)$/i;

/** How long the controller may be silent: it is restarted now and then. */
const silentMinutes = 30;

/** How often jobs that were cancelled are looked for, a second each. */
const looksAfterCancel = 60;

/** Job arrays of Slurm. Its jobs outlive it: a later launch finds those of an earlier one by their names, and waits for them. */
export class SlurmLauncher implements Launcher {
  readonly #options: SlurmOptions;
  readonly #host: Pick<LauncherHost, "launchFolder" | "onProgress">;
  readonly #throttle: number | undefined;
  readonly #slurm: Slurm;
  readonly #files: ArrayFiles;
  #reported = "";

  constructor(options: SlurmOptions, host: Pick<LauncherHost, "jobs" | "launchFolder" | "variables" | "onProgress">) {
    this.#options = options;
    this.#host = host;
    this.#throttle = host.jobs ?? options.jobs;
    this.#slurm = new Slurm(host.variables, options);
    this.#files = new ArrayFiles(host.launchFolder);
  }

  async launch({ command, runs }: Launch, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await mkdir(this.#host.launchFolder, { recursive: true });
    const most = await this.#slurm.mostJobs();
    let queued = await this.#queue(signal);
    const underWay = await this.#files.runsOf(queued);
    if (underWay.size > 0) this.#host.onProgress(`slurm    ${underWay.size} runs are under way from before`);
    const arrays = arraysOf(
      runs.filter(({ number }) => !underWay.has(number)),
      this.#options,
      most,
    );
    try {
      let next = 0;
      for (;;) {
        while (next < arrays.length && (await this.#submitted(arrays[next], command, queued.length > 0))) {
          next++;
          queued = await this.#queue(signal);
        }
        this.#report(queued, arrays.slice(next));
        if (queued.length === 0 && next === arrays.length) return;
        await this.#refuseHopeless(queued);
        await sleep(this.#options.pollSeconds * 1000, undefined, { signal });
        queued = await this.#queue(signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      await this.#cancel();
      throw signal.reason;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  /** False where it has to wait: arrays that are throttled come one after the other, as Slurm counts for each array by itself. */
  async #submitted(array: JobArray | undefined, command: readonly string[], others: boolean): Promise<boolean> {
    if (array === undefined || (others && this.#throttle !== undefined)) return false;
    const files = await this.#files.write(array, command, this.#options);
    const submitted = await this.#slurm.submit({
      ...files,
      jobs: array.jobs.length,
      resources: array.resources,
      throttle: this.#throttle,
    });
    if (submitted.kind === "too-many" && !others) throw slurmRefused("sbatch", submitted.answer);
    return submitted.kind === "submitted";
  }

  /** Jobs of ours. What is silent for a while may be restarting. */
  async #queue(signal: AbortSignal): Promise<readonly QueuedJob[]> {
    const { pollSeconds } = this.#options;
    const asks = Math.max(2, Math.ceil((60 * silentMinutes) / pollSeconds));
    for (let ask = 1; ; ask++) {
      try {
        return (await this.#slurm.queue()).filter((job) => this.#files.isOurs(job));
      } catch (error) {
        if (ask === 1) this.#host.onProgress(`slurm    ${messageOf(error)} Asked again every ${pollSeconds} s.`);
        if (ask === asks) throw slurmSilent(silentMinutes, messageOf(error));
        await sleep(pollSeconds * 1000, undefined, { signal });
      }
    }
  }

  async #refuseHopeless(queued: readonly QueuedJob[]): Promise<void> {
    if (queued.length === 0 || !queued.every(({ state, reason }) => state === "PENDING" && hopeless.test(reason)))
      return;
    await this.#slurm.cancel(queued);
    throw slurmHopeless([...new Set(queued.map(({ reason }) => reason))]);
  }

  async #cancel(): Promise<void> {
    const { signal } = new AbortController();
    await this.#slurm.cancel(await this.#queue(signal));
    for (let look = 0; look < looksAfterCancel && (await this.#queue(signal)).length > 0; look++) await sleep(1000);
  }

  #report(queued: readonly QueuedJob[], toCome: readonly JobArray[]): void {
    const waiting = queued.filter(({ state }) => state === "PENDING");
    const reasons = [...new Set(waiting.map(({ reason }) => reason).filter((reason) => reason !== "None"))].toSorted();
    const later = toCome.reduce((sum, { jobs }) => sum + jobs.length, 0);
    const parts = [
      `${queued.length - waiting.length} jobs running`,
      `${waiting.length} waiting${reasons.length === 0 ? "" : ` (${reasons.join(", ")})`}`,
      ...(later === 0 ? [] : [`${later} to be submitted`]),
    ];
    const line = `slurm    ${parts.join(", ")}`;
    if (line !== this.#reported) this.#host.onProgress(line);
    this.#reported = line;
  }
}
