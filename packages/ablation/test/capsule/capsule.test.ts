import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { create, extract } from "tar";
import { beforeEach, describe, expect, it } from "vitest";
import {
  cellsOf,
  freezePlan,
  openCapsule,
  packCapsule,
  readFrozenPlan,
  readOutcome,
  type Plan,
} from "../../src/index.ts";
import { planOf, temporary } from "../made-up.ts";

let folder: string;
let root: string;
let plan: Plan;

beforeEach(async () => {
  folder = temporary();
  root = join(folder, "ablation");
  plan = planOf("/data");
  await freezePlan(root, plan, {
    file: join(folder, "small.yaml"),
    version: "0",
    at: new Date(0),
    mask: (text) => text,
  });
  for (const { folder: cell, task, arm, seed } of cellsOf(plan).slice(0, 3)) {
    mkdirSync(join(root, cell), { recursive: true });
    const record = { task: task.name, arm: arm.name, seed, attempts: [{ kind: "stopped" }] };
    writeFileSync(join(root, cell, "cell.json"), JSON.stringify(record));
    writeFileSync(
      join(root, cell, "grades.json"),
      JSON.stringify({ final: { valid: false, brief: "none" }, solutions: [] }),
    );
    writeFileSync(join(root, cell, "best_submission.csv"), "id,y\n1,2\n");
  }
});

const capsule = (): string => join(folder, "small.tar.zst");
const hash = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

/** A capsule whose files were changed on the way. */
const tampered = async (change: (unpacked: string) => void): Promise<string> => {
  const unpacked = join(folder, "unpacked");
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked);
  await extract({ file: capsule(), cwd: unpacked });
  change(unpacked);
  const path = join(folder, "tampered.tar.zst");
  await create({ gzip: true, cwd: unpacked, file: path }, ["."]);
  return path;
};

describe("a capsule", () => {
  it("does not say whose folder the tasks lay in", async () => {
    const [first] = cellsOf(plan);
    const record = join(first!.folder, "run.json");
    writeFileSync(join(root, record), '{"data_dir": "/home/someone/tasks", "other": "/data"}');
    await packCapsule(root, capsule(), "/home/someone");
    await tampered((unpacked) => {
      expect(readFileSync(join(unpacked, record), "utf8")).toBe('{"data_dir": "~/tasks", "other": "/data"}');
    });
  });

  it("holds what a report needs, no submission, and is the same for the same folder", async () => {
    expect(await packCapsule(root, capsule(), "/home/someone")).toEqual({ files: 7 });
    const first = hash(capsule());
    await packCapsule(root, capsule(), "/home/someone");
    expect(hash(capsule())).toBe(first);
    let unpacked = "";
    {
      await using opened = await openCapsule(capsule());
      unpacked = opened.root;
      expect((await readFrozenPlan(opened.root)).plan).toEqual(plan);
      const [cell] = cellsOf(plan);
      expect(await readOutcome(cell!, opened.root)).toEqual(await readOutcome(cell!, root));
      expect(existsSync(join(opened.root, cell!.folder, "best_submission.csv"))).toBe(false);
    }
    expect(existsSync(unpacked)).toBe(false);
  });

  it.each<[string, (unpacked: string) => void, string]>([
    [
      "a changed byte",
      (at) =>
        writeFileSync(join(at, "plan.json"), readFileSync(join(at, "plan.json"), "utf8").replace("small", "smell")),
      "plan.json has changed",
    ],
    ["a file less", (at) => rmSync(join(at, cellsOf(plan)[0]!.folder, "cell.json")), "is missing"],
    ["a file more", (at) => writeFileSync(join(at, "more.json"), "{}"), "more.json was added"],
    ["no list of its files", (at) => rmSync(join(at, "manifest.json")), "manifest.json"],
  ])("is refused with %s", async (_what, change, problem) => {
    await packCapsule(root, capsule(), "/home/someone");
    await expect(openCapsule(await tampered(change))).rejects.toMatchObject({
      code: "AIDE_CAPSULE_DAMAGED",
      message: expect.stringContaining(problem),
    });
  });

  it("is always refused where some of it is missing", async () => {
    await packCapsule(root, capsule(), "/home/someone");
    const bytes = readFileSync(capsule());
    // Node's compressor ends with an empty frame of 9 bytes, behind the last zeros of the archive: without them no file is missing.
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 16 }), async (length) => {
        const path = join(folder, "short.tar.zst");
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes.subarray(0, length));
        await expect(openCapsule(path)).rejects.toMatchObject({ code: "AIDE_CAPSULE_DAMAGED" });
      }),
      { numRuns: 30 },
    );
  });

  it("of a folder that is no ablation is refused", async () => {
    await expect(packCapsule(folder, capsule(), "/home/someone")).rejects.toMatchObject({
      code: "AIDE_ABLATION_UNREADABLE",
    });
  });
});
