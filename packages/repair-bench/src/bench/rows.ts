import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { RepairCase } from "../repair-case.ts";
import { row, type Row } from "../row.ts";
import type { Arm } from "./arms.ts";

const cellOf = (name: string, arm: string): string => JSON.stringify([name, arm]);

/** Rows by case and arm, kept in a file, a line each; of two lines on one cell the later counts. */
export class Rows {
  readonly #file: string;
  readonly #rows = new Map<string, Row>();

  private constructor(file: string, known: readonly Row[]) {
    this.#file = file;
    for (const one of known) this.#rows.set(cellOf(one.case, one.arm), one);
  }

  /** With what the file holds; it and its folder may be missing. */
  static async open(file: string): Promise<Rows> {
    await mkdir(dirname(file), { recursive: true });
    return new Rows(file, rowsIn(await readFile(file, "utf8").catch(() => "")));
  }

  find(name: string, arm: string): Row | undefined {
    return this.#rows.get(cellOf(name, arm));
  }

  has(name: string, arm: string, setup: string): boolean {
    return this.find(name, arm)?.setup === setup;
  }

  /** Takes a cell's row for none; the file keeps its line. */
  drop(name: string, arm: string): void {
    this.#rows.delete(cellOf(name, arm));
  }

  async add(made: Row): Promise<void> {
    this.#rows.set(cellOf(made.case, made.arm), made);
    await appendFile(this.#file, `${JSON.stringify(made)}\n`);
  }

  of(cases: readonly RepairCase[], arms: readonly Arm[]): readonly Row[] {
    return cases.flatMap(({ name }) => arms.flatMap((arm) => this.find(name, arm.name) ?? []));
  }
}

const rowsIn = (text: string): readonly Row[] =>
  text.split("\n").flatMap((line) => {
    // The last line of a benchmark that was killed may be cut off.
    const parsed = line === "" ? undefined : row.safeParse(asJson(line)).data;
    return parsed === undefined ? [] : [parsed];
  });

const asJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
