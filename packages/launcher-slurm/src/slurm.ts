import { execa } from "execa";
import { slurmMissing, slurmRefused } from "./errors.ts";
import type { Resources, SlurmOptions } from "./options.ts";

/** A job of an array, as the queue shows it. */
export interface QueuedJob {
  /** Of its array. */
  readonly arrayId: string;
  readonly arrayName: string;
  readonly index: number;
  /** PENDING, RUNNING, COMPLETING … */
  readonly state: string;
  /** Why it waits. */
  readonly reason: string;
}

export interface Submission {
  readonly name: string;
  readonly script: string;
  readonly jobs: number;
  readonly resources: Resources;
  /** For what the jobs print; `%a` stands for a job's index. */
  readonly output: string;
  /** At a time. */
  readonly throttle: number | undefined;
}

export type Submitted = { readonly kind: "submitted" } | { readonly kind: "too-many"; readonly answer: string };

/** Slurm's programs. Their plain output is used: that of `--json` changes from version to version. */
export class Slurm {
  readonly #variables: Readonly<Record<string, string>>;
  readonly #options: Pick<SlurmOptions, "account" | "qos" | "warnSeconds">;

  constructor(
    variables: Readonly<Record<string, string>>,
    options: Pick<SlurmOptions, "account" | "qos" | "warnSeconds">,
  ) {
    // What holds for a job that aide itself runs in must not hold for those that it submits.
    this.#variables = Object.fromEntries(
      Object.entries(variables).filter(([name]) => name === "SLURM_CONF" || !name.startsWith("SLURM_")),
    );
    this.#options = options;
  }

  /** The most jobs that an array may have. */
  async mostJobs(): Promise<number> {
    const answer = await this.#ask("scontrol", ["show", "config"]);
    return Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(answer)?.[1] ?? 1001);
  }

  /** @throws AIDE_SLURM_MISSING, AIDE_SLURM_REFUSED where it is not for the number of jobs */
  async submit({ name, script, jobs, resources, output, throttle }: Submission): Promise<Submitted> {
    const { account, qos, warnSeconds } = this.#options;
    const { partition, cpus, memory, gpus, time, sbatch } = resources;
    const given = {
      account,
      qos,
      partition,
      "cpus-per-task": cpus,
      mem: memory,
      gres: gpus === undefined ? undefined : `gpu:${gpus}`,
      time,
      "job-name": name,
      array: `0-${jobs - 1}${throttle === undefined ? "" : `%${throttle}`}`,
      output,
      "open-mode": "append",
      signal: `B:USR1@${warnSeconds}`,
      export: "ALL",
    };
    const args = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`--${key}=${value}`]));
    const { failed, stderr } = await this.#run("sbatch", ["--parsable", "--requeue", ...args, ...sbatch, script]);
    if (!failed) return { kind: "submitted" };
    if (/submit.*limit|MaxSubmit|MaxJobCount/i.test(stderr)) return { kind: "too-many", answer: stderr };
    throw slurmRefused("sbatch", stderr);
  }

  /** Jobs of this user that wait or run. */
  async queue(): Promise<readonly QueuedJob[]> {
    const answer = await this.#ask("squeue", ["-h", "-r", "--me", "-o", "%F|%K|%T|%r|%j"]);
    return answer.split("\n").flatMap((line) => {
      const [arrayId = "", index = "", state = "", reason = "", ...name] = line.split("|");
      return /^\d+$/.test(index) ? [{ arrayId, arrayName: name.join("|"), index: Number(index), state, reason }] : [];
    });
  }

  async cancel(jobs: readonly QueuedJob[]): Promise<void> {
    const arrays = [...new Set(jobs.map(({ arrayId }) => arrayId))];
    if (arrays.length > 0) await this.#ask("scancel", arrays);
  }

  async #ask(program: string, args: readonly string[]): Promise<string> {
    const { failed, stdout, stderr } = await this.#run(program, args);
    if (failed) throw slurmRefused(program, stderr);
    return stdout;
  }

  async #run(program: string, args: readonly string[]) {
    const ran = await execa(program, args, { env: this.#variables, extendEnv: false, reject: false, stdin: "ignore" });
    if (ran.code === "ENOENT") throw slurmMissing(program);
    return ran;
  }
}
