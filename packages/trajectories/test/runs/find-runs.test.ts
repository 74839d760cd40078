import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { findRecordedRuns } from "@aide-ts/run/record";
import { temporary, writeRun } from "../made-up.ts";

let root: string;

beforeEach(() => {
  root = temporary();
});

const run = (path: string): string => writeRun(join(root, path), []);
const found = async (...words: readonly string[]) =>
  (await findRecordedRuns(words, root)).map(({ name, folder }) => [name, folder.slice(root.length + 1)]);

describe("runs are found", () => {
  it("below a folder, at any depth, in the order of their numbers", async () => {
    for (const cell of ["hitters/control/seed-10", "hitters/control/seed-2", "boats/control/seed-0"])
      run(`ablations/small/cells/${cell}`);
    expect((await found("ablations/small")).map(([name]) => name)).toEqual([
      "cells/boats/control/seed-0",
      "cells/hitters/control/seed-2",
      "cells/hitters/control/seed-10",
    ]);
  });

  it("by folder, by name, by number, and the newest without", async () => {
    run("logs/0-one");
    run("logs/1-two");
    const one = [["0-one", "logs/0-one"]];
    expect(await found("logs/0-one")).toEqual(one);
    expect(await found(join(root, "logs", "0-one"))).toEqual(one);
    expect(await found("0-one")).toEqual(one);
    expect(await found("0")).toEqual(one);
    expect(await found()).toEqual([["1-two", "logs/1-two"]]);
  });

  it("once, however often they are named, and each under a name of its own", async () => {
    for (const path of ["a/0-one", "b/0-one", "c/0-one"]) run(path);
    expect(await found("a/0-one", "b/0-one", "a", "c")).toEqual([
      ["0-one", "a/0-one"],
      ["0-one-2", "b/0-one"],
      ["0-one-3", "c/0-one"],
    ]);
  });

  it("nowhere in what scripts left, in hidden folders, behind links, and in other runs", async () => {
    run("all/0-one");
    for (const path of ["all/0-one/solutions", "all/workspaces/0-one", "all/.cache/0-two", "all/node_modules/run"])
      run(path);
    symlinkSync(join(root, "all", "0-one"), join(root, "all", "1-link"));
    expect(await found("all")).toEqual([["0-one", "all/0-one"]]);
  });

  it.each([
    ["a folder without runs", "empty", "none below it"],
    ["a folder of a run that was stopped before it began", "logs/0-unbegun", "none below it"],
    ["what is nowhere", "nowhere", 'There is no run "nowhere".'],
    ["a file", "file.tgz", 'There is no run "file.tgz".'],
  ])("and an error says so for %s", async (_what, word, message) => {
    mkdirSync(join(root, "empty", "deeper"), { recursive: true });
    mkdirSync(join(root, "logs", "0-unbegun"), { recursive: true });
    writeFileSync(join(root, "logs", "0-unbegun", "events.jsonl"), "");
    writeFileSync(join(root, "file.tgz"), "");
    await expect(found(word)).rejects.toMatchObject({
      code: "AIDE_RUN_NOT_FOUND",
      fault: "user",
      message: expect.stringContaining(message),
    });
  });
});
