import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Host, Json } from "@aide-ts/plugin";

/** What a server was found able to do, kept in the run's folder: a resumed run asks no probe again. */
export class ProbeCache {
  readonly #file: string;

  constructor({ runFolder }: Pick<Host, "runFolder">) {
    this.#file = join(runFolder, "probes.json");
  }

  /** What is kept under `key`, else what `probe` finds. The key names server, version and model. */
  async found(key: string, probe: () => Promise<Json>): Promise<Json> {
    const known = (await this.#read())[key];
    if (known !== undefined) return known;
    const found = await probe();
    const all = { ...(await this.#read()), [key]: found };
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.new`, `${JSON.stringify(all, null, 2)}\n`);
    await rename(`${this.#file}.new`, this.#file);
    return found;
  }

  async #read(): Promise<Readonly<Record<string, Json>>> {
    try {
      const kept: unknown = JSON.parse(await readFile(this.#file, "utf8"));
      return isObject(kept) ? kept : {};
    } catch {
      return {};
    }
  }
}

/** What `JSON.parse` gives of an object holds JSON. */
const isObject = (value: unknown): value is Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
