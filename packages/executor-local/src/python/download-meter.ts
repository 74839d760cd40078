const units = { b: 1, kb: 1e3, kib: 2 ** 10, mb: 1e6, mib: 2 ** 20, gb: 1e9, gib: 2 ** 30 };

/** `Downloading numpy-2.2.6-….whl (16.8 MB)` of pip, `Downloading numpy (16.0MiB)` of uv; what pip has in its cache counts too. */
const announced = /(?:Downloading|Using cached) \S+ \(([\d.]+) ?([kKMG]?i?B)\)/;

/** Reads out of an installer's lines how much is here: a package counts when the next one is begun. */
export class DownloadMeter {
  #done = 0;
  #current = 0;

  /** Bytes of the packages that are here; `undefined` for a line that does not show them. */
  read(line: string): number | undefined {
    const [, size = "", unit = ""] = announced.exec(line) ?? [];
    const isLast = /^\s*(Installing collected packages|Prepared \d+ packages?)/.test(line);
    if (size === "" && !isLast) return undefined;
    this.#done += this.#current;
    this.#current = Number(size) * (Object.entries(units).find(([name]) => name === unit.toLowerCase())?.[1] ?? 0);
    return this.#done;
  }
}
