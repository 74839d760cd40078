import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { JobArray } from "./arrays.ts";
import { batchScript } from "./batch-script.ts";
import type { SlurmOptions } from "./options.ts";
import type { QueuedJob } from "./slurm.ts";

const numbersFile = /^array-(\d+)\.numbers$/;

/**
 * Arrays as files of a folder, and the names that they have in the queue. They are written before Slurm is asked, so that whoever comes after a
 * process that was killed finds its jobs by their names and knows what they make.
 */
export class ArrayFiles {
  readonly #folder: string;
  readonly #prefix: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#prefix = `aide-${createHash("sha256").update(folder).digest("hex").slice(0, 10)}-`;
  }

  /** Writes what an array needs, under a number of its own. */
  async write(
    { jobs }: JobArray,
    command: readonly string[],
    options: Pick<SlurmOptions, "setup" | "requeues">,
  ): Promise<{ readonly name: string; readonly script: string; readonly output: string }> {
    const taken = (await readdir(this.#folder)).map((file) => Number(numbersFile.exec(file)?.[1] ?? -1));
    const number = Math.max(-1, ...taken) + 1;
    const numbers = this.#numbersOf(number);
    await writeFileAtomic(numbers, jobs.map((runs) => `${runs.join(" ")}\n`).join(""));
    const script = join(this.#folder, `array-${number}.sh`);
    await writeFileAtomic(script, batchScript(options, { command, numbersFile: numbers }));
    return {
      name: `${this.#prefix}${number}`,
      script,
      // Slurm reads `%` in a path as its own.
      output: `${join(this.#folder, `array-${number}`).replaceAll("%", "%%")}-%a.log`,
    };
  }

  isOurs({ arrayName }: Pick<QueuedJob, "arrayName">): boolean {
    return arrayName.startsWith(this.#prefix);
  }

  /** Numbers of the runs that jobs of ours make. */
  async runsOf(jobs: readonly QueuedJob[]): Promise<ReadonlySet<number>> {
    const byName = Map.groupBy(jobs, ({ arrayName }) => arrayName);
    const numbers = await Promise.all(
      [...byName].map(async ([name, some]) => {
        const lines = await readFile(this.#numbersOf(Number(name.slice(this.#prefix.length))), "utf8").catch(() => "");
        const each = lines.split("\n");
        return some.flatMap(({ index }) =>
          (each[index] ?? "")
            .split(" ")
            .filter((number) => number !== "")
            .map(Number),
        );
      }),
    );
    return new Set(numbers.flat());
  }

  #numbersOf(number: number): string {
    return join(this.#folder, `array-${number}.numbers`);
  }
}
