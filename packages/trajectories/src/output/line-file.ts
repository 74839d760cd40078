import { open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { writeAt } from "./write-at.ts";

/** A file of JSON lines that is there once all of them are: until then they are written beside it, and gone where it is not kept. */
export class LineFile implements AsyncDisposable {
  readonly #path: string;
  readonly #part: string;
  readonly #handle: FileHandle;

  private constructor(path: string, part: string, handle: FileHandle) {
    this.#path = path;
    this.#part = part;
    this.#handle = handle;
  }

  /** @throws AIDE_EXPORT_UNWRITABLE */
  static async open(path: string): Promise<LineFile> {
    const part = `${path}.part`;
    return writeAt(path, async () => {
      if ((await stat(path).catch(() => undefined))?.isDirectory() === true) throw new Error("It is a folder.");
      return new LineFile(path, part, await open(part, "w"));
    });
  }

  async append(value: unknown): Promise<void> {
    await this.#handle.appendFile(`${JSON.stringify(value)}\n`);
  }

  async keep(): Promise<void> {
    await this.#handle.sync();
    await rename(this.#part, this.#path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
    await rm(this.#part, { force: true });
  }
}
