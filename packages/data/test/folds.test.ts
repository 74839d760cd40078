import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseGroups, chooseRandomly, dealGroups, dealRandomly, heldCount } from "../src/split/choose.ts";
import { chooseFolds, chooseFreshFolds, foldCount, freshCount, type Parting } from "../src/split/folds.ts";
import { hintsOf, openReader, prepareFolder, writeFiles, type Opened } from "./folder.ts";

const share = { fraction: 0.2, rows: 20_000 };
const shares = fc.record({
  fraction: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
  rows: fc.integer({ min: 5, max: 500 }),
});

const byClass = (codes: Int32Array | undefined): Parting => ({
  name: "holdout",
  draw: (rows, wanted, random) => chooseRandomly(rows, codes, wanted, random),
  deal: (rows, parts, random) => dealRandomly(rows, codes, parts, random),
});
const byGroup = (groups: Int32Array): Parting => ({
  name: "groups",
  draw: (rows, wanted, random) => chooseGroups(rows, groups, wanted, random),
  deal: (rows, parts, random) => dealGroups(rows, groups, parts, random),
});

describe("folds", () => {
  it("never have a row in common, are about as large as what is held back once, and leave rows to learn from", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 12 }),
        shares,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 5 }),
        (labelled, count, share, seed, classes) => {
          const codes = Int32Array.from({ length: labelled }, (_, row) => row % classes);
          const folds = chooseFolds(labelled, count, share, seed, byClass(codes));
          const wanted = heldCount(labelled, share);
          const all = folds.flat();
          expect(new Set(all).size).toBe(all.length);
          expect(folds.length).toBeLessThanOrEqual(count);
          expect(folds.length > 0).toBe(wanted > 0);
          for (const fold of folds) {
            // Each class gives its share, so that rounding may cost as many rows as there are classes.
            expect(fold.length).toBeGreaterThanOrEqual(wanted / 2 - classes);
            expect(fold.length).toBeLessThanOrEqual(1.5 * wanted + classes);
            expect(fold.length).toBeLessThan(labelled);
          }
        },
      ),
    );
  });

  it("that are fresh are other rows than the search holds back, and share none within a parting", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 400 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(9),
        (labelled, count, seed) => {
          const parting = byClass(undefined);
          const fresh = chooseFreshFolds(labelled, count, share, seed, parting);
          expect(fresh).toHaveLength(count);
          for (let at = 0; at < count; at += 5) {
            const rows = fresh.slice(at, at + 5).flat();
            expect(new Set(rows).size).toBe(rows.length);
          }
          const searched = new Set(chooseFolds(labelled, 5, share, seed, parting).map(String));
          expect(fresh.filter((part) => searched.has(String(part)))).toEqual([]);
        },
      ),
    );
    expect(chooseFreshFolds(3, 5, share, 0, byClass(undefined))).toEqual([]);
  });

  it("that are fresh are twice as many of few rows, and none of many", () => {
    expect([200, 2000, 20_000, 60_000].map((rows) => freshCount("auto", rows))).toEqual([10, 5, 3, 0]);
    expect(freshCount(4, 60_000)).toBe(4);
  });

  it("have of each class about the same number of rows", () => {
    const codes = Int32Array.from({ length: 200 }, (_, row) => (row % 10 === 0 ? 1 : 0));
    for (const fold of chooseFolds(200, 5, share, 0, byClass(codes)))
      expect(fold.filter((row) => codes[row] === 1)).toHaveLength(4);
  });

  it("are all rows, where their number times their share is all, and the first is the one that is held back alone", () => {
    const folds = chooseFolds(101, 5, share, 3, byClass(undefined));
    expect(folds.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, row) => row));
    expect(chooseFolds(101, 1, share, 3, byClass(undefined))).toEqual([folds[0]]);
    expect(chooseFolds(101, 5, share, 4, byClass(undefined))).not.toEqual(folds);
  });

  it("never part a group", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 20, maxLength: 200 }), (groups) => {
        const owner = new Map<number, number>();
        const folds = chooseFolds(groups.length, 5, share, 0, byGroup(Int32Array.from(groups)));
        for (const [number, fold] of folds.entries())
          for (const row of fold) {
            const group = groups[row] ?? -1;
            expect(owner.get(group) ?? number).toBe(number);
            owner.set(group, number);
          }
      }),
    );
  });

  it.each([
    ["auto", 500, 5],
    ["auto", 10_001, 3],
    ["auto", 60_000, 1],
    [7, 60_000, 7],
  ] as const)("%s of %i rows are %i", (wanted, labelled, count) => {
    expect(foldCount(wanted, labelled)).toBe(count);
  });
});

