import { rm } from "node:fs/promises";
import { join } from "node:path";
import { AideError } from "@aide-ts/plugin";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dialectRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { describeDataset, inspectInput } from "../src/index.ts";
import { hintsOf, prepareFolder } from "./folder.ts";
import { openVerified, type Verified } from "./verifier.ts";

let opened: Verified;
beforeAll(async () => {
  opened = await openVerified();
});
afterAll(() => opened[Symbol.asyncDispose]());

const kinds = [
  "csv",
  "txt",
  "bak",
  "tsv",
  "json",
  "jsonl",
  "map",
  "parquet",
  "xlsx",
  "sqlite",
  "gz",
  "zip",
  "pkl",
  "npy",
  "md",
] as const;
const columnKinds = ["whole", "fraction", "word", "sentence", "date", "flag", "code", "constant"] as const;

/** A place where the target occurs again. */
interface Copy {
  readonly kind: (typeof kinds)[number];
  readonly content: "everything" | "labels" | "renamed" | "half";
  readonly shuffled: boolean;
  readonly nested: boolean;
}

interface Folder {
  readonly columns: readonly (typeof columnKinds)[number][];
  readonly rows: number;
  readonly target: "number" | "word";
  readonly layout: "single" | "with-test" | "labelled-test" | "labels-apart" | "no-id" | "parquet" | "parts";
  readonly copies: readonly Copy[];
  readonly seed: number;
}

const folders: fc.Arbitrary<Folder> = fc.record({
  columns: fc.array(fc.constantFrom(...columnKinds), { minLength: 1, maxLength: 6 }),
  rows: fc.integer({ min: 24, max: 70 }),
  target: fc.constantFrom("number" as const, "word" as const),
  layout: fc.constantFrom("single", "with-test", "labelled-test", "labels-apart", "no-id", "parquet", "parts"),
  copies: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      content: fc.constantFrom("everything" as const, "labels" as const, "renamed" as const, "half" as const),
      shuffled: fc.boolean(),
      nested: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  seed: fc.nat(1_000_000),
});

/** Numbers that follow from a seed and a place. */
const draw = (seed: number, ...place: readonly number[]): number => {
  let state = seed + 1;
  for (const one of place) state = (Math.imul(state ^ (one + 0x9e37), 0x85ebca6b) ^ (state >>> 13)) >>> 0;
  return (Math.imul(state, 0xc2b2ae35) >>> 0) / 2 ** 32;
};

const cellOf = (
  kind: (typeof columnKinds)[number],
  seed: number,
  row: number,
  column: number,
): string | number | boolean => {
  const random = draw(seed, row, column);
  switch (kind) {
    case "whole":
      return Math.floor(random * 40);
    case "fraction":
      return Math.floor(random * 1e5) / 1000;
    case "word":
      return ["red", "green", "blue", "None"][Math.floor(random * 4)] ?? "";
    case "sentence":
      return `it was, "they" wrote, ${Math.floor(random * 1e4)} times`;
    case "date":
      return new Date(Date.UTC(2020, 0, 1 + Math.floor(random * 700))).toISOString().slice(0, 10);
    case "flag":
      return random < 0.5;
    case "code":
      return `K${Math.floor(random * 1e6)}`;
    case "constant":
      return 1;
  }
};

type Cell = string | number | boolean;
interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The user's tables, and the label of each training row: none of them is like anything else in the folder. */
const tablesOf = ({ columns, rows, target, layout, seed }: Folder) => {
  const names = columns.map((kind, at) => `${kind}${at}`);
  const label = (row: number): Cell =>
    target === "number"
      ? 700_000_000 + Math.floor(draw(seed, row, 999) * 1e8) + 0.5
      : `label-${Math.floor(draw(seed, row, 998) * 1e12)}`;
  const hasId = layout !== "no-id";
  const features = (from: number, count: number): Table => ({
    header: [...(hasId ? ["id"] : []), ...names],
    rows: Array.from({ length: count }, (_, at) => [
      ...(hasId ? [from + at] : []),
      ...columns.map((kind, column) => cellOf(kind, seed, from + at, column)),
    ]),
  });
  const labelled = (from: number, count: number): Table => {
    const { header, rows: cells } = features(from, count);
    return { header: [...header, "outcome"], rows: cells.map((row, at) => [...row, label(from + at)]) };
  };
  const labels = Array.from({ length: rows }, (_, at) => label(at));
  return { features, labelled, labels };
};

