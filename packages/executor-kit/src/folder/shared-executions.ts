import { createHash } from "node:crypto";
import { cp, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Execution, Script } from "@aide-ts/plugin";
import { lock } from "@aide-ts/process-lock";
import { z } from "zod";
import { exceptionSchema } from "../ending/report.ts";
import { takeFolder } from "./folder.ts";
import { readJson } from "./json-file.ts";
import { removeTree } from "./remove-tree.ts";

const record = "execution.json";

const kept: z.ZodType<Execution> = z.object({
  id: z.string(),
  fate: z.enum(["ok", "exception", "timeout", "out-of-memory", "crash", "lost"]),
  output: z.string(),
  seconds: z.number().nonnegative(),
  artifacts: z.array(z.string()),
  exception: exceptionSchema.exactOptional(),
});

/** What scripts left in a folder that several runs share, by what they ran: whoever is first runs a script, the others are given what it left and how long it took. */
export class SharedExecutions {
  readonly #folder: string;
  readonly #workspace: string;

  constructor(folder: string, workspaceFolder: string) {
    this.#folder = folder;
    this.#workspace = workspaceFolder;
  }

  /**
   * Runs a script unless a run did with the same limits, and waits where one does at the moment. What was lost with its machine is not kept.
   * @param limits all that decides what a script may do, as JSON holds it
   */
  async once(script: Script, limits: unknown, run: () => Promise<Execution>, signal: AbortSignal): Promise<Execution> {
    await mkdir(this.#folder, { recursive: true });
    const place = join(this.#folder, keyOf(script, limits));
    await using _asked = await lock(`${place}.lock`, { signal });
    const found = await readJson(join(place, record), kept);
    if (found !== undefined) return this.#take(place, found);
    const execution = await run();
    if (execution.fate !== "lost") await this.#keep(place, execution);
    return execution;
  }

  async #take(place: string, execution: Execution): Promise<Execution> {
    const { id, path } = await takeFolder(this.#workspace);
    await cp(join(place, "files"), path, { recursive: true });
    return { ...execution, id };
  }

  /** Whole or not at all, whenever this process is killed. */
  async #keep(place: string, execution: Execution): Promise<void> {
    const part = `${place}.part`;
    await removeTree(part);
    await cp(join(this.#workspace, execution.id), join(part, "files"), { recursive: true });
    await writeFile(join(part, record), JSON.stringify(execution));
    await removeTree(place);
    await rename(part, place);
  }
}

const keyOf = ({ code, files = {}, seconds, data }: Script, limits: unknown): string => {
  const named = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([code, named, seconds ?? null, data ?? null, limits]))
    .digest("hex")
    .slice(0, 32);
};
