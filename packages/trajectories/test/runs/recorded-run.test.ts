import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { dpoPairs, readRecordedRun, sftExamples } from "../../src/index.ts";
import { playedRun, temporary, writeRun } from "../made-up.ts";

const played = await playedRun();

const written = (more: object = {}, events: readonly Event[] = played.events): string =>
  writeRun(join(temporary(), "0-run"), events, more);

const read = (folder: string) => readRecordedRun({ name: "0-run", folder });

describe("a run that is read from its folder", () => {
  it("has seed and task of its record, and the arm of its cell", async () => {
    const folder = written({ seed: 11, origin: { task: "suite/boats" } });
    writeFileSync(join(folder, "cell.json"), JSON.stringify({ task: "boats", arm: "control", seed: 11, attempts: [] }));
    expect(await read(folder)).toMatchObject({ seed: 11, task: "suite/boats", arm: "control", ended: true });
    expect(await read(written({ origin: { mlebench: "spaceship" } }))).toMatchObject({ task: "spaceship" });
    expect(await read(written({ origin: { task: "/home/ada/boats" } }))).toMatchObject({ task: "boats" });
    expect(await read(written())).toMatchObject({ task: undefined, arm: undefined });
  });

  it("has report scores where it was graded, and none elsewhere", async () => {
    const folder = written();
    const scores = async () => sftExamples(await read(folder)).map(({ metadata }) => metadata.report_score);
    expect(new Set(await scores())).toEqual(new Set([null]));
    const { solutions } = played.run.journal;
    const grades = {
      final: { valid: true, value: 4, score: 0.5 },
      solutions: solutions.map(({ id }) => ({ id, grade: { valid: true, value: 3, error: 0.5, score: 0.7 } })),
    };
    writeFileSync(join(folder, "grades.json"), JSON.stringify(grades));
    expect(new Set(await scores())).toEqual(new Set([3]));
    expect((await read(folder)).reports.final).toEqual({ value: 4, error: undefined });
  });

  it.each([
    ["a grade that is none", { valid: false, brief: "no submission", problem: "" }, undefined],
    ["a report of MLE-bench", { kind: "report", by: "mlebench", report: { score: 0.8 } }, 0.8],
    ["one of an invalid submission", { kind: "report", by: "mlebench", report: { score: null } }, undefined],
    ["a score without a leaderboard", { kind: "unranked", scored: { valid: true, score: 0.7 } }, 0.7],
    ["no grade", { kind: "none", problem: "", fix: "" }, undefined],
  ])("reads %s", async (_what, grade, value) => {
    const folder = written();
    writeFileSync(join(folder, "grades.json"), JSON.stringify({ final: grade, solutions: [] }));
    expect((await read(folder)).reports.final?.value).toBe(value);
  });

  it("may be unfinished, and torn in its last line", async () => {
    const folder = written({}, played.events.slice(0, -1));
    writeFileSync(join(folder, "events.jsonl"), '{"type":"ask', { flag: "a" });
    expect(await read(folder)).toMatchObject({ ended: false });
  });

  it("may have no events yet", async () => {
    const run = await read(written({}, []));
    expect(run.ended).toBe(false);
    expect([...sftExamples(run), ...dpoPairs(run).pairs]).toEqual([]);
  });

  const withoutPrompts = played.events.map((event) =>
    event.type === "effect-started" && event.kind === "generate"
      ? { ...event, details: { role: "code", phase: "code", model: "scripted" } }
      : event,
  );

  it.each([
    [
      "a damaged log",
      "AIDE_EVENTS_DAMAGED",
      (folder: string) => ["events.jsonl", `nothing\n${JSON.stringify(played.events[0])}\n`, folder],
    ],
    ["a damaged record", "AIDE_RUN_UNREADABLE", (folder: string) => ["run.json", "{", folder]],
    ["damaged grades", "AIDE_TRAJECTORY_FILE", (folder: string) => ["grades.json", '{"solutions":[]}', folder]],
    ["a damaged cell", "AIDE_TRAJECTORY_FILE", (folder: string) => ["cell.json", "", folder]],
    [
      "a log without prompts",
      "AIDE_TRAJECTORY_PROMPT",
      (folder: string) => [
        "events.jsonl",
        withoutPrompts.map((event) => `${JSON.stringify(event)}\n`).join(""),
        folder,
      ],
    ],
  ])("is refused with %s", async (_what, code, damage) => {
    const [file = "", text = "", folder = ""] = damage(written());
    writeFileSync(join(folder, file), text);
    await expect(read(folder)).rejects.toMatchObject({ code, fault: "user" });
  });
});