const copyOf = ({ content, shuffled }: Copy, full: Table, seed: number): Table => {
  const at = full.header.length - 1;
  const pick = (columns: readonly number[], names?: readonly string[]): Table => ({
    header: names ?? columns.map((column) => full.header[column] ?? ""),
    rows: full.rows.map((row) => columns.map((column) => row[column] ?? "")),
  });
  const table =
    content === "labels"
      ? pick([0, at])
      : content === "renamed"
        ? pick([0, at], [full.header[0] ?? "", "gold"])
        : content === "half"
          ? { header: full.header, rows: full.rows.filter((_, row) => row % 2 === 0) }
          : full;
  return shuffled
    ? {
        ...table,
        rows: table.rows.toSorted(
          (a, b) => draw(seed, Number(String(a.at(-1)).length), a.join().length) - draw(seed, 1, b.join().length),
        ),
      }
    : table;
};

describe("whatever a folder holds", () => {
  it(
    "no label of a held-back row can be read off what a script, a prompt or an event shows",
    { timeout: 3_600_000 },
    async () => {
      let number = 0;
      const seen = { prepared: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(folders, async (folder) => {
          const source = join(opened.root, `folder-${number}`);
          const laid = join(opened.root, `folder-laid-${number++}`);
          const write = (path: string, kind: string, { header, rows }: Table) =>
            opened.verifier.ask("write", {
              path: join(source, path),
              kind,
              header: [...header],
              rows: rows.map((row) => [...row]),
            });
          const { features, labelled, labels } = tablesOf(folder);
          const full = labelled(0, folder.rows);
          switch (folder.layout) {
            case "single":
              await write("data.csv", "csv", full);
              break;
            case "labels-apart":
              await write("X_train.csv", "csv", features(0, folder.rows));
              await write("y_train.csv", "csv", {
                header: ["id", "outcome"],
                rows: full.rows.map((row) => [row[0] ?? "", row.at(-1) ?? ""]),
              });
              await write("X_test.csv", "csv", features(5000, 15));
              break;
            case "parts":
              await write("train_1.csv", "csv", { ...full, rows: full.rows.slice(0, 10) });
              await write("train_2.csv", "csv", { ...full, rows: full.rows.slice(10) });
              await write("test.csv", "csv", features(5000, 15));
              break;
            case "parquet":
              await write("train.parquet", "parquet", full);
              await write("test.parquet", "parquet", features(5000, 15));
              break;
            default:
              await write("train.csv", "csv", full);
              await write(
                "test.csv",
                "csv",
                folder.layout === "labelled-test" ? labelled(5000, 15) : features(5000, 15),
              );
          }
          for (const [at, copy] of folder.copies.entries()) {
            const ending = copy.kind === "map" ? "json" : copy.kind === "gz" ? "csv.gz" : copy.kind;
            await write(
              `${copy.nested ? "old/" : ""}backup${at}.${ending}`,
              copy.kind,
              copyOf(copy, full, folder.seed),
            );
          }
          const prepared = await prepareFolder(opened.reader, source, laid, hintsOf("Predict the outcome"), {
            classes: folder.target === "word",
            seed: folder.seed,
          }).catch((error: unknown) => {
            // A refusal keeps every label from scripts as well.
            if (AideError.is(error) && error.fault === "user") return error;
            throw error;
          });
          if (AideError.is(prepared)) {
            seen.refused++;
            expect(["AIDE_LABEL_LEAK", "AIDE_FILE_ROWS"]).toContain(prepared.code);
          } else {
            seen.prepared++;
            const { data, input, roles } = prepared;
            expect(roles.targets).toEqual(["outcome"]);
            const held = [...data.heldOut!.truth.values()].map(([label]) => String(label));
            expect(held.length).toBeGreaterThan(0);
            expect(held.every((label) => labels.map(String).includes(label))).toBe(true);
            expect(await opened.verifier.ask("found_in", { folder: input, canaries: held })).toEqual([]);
            const shown = await inspectInput(opened.reader, input, roles, data.testPath, folder.target === "word");
            const preview = describeDataset(shown.dataset, shown.roles, { characters: 100_000, values: true });
            expect(held.filter((label) => preview.includes(label))).toEqual([]);
            expect(held.filter((label) => data.notes.join().includes(label))).toEqual([]);
          }
          await rm(source, { recursive: true, force: true });
          await rm(laid, { recursive: true, force: true });
        }),
        { numRuns: dialectRuns(20), seed: 20_261_128, endOnFailure: true },
      );
      // A product that refuses everything leaks nothing and is worth nothing.
      expect(seen.prepared).toBeGreaterThan(0.9 * (seen.prepared + seen.refused));
    },
  );
});