describe("views of the data", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openReader([tmpdir()]);
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  it("hold back a fold each, under which every labelled row is predicted once", async () => {
    const source = mkdtempSync(join(tmpdir(), "aide-folds-"));
    const rows = Array.from({ length: 60 }, (_, at) => `${at},${(at * 37) % 60},${at}.25`);
    await writeFiles(source, { "train.csv": `id,x,y\n${rows.join("\n")}\n`, "test.csv": "id,x\n900,1\n901,2\n" });
    const target = mkdtempSync(join(tmpdir(), "aide-laid-"));
    const { data } = await prepareFolder(opened.reader, source, target, hintsOf("predict y"), { folds: 5 });
    expect(data.folds.map((fold) => fold.data)).toEqual(["fold-2", "fold-3", "fold-4", "fold-5"]);
    const all = [data.heldOut!, ...data.folds.map(({ heldOut }) => heldOut)].flatMap(({ truth }) => [...truth]);
    expect(all.map(([, [label]]) => Number(label)).toSorted((a, b) => a - b)).toEqual(rows.map((_, at) => at + 0.25));
    for (const { data: name, heldOut, submission } of data.folds) {
      const train = readFileSync(join(target, "views", name, "train.csv"), "utf8");
      const test = readFileSync(join(target, "views", name, "test.csv"), "utf8");
      expect(submission.keys).toHaveLength(heldOut.truth.size + 2);
      for (const [key, [label]] of heldOut.truth) {
        expect(train).not.toContain(`,${label}\n`);
        expect(test).toMatch(new RegExp(`^${key},`, "m"));
      }
    }
  });

  it("that are fresh hold back other rows, without their labels", async () => {
    const source = mkdtempSync(join(tmpdir(), "aide-folds-"));
    const rows = Array.from({ length: 60 }, (_, at) => `${at},${(at * 37) % 60},${at}.25`);
    await writeFiles(source, { "train.csv": `id,x,y\n${rows.join("\n")}\n`, "test.csv": "id,x\n900,1\n901,2\n" });
    const target = mkdtempSync(join(tmpdir(), "aide-laid-"));
    const { data } = await prepareFolder(opened.reader, source, target, hintsOf("predict y"), { folds: 5, fresh: 5 });
    expect(data.fresh.map((fold) => fold.data)).toEqual(["fresh-1", "fresh-2", "fresh-3", "fresh-4", "fresh-5"]);
    const partsOf = (parts: readonly { readonly heldOut: { readonly truth: ReadonlyMap<string, unknown> } }[]) =>
      parts.map(({ heldOut }) => [...heldOut.truth.keys()].toSorted().join());
    const searched = new Set([...partsOf(data.folds), ...partsOf([{ heldOut: data.heldOut! }])]);
    expect(partsOf(data.fresh).filter((part) => searched.has(part))).toEqual([]);
    for (const { data: name, heldOut } of data.fresh) {
      const train = readFileSync(join(target, "views", name, "train.csv"), "utf8");
      for (const [, [label]] of heldOut.truth) expect(train).not.toContain(`,${label}\n`);
    }
  });

  it("are none where only the latest rows are like the test rows, and the user is shown why", async () => {
    const source = mkdtempSync(join(tmpdir(), "aide-folds-"));
    const row = (at: number) => `${1990 + Math.floor(at / 10)},${(at * 7919) % 101}`;
    const lines = (from: number, count: number, more: string) =>
      Array.from({ length: count }, (_, at) => `${row(from + at)}${more}`).join("\n");
    await writeFiles(source, {
      "train.csv": `year,x,y\n${lines(0, 120, ",1.5")}\n`,
      "test.csv": `year,x\n${lines(120, 40, "")}\n`,
    });
    const target = mkdtempSync(join(tmpdir(), "aide-laid-"));
    const { data } = await prepareFolder(opened.reader, source, target, hintsOf("predict y"), { folds: 5 });
    expect(data.folds).toEqual([]);
    expect(data.notes).toContain(
      "one part is held back in place of 5 folds: only the latest rows are like the test rows",
    );
  });
});
