import { createHash } from "node:crypto";

const block = 2048;
const kept = 4096;

/** Hashes of a prompt's first 2,048 characters, first 4,096, and so on to its end. */
export const prefixesOf = (prompt: string): readonly string[] => {
  const hash = createHash("sha1");
  const prefixes: string[] = [];
  for (let at = 0; at < prompt.length; at += block) {
    hash.update(prompt.slice(at, at + block));
    prefixes.push(hash.copy().digest("base64"));
  }
  return prefixes;
};

/** The prompts' beginnings that a server has seen lately. */
export class SeenPrefixes {
  readonly #seen = new Set<string>();

  /** How many of the leading blocks it has seen. */
  matching(prefixes: readonly string[]): number {
    const missing = prefixes.findIndex((prefix) => !this.#seen.has(prefix));
    return missing === -1 ? prefixes.length : missing;
  }

  add(prefixes: readonly string[]): void {
    for (const prefix of prefixes) {
      this.#seen.delete(prefix);
      this.#seen.add(prefix);
    }
    for (const oldest of this.#seen) {
      if (this.#seen.size <= kept) break;
      this.#seen.delete(oldest);
    }
  }
}
