import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AideError, type Launcher, type LauncherHost, type Plugin } from "@aide-ts/plugin";
import type { TestRunner } from "./runner.ts";

export interface LauncherCase<O> {
  readonly plugin: Plugin<"launcher", O>;
  readonly options: O;
  /** What it needs of its host beside what the suite gives. */
  readonly host?: Partial<LauncherHost>;
}

/** As `aide`'s own: makes the runs that it is asked for one after the other, leaves out what another makes, and ends with 130 when it is asked to stop. */
const program = `import { readdirSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
const [folder, work, ...numbers] = process.argv.slice(2);
const mark = (name, text = "") => writeFileSync(folder + "/" + name, text, { flag: "wx" });
const stop = () => { mark("stopped-" + process.pid); process.exit(130); };
process.on("SIGINT", stop).on("SIGTERM", stop);
mark("begun-" + process.pid);
let wait = work === "long" ? 8_000 : 0;
for (const number of numbers) {
  try { mark("taken-" + number); } catch { continue; }
  await sleep(wait);
  wait = 0;
  const here = readdirSync(folder);
  const others = here.filter((name) => name.startsWith("begun-") && !here.includes(name.replace("begun-", "ended-")));
  mark("made-" + number, JSON.stringify({ mark: process.env.AIDE_CONFORMANCE, processes: others.length }));
  await sleep(100);
}
mark("ended-" + process.pid);
process.exitCode = work === "failing" ? 3 : 0;
`;

const runs = [4, 0, 2, 1].map((number) => ({ number, arm: number < 2 ? "one" : "other" }));

/**
 * What every launcher must hold to: each run is made by a process that gets the host's variables, `launch` lasts as long as its processes and not longer,
 * however these end, and stops them when its signal fires.
 */
export const launcherConformance = <O>(
  { describe, it }: TestRunner,
  { plugin, options, host }: LauncherCase<O>,
): void => {
  const opened = async (jobs?: number): Promise<Stage> => {
    const folder = await mkdtemp(join(tmpdir(), "aide-launcher-"));
    await writeFile(join(folder, "program.mjs"), program);
    const launcher = plugin.create(options, {
      cacheFolder: join(folder, "cache"),
      runFolder: folder,
      launchFolder: join(folder, "launch"),
      env: (name) => process.env[name],
      log: () => undefined,
      onProgress: () => undefined,
      jobs,
      ...host,
      variables: { PATH: process.env["PATH"] ?? "", ...host?.variables, AIDE_CONFORMANCE: "given" },
    });
    return stageOf(folder, launcher);
  };
  const never = new AbortController().signal;

  describe(`launcher ${plugin.name}`, () => {
    for (const jobs of [undefined, 1, 3]) {
      it(`has every run made, with ${jobs ?? "its own number of"} processes at a time`, async () => {
        await using stage = await opened(jobs);
        await stage.launch("quick", never);
        assert.deepEqual(await stage.numbers("made"), [0, 1, 2, 4]);
        const { processesHere } = stage.launcher;
        for (const { mark, processes } of await stage.made()) {
          assert.equal(mark, "given", "a process lacks the host's variables");
          assert.ok(
            processes <= (processesHere ?? processes),
            `${processes} processes at a time, not ${processesHere}`,
          );
        }
      });
    }

    it("lasts until no process is left", async () => {
      await using stage = await opened();
      await stage.launch("quick", never);
      const [begun, ended] = [await stage.numbers("begun"), await stage.numbers("ended")];
      assert.ok(begun.length > 0);
      assert.deepEqual(ended, begun);
    });

    it("does not mind how its processes end", async () => {
      await using stage = await opened();
      await stage.launch("failing", never);
      assert.deepEqual(await stage.numbers("made"), [0, 1, 2, 4]);
    });

    it("can launch again", async () => {
      await using stage = await opened();
      await stage.launch("quick", never);
      const { length } = await stage.numbers("begun");
      await stage.launch("quick", never);
      assert.ok((await stage.numbers("begun")).length > length, "nothing was started the second time");
    });

    it("asks its processes to stop when its signal fires, and rejects with its reason once none is left", async () => {
      await using stage = await opened();
      const stop = new AbortController();
      const reason = new Error("enough");
      const launched = stage.launch("long", stop.signal).then(
        () => "it resolved",
        (error: unknown) => error,
      );
      while ((await stage.numbers("taken")).length === 0) await sleep(20);
      // One that comes up just then cannot hear it yet.
      const atWork = await stage.numbers("begun");
      stop.abort(reason);
      assert.equal(await launched, reason);
      const [begun, stopped, ended] = [
        await stage.numbers("begun"),
        await stage.numbers("stopped"),
        await stage.numbers("ended"),
      ];
      for (const process of atWork) assert.ok(stopped.includes(process), `process ${process} was not asked to stop`);
      assert.deepEqual(
        [...stopped, ...ended].toSorted((a, b) => a - b),
        begun,
        "a process is left, or was killed",
      );
    });

    it("starts nothing for a signal that has fired", async () => {
      await using stage = await opened();
      const reason = new Error("before");
      await assert.rejects(stage.launch("quick", AbortSignal.abort(reason)), (error) => error === reason);
      assert.deepEqual(await stage.numbers("begun"), []);
    });

    it("names what it cannot start, or leaves nothing behind of it", async () => {
      await using stage = await opened();
      const command = [join(tmpdir(), "aide-there-is-no-such-program")];
      await stage.launcher.launch({ command, runs }, never).catch((error: unknown) => {
        assert.ok(AideError.is(error), `not an AideError: ${String(error)}`);
      });
      assert.deepEqual(await stage.numbers("begun"), []);
    });
  });
};

interface Stage extends AsyncDisposable {
  readonly launcher: Launcher;
  launch(work: "quick" | "failing" | "long", signal: AbortSignal): Promise<void>;
  /** Of the files of a kind that processes left: numbers of runs, or of processes. */
  numbers(kind: "begun" | "taken" | "made" | "ended" | "stopped"): Promise<readonly number[]>;
  made(): Promise<readonly { readonly mark: string; readonly processes: number }[]>;
}

const stageOf = (folder: string, launcher: Launcher): Stage => {
  const named = async (kind: string): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.startsWith(`${kind}-`));
  return {
    launcher,
    launch: (work, signal) =>
      launcher.launch({ command: [process.execPath, join(folder, "program.mjs"), folder, work], runs }, signal),
    numbers: async (kind) =>
      (await named(kind)).map((name) => Number(name.slice(kind.length + 1))).toSorted((a, b) => a - b),
    made: async () =>
      Promise.all((await named("made")).map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")))),
    [Symbol.asyncDispose]: () => launcher[Symbol.asyncDispose](),
  };
};
