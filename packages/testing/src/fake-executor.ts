import { AideError, type Environment, type Execution, type Executor, type Script } from "@aide-ts/plugin";
import { createHash } from "node:crypto";

/** What a fake script does; everything left out is as if it had run well and written nothing. */
export interface FakeRun extends Partial<Omit<Execution, "id" | "artifacts">> {
  /** Path → content of the files it leaves. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * An executor that runs no Python: what a script does is decided by a function of its code, and so is the execution's id. For tests of everything
 * but execution.
 */
export class FakeExecutor implements Executor {
  readonly scripts: Script[] = [];
  readonly #run: (script: Script) => FakeRun;
  readonly #latency: (number: number) => number;
  readonly #files = new Map<string, Readonly<Record<string, string>>>();

  constructor(run: (script: Script) => FakeRun, latency: (number: number) => number = () => 0) {
    this.#run = run;
    this.#latency = latency;
  }

  async environment(): Promise<Environment> {
    return {
      python: "3.12.0",
      packages: [{ name: "numpy", version: "2.0.0" }],
      cpus: 2,
      memoryBytes: 8 * 2 ** 30,
      gpus: [],
      seconds: 600,
      details: {},
    };
  }

  async execute(script: Script, call: { readonly signal: AbortSignal }): Promise<Execution> {
    call.signal.throwIfAborted();
    const number = this.scripts.push(script);
    const wait = this.#latency(number);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const { files = {}, ...run } = this.#run(script);
    const id = `fake-${numberOf(JSON.stringify(script))}`;
    this.#files.set(id, files);
    return { fate: "ok", output: "", seconds: 0, ...run, id, artifacts: Object.keys(files) };
  }

  async read(execution: Execution, path: string): Promise<Uint8Array> {
    const content = this.#files.get(execution.id)?.[path];
    if (content === undefined) {
      throw new AideError({
        code: "AIDE_ARTIFACT_MISSING",
        message: `${path} is no artifact of ${execution.id}.`,
        fix: "Read one that it lists.",
        fault: "internal",
      });
    }
    return Buffer.from(content);
  }

  async start(): Promise<never> {
    throw new AideError({
      code: "AIDE_PYTHON_ABSENT",
      message: "The fake executor has no Python.",
      fix: "Prepare data with a real one.",
      fault: "internal",
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** A number that follows from a text: the same in every process. */
export const numberOf = (text: string): number =>
  Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 8), 16);
