import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { shortDigest } from "@aide-ts/core";
import type { HeldOut } from "@aide-ts/plugin";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

/** What a solution answered for each row that a part held back: the row's key → its cells. */
export type Answers = ReadonlyMap<string, readonly string[]>;

/** Where a run keeps them. */
export const predictionsIn = (runFolder: string): string => join(runFolder, "predictions");

const kept = z.array(z.array(z.tuple([z.string(), z.array(z.string())])));

/**
 * What solutions answered for the rows held back, a file for each program. Scores alone do not tell two solutions apart that the rows would; scripts and prompts
 * never see it.
 */
export class Predictions {
  readonly #folder: string;

  constructor(runFolder: string) {
    this.#folder = predictionsIn(runFolder);
  }

  /** Kept before a program's score is known to anyone, so that it is there whenever that is. */
  async keep(code: string, parts: readonly { readonly answers: Answers; readonly heldOut: HeldOut }[]): Promise<void> {
    const rows = parts.map(({ answers, heldOut }) =>
      [...heldOut.truth.keys()].map((key) => [key, answers.get(key) ?? []]),
    );
    await mkdir(this.#folder, { recursive: true });
    await writeFileAtomic(this.#file(code), JSON.stringify(rows));
  }

  /** Of each part on which the program was scored; none where nothing of it is there. */
  async of(code: string): Promise<readonly Answers[]> {
    const text = await readFile(this.#file(code), "utf8").catch(() => "[]");
    return kept.parse(JSON.parse(text)).map((rows) => new Map(rows));
  }

  #file(code: string): string {
    return join(this.#folder, `${shortDigest(code)}.json`);
  }
}
