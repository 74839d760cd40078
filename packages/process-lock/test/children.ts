import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that runs one of the fixtures. It is killed when it is disposed of. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #exit: Promise<unknown[]>;
  readonly lines: string[] = [];

  constructor(fixture: URL, ...args: readonly string[]) {
    this.#process = spawn(process.execPath, [fileURLToPath(fixture), ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#exit = once(this.#process, "exit");
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => this.lines.push(...text.trim().split("\n")));
  }

  get pid(): number {
    return this.#process.pid!;
  }

  async exit(): Promise<unknown> {
    const [code] = await this.#exit;
    return code;
  }

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#exit;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}

export const until = async (condition: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("it did not come to that");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
