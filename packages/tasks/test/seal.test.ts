import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { builtins } from "@aide-ts/builtins";
import {
  changedParts,
  checkSeal,
  currentSetup,
  hashOf,
  namedTask,
  prepareTasks,
  readSeal,
  writeSeal,
  type Setup,
  type TaskStore,
} from "../src/index.ts";
import { storeIn, suiteOf, task, temporary } from "./made-up.ts";

let folder: string;
let store: TaskStore;
const setup: Setup = { "prompt coder/draft": "1", "options strategy:reflection": "2" };
const another: Setup = { ...setup, "prompt coder/draft": "other" };
const at = new Date("2026-11-29T12:00:00Z");
const version = "1.0.0";

beforeEach(async () => {
  folder = temporary();
  store = storeIn(folder);
  const suite = suiteOf([task("open"), task("shut", { part: "sealed-a" })]);
  await prepareTasks("fleet", suite, suite.tasks, store, new AbortController().signal);
});

const run = (name: string, now: Setup, wish: { unseal?: boolean; overridden?: readonly string[] } = {}) =>
  namedTask(
    { task: name, unseal: wish.unseal ?? false, overridden: wish.overridden ?? [] },
    { cwd: folder, store, known: () => Promise.resolve([]), setup: () => Promise.resolve(now), dataRoot: folder },
  );

describe("a sealed task", () => {
  it("runs under the frozen setup alone", async () => {
    await expect(run("shut", setup)).rejects.toMatchObject({ code: "AIDE_SEAL_MISSING" });
    await writeSeal(store, "fleet", setup, { version, at });
    expect((await run("shut", setup)).origin).toEqual({
      task: "fleet/shut",
      part: "sealed-a",
      checksum: expect.any(String),
      setup: hashOf(setup),
    });
    await expect(run("shut", another)).rejects.toMatchObject({
      code: "AIDE_SEAL_BROKEN",
      message: expect.stringContaining("prompt coder/draft"),
    });
    await expect(run("shut", setup, { overridden: ["coder/draft"] })).rejects.toMatchObject({
      code: "AIDE_SEAL_BROKEN",
    });
  });

  it("is exploratory with unseal, and says why", async () => {
    expect((await run("shut", setup, { unseal: true })).origin).toMatchObject({ exploratory: "no setup was frozen" });
    await writeSeal(store, "fleet", setup, { version, at });
    expect((await run("shut", another, { unseal: true })).origin).toMatchObject({
      exploratory: "changed: prompt coder/draft",
    });
    expect((await run("shut", setup, { unseal: true })).origin).not.toHaveProperty("exploratory");
  });

  it("is no matter of tasks for development", async () => {
    expect((await run("open", another)).origin).not.toHaveProperty("setup");
  });
});

describe("a seal", () => {
  it("remembers the ones before, and stays where nothing changed", async () => {
    const first = await writeSeal(store, "fleet", setup, { version, at });
    const again = await writeSeal(store, "fleet", setup, { version, at: new Date("2026-12-01T00:00:00Z") });
    expect(again).toEqual(first);
    const second = await writeSeal(store, "fleet", another, { version, at });
    expect(second.earlier).toEqual([{ sealed: at.toISOString(), version, hash: hashOf(setup) }]);
    expect(await readSeal(store, "fleet")).toEqual(second);
  });

  it("is broken by any part that changes, comes or goes, and by nothing else", () => {
    const setups = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 4 }), {
      maxKeys: 8,
    });
    fc.assert(
      fc.property(setups, setups, (one, other) => {
        const same = Object.keys({ ...one, ...other }).every((key) => one[key] === other[key]);
        expect(changedParts({ setup: one }, other).length === 0).toBe(same);
        expect(hashOf(one) === hashOf(other)).toBe(same);
      }),
    );
  });

  it("covers every prompt and every option of what comes with aide", async () => {
    const parts = await currentSetup(builtins);
    expect(Object.keys(parts)).toEqual(
      expect.arrayContaining([
        "config schema",
        "prompt coder/draft",
        "prompt evaluation/review",
        "prompt reflection/critique",
        "options strategy:self-consistency",
        "options search:uct",
      ]),
    );
    expect(await currentSetup(builtins)).toEqual(parts);
    await writeSeal(store, "fleet", parts, { version, at });
    expect(await checkSeal("fleet/shut", "fleet", store, { setup: parts, overridden: [], unseal: false })).toEqual({
      kind: "sealed",
      hash: hashOf(parts),
    });
  });
});
