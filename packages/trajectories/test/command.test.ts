import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sketchSelfConsistency } from "@aide-ts/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { exportTrajectories } from "../src/index.ts";
import { atifSchema } from "./atif/atif-schema.ts";
import { fenced, inTurn, playedRun, temporary, writeRun } from "./made-up.ts";

const strategies = [sketchSelfConsistency(2)];
const limits = { steps: 1 };
const mixed = await playedRun({ strategies, limits, reply: inTurn(fenced("x = 5"), fenced("x = 0")) });
const failed = await playedRun({ strategies, limits, reply: inTurn(fenced("x = 0"), "no code") });

let root: string;

beforeEach(() => {
  root = temporary();
});

const exported = async (format: string | undefined, out: string | undefined, ...words: readonly string[]) => {
  const [lines, notes]: [string[], string[]] = [[], []];
  const shell = {
    cwd: root,
    out: (text: string) => void lines.push(text),
    err: (text: string) => void notes.push(text),
    signal: new AbortController().signal,
  };
  const code = await exportTrajectories(shell, { format, out }, ...words);
  return { code, lines, notes };
};

const linesOf = (file: string) =>
  readFileSync(join(root, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("aide export trajectories", () => {
  it("writes examples of all runs below a folder", async () => {
    writeRun(join(root, "logs", "0-mixed"), mixed.events);
    writeRun(join(root, "logs", "1-failed"), failed.events);
    expect(await exported(undefined, undefined, "logs")).toEqual({
      code: 0,
      lines: ["trajectories-sft.jsonl   1 example of 2 runs, 1 of which gave none"],
      notes: [],
    });
    expect(linesOf("trajectories-sft.jsonl")).toMatchObject([
      { messages: [{ role: "user" }, { role: "assistant" }], metadata: { run: "0-mixed", seed: 7, ended: true } },
    ]);
  });

  it("writes pairs, and tells what makes none", async () => {
    writeRun(join(root, "logs", "0-mixed"), mixed.events);
    writeRun(join(root, "logs", "1-failed"), failed.events);
    expect(await exported("dpo", "out/pairs.jsonl", "logs")).toEqual({
      code: 0,
      lines: [
        "out/pairs.jsonl   1 pair of 2 runs, 1 of which gave none",
        "left out   of answers to one prompt 1 with the same outcome",
      ],
      notes: [],
    });
    expect(linesOf("out/pairs.jsonl")).toMatchObject([{ metadata: { reason: "valid-over-failed", margin: null } }]);
  });

  it("writes a trajectory for each run, under its name", async () => {
    writeRun(join(root, "small", "cells", "boats", "control", "seed-0"), mixed.events);
    writeRun(join(root, "small", "cells", "boats", "treated", "seed-0"), failed.events);
    expect(await exported("atif", undefined, "small")).toMatchObject({
      code: 0,
      lines: ["trajectories   2 runs, a file for each"],
    });
    for (const arm of ["control", "treated"]) {
      const text = readFileSync(join(root, "trajectories", "cells", "boats", arm, "seed-0.json"), "utf8");
      expect(atifSchema.parse(JSON.parse(text)).session_id).toBe(`cells/boats/${arm}/seed-0`);
    }
  });

  it("marks a run that has not ended, and says so", async () => {
    writeRun(join(root, "0-open"), mixed.events.slice(0, -1));
    expect(await exported("sft", undefined, "0-open")).toMatchObject({
      code: 0,
      notes: ["note     0-open has not ended: it is exported as far as its log goes, and marked."],
    });
    expect(linesOf("trajectories-sft.jsonl")).toMatchObject([{ metadata: { ended: false } }]);
  });

  it.each([
    ["sft", "There is no example to export: no model call led to a valid solution.", { runs: "1" }],
    [
      "dpo",
      "There is no pair to export: no prompt was answered twice for one parent with clearly different outcomes.",
      { runs: "1", "left out": "1 with the same outcome" },
    ],
  ])("leaves no file where %s finds nothing", async (format, message, told) => {
    writeRun(join(root, "0-failed"), failed.events);
    await expect(exported(format, undefined, "0-failed")).rejects.toMatchObject({
      code: "AIDE_TRAJECTORY_NONE",
      fault: "user",
      message,
      facts: told,
    });
    expect(readdirSync(root)).toEqual(["0-failed"]);
  });

  it("leaves a file as it was where a run cannot be read", async () => {
    writeRun(join(root, "logs", "0-mixed"), mixed.events);
    writeFileSync(join(writeRun(join(root, "logs", "1-damaged"), mixed.events), "events.jsonl"), "no\nevents\n");
    writeFileSync(join(root, "kept.jsonl"), "before\n");
    await expect(exported("sft", "kept.jsonl", "logs")).rejects.toMatchObject({ code: "AIDE_EVENTS_DAMAGED" });
    expect(readFileSync(join(root, "kept.jsonl"), "utf8")).toBe("before\n");
    expect(readdirSync(root).toSorted()).toEqual(["kept.jsonl", "logs"]);
  });

  it.each([
    ["an unknown format", "dpoo", undefined, "AIDE_ARGUMENT", 'did you mean "dpo"?'],
    ["a folder in place of a file", "sft", "folder", "AIDE_EXPORT_UNWRITABLE", "cannot be written"],
    ["a file in place of a folder", "atif", "file", "AIDE_EXPORT_UNWRITABLE", "cannot be written"],
    ["a file below a file", "dpo", "file/pairs.jsonl", "AIDE_EXPORT_UNWRITABLE", "cannot be written"],
  ])("refuses %s", async (_what, format, out, code, message) => {
    writeRun(join(root, "0-mixed"), mixed.events);
    mkdirSync(join(root, "folder"));
    writeFileSync(join(root, "file"), "");
    await expect(exported(format, out, "0-mixed")).rejects.toMatchObject({
      code,
      fault: "user",
      message: expect.stringContaining(message),
    });
    expect(existsSync(join(root, "trajectories-sft.jsonl"))).toBe(false);
  });

  it("stops between runs when it is told to", async () => {
    writeRun(join(root, "0-mixed"), mixed.events);
    const shell = { cwd: root, out: () => undefined, err: () => undefined, signal: AbortSignal.abort() };
    await expect(exportTrajectories(shell, { format: "sft", out: undefined }, "0-mixed")).rejects.toMatchObject({
      name: "Stop",
      reason: "user",
    });
    expect(readdirSync(root)).toEqual(["0-mixed"]);
  });
});
