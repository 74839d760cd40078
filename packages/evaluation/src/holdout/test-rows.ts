import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { columnNames, seededRandom, type Roles } from "@aide-ts/core";
import { asLine, formatRow, readRows } from "./rows.ts";

/** A row held back, as a line of the test file. */
export interface HeldRow {
  /** Its id; empty where rows have none. */
  readonly key: string;
  readonly line: string;
  readonly truth: readonly string[];
}

/** The keys of the user's own test rows, in order: ids, or numbers from 0. */
export const testKeys = async (source: string, roles: Roles): Promise<readonly string[]> => {
  const keys: string[] = [];
  if (roles.test === undefined) return keys;
  const idAt = roles.id === undefined ? -1 : columnNames(roles.test).indexOf(roles.id);
  for await (const { record } of readRows(join(source, roles.test.path), roles.test.table.delimiter))
    keys.push(idAt === -1 ? String(keys.length) : (record[idAt] ?? "").trim());
  return keys;
};

/** Gives held rows whose ids are also test rows' fresh ones, beyond every number there is. */
export const freshKeys = (own: readonly string[]): ((key: string) => string) => {
  const taken = new Set(own);
  let next = own.reduce((most, key) => (/^\d{1,15}$/.test(key) ? Math.max(most, Number(key)) : most), 0);
  return (key) => {
    if (!taken.has(key)) {
      taken.add(key);
      return key;
    }
    while (taken.has(String(++next)));
    taken.add(String(next));
    return String(next);
  };
};

/** A place among the rows to predict: the user's own row of that number, or a held one. */
export type Place = { readonly own: number } | { readonly held: HeldRow };

/** Test rows keep their order; held rows come in between, at seeded places. */
export function* mixed(own: number, held: readonly HeldRow[], seed: number): Generator<Place> {
  const random = seededRandom("mix", seed, own, held.length);
  const waiting = held.map((row) => ({ row, at: random() })).sort((a, b) => a.at - b.at);
  let next = 0;
  for (let row = 0; row < own; row++) {
    for (; (waiting[next]?.at ?? 1) < (row + 0.5) / own; next++) yield* asPlace(waiting[next]?.row);
    yield { own: row };
  }
  for (; next < waiting.length; next++) yield* asPlace(waiting[next]?.row);
}

function* asPlace(held: HeldRow | undefined): Generator<Place> {
  if (held !== undefined) yield { held };
}

/** The lines of the mixed test file; the user's own are read as they are needed. */
export async function* mixedLines(
  source: string,
  test: Roles["test"],
  places: Iterable<Place>,
): AsyncGenerator<string> {
  const own = test === undefined ? undefined : readRows(join(source, test.path), test.table.delimiter);
  for (const place of places) {
    if ("held" in place) yield place.held.line;
    else {
      const row = await own?.next();
      if (row?.done === false) yield asLine(row.value.raw);
    }
  }
}

export const writeTable = async (
  file: string,
  columns: readonly string[],
  delimiter: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> => {
  const all = async function* () {
    yield formatRow(columns, delimiter);
    yield* lines;
  };
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Readable.from(all()), createWriteStream(file));
};
