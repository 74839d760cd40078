import { catalogue, pullModel, type PullProgress } from "@aide-ts/backend-llamacpp";
import { findPython } from "@aide-ts/executor-local";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";

/** Pulls a model, telling its size, the free disk and the expected time first, then a bar with the rate. */
export const pullWithProgress = async (name: string, shell: Shell): Promise<string> => {
  const python = await findPython({ env: shell.env });
  const bar = new Bar(shell, catalogue.find((model) => model.name === name)?.title ?? name);
  const file = await pullModel(name, {
    cacheFolder: cacheFolder(shell.env),
    env: shell.env,
    python: python.path,
    signal: shell.signal,
    onProgress: (progress) => bar.show(progress),
  });
  bar.end();
  return file;
};

const size = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;

const cells = 24;
const lineEvery = 5000;

class Bar {
  readonly #shell: Shell;
  readonly #title: string;
  #last = 0;
  #drawn = false;

  constructor(shell: Shell, title: string) {
    this.#shell = shell;
    this.#title = title;
  }

  show(progress: PullProgress): void {
    switch (progress.kind) {
      case "start":
        this.#shell.out(
          `model    ${this.#title}: ${size(progress.bytes - progress.have)} to fetch, ${size(progress.freeBytes)} free, about ${progress.minutes} min on a 50 Mbit/s line`,
        );
        break;
      case "progress":
        this.#draw(progress);
        break;
      case "verify":
        if (progress.bytes === 0) this.#line("checking the checksum");
        break;
      case "source-failed":
        this.#line(`${progress.source}: ${progress.reason}; trying the next source`);
        break;
      case "waiting":
        this.#line(`waiting for the download of process ${progress.pid}`);
        break;
      case "source":
      case "ready":
        break;
    }
  }

  end(): void {
    if (this.#drawn) this.#shell.out("");
    this.#drawn = false;
  }

  #line(text: string): void {
    this.end();
    this.#shell.out(`         ${text}`);
  }

  #draw({ bytes, total, bytesPerSecond }: Extract<PullProgress, { kind: "progress" }>): void {
    const now = performance.now();
    if (now - this.#last < (this.#shell.interactive ? 100 : lineEvery) && bytes < total) return;
    this.#last = now;
    const full = Math.round((cells * bytes) / total);
    const text = `         ${"█".repeat(full)}${"░".repeat(cells - full)} ${size(bytes)} of ${size(total)}, ${size(bytesPerSecond)}/s`;
    if (this.#shell.interactive) {
      process.stdout.write(`\r\u001b[2K${text}`);
      this.#drawn = true;
    } else this.#shell.out(text);
  }
}
