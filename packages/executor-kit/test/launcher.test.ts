import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Json } from "@aide-ts/plugin";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runner, ScriptExecutor, type Command, type Exit, type LaunchedScript, type Launcher } from "../src/index.ts";

/** A launcher whose scripts are functions: what they return is how they end. */
class FunctionLauncher implements Launcher {
  readonly commands: Command[] = [];
  readonly left: { readonly folder: string; readonly handle: Json | undefined }[] = [];
  closed = false;
  readonly #run: (folder: string, script: Writers) => Promise<Exit>;

  constructor(run: (folder: string, script: Writers) => Promise<Exit>) {
    this.#run = run;
  }

  async script(command: Command, folder: string): Promise<LaunchedScript> {
    this.commands.push(command);
    const writers = { stdout: new PassThrough(), stderr: new PassThrough(), report: new PassThrough() };
    const killed = Promise.withResolvers<Exit>();
    const ran = this.#run(folder, writers);
    // Fails as a launcher does, before there is a process.
    await Promise.race([ran, Promise.resolve()]);
    const close = () => Object.values(writers).forEach((one) => one.end());
    return {
      ...writers,
      ended: Promise.race([ran, killed.promise]).finally(close),
      signal: () => undefined,
      kill: async () => killed.resolve({ code: null, signal: "SIGKILL" }),
      handle: async () => ({ container: "c1" }),
    };
  }

  program(): never {
    throw new Error("no program is started here");
  }

  async killLeft(folder: string, handle: Json | undefined): Promise<void> {
    this.left.push({ folder, handle });
  }

  [Symbol.dispose](): void {
    this.closed = true;
  }
}

interface Writers {
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
  readonly report: PassThrough;
}

const ends = async (_folder: string, { stdout, report }: Writers): Promise<Exit> => {
  report.write('{"started": true}\n{"fate": "ok"}\n');
  stdout.write("done\n");
  return { code: 0, signal: null };
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kit-"));
  await mkdir(join(root, "data"));
  await writeFile(join(root, "data", "data.csv"), "a\n1\n");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const executorOn = (launcher: Launcher): ScriptExecutor =>
  new ScriptExecutor({
    launcher,
    limits: { seconds: 60, grace: 1, outputBytes: 4096, keepWorking: false },
    data: { dataFolder: join(root, "data"), dataView: () => undefined },
    workspaceFolder: join(root, "ws"),
    concurrency: 1,
    env: () => undefined,
    python: async () => ({ python: "/venv/bin/python", version: "3.12.1", packages: [], problems: [] }),
    machine: async () => ({ cpus: 4, memoryBytes: 1000, gpus: [] }),
  });

const { signal } = new AbortController();

describe("a launcher", () => {
  it("starts each script in its folder, with the runner, its memory and its own variables", async () => {
    const seen: string[][] = [];
    const launcher = new FunctionLauncher(async (folder, script) => {
      seen.push(await readdir(folder), await readdir(join(folder, "input")));
      return ends(folder, script);
    });
    await using executor = executorOn(launcher);
    expect(await executor.execute({ code: "x" }, { signal })).toMatchObject({
      id: "x000001",
      fate: "ok",
      output: "done\n",
    });
    expect(seen[0]).toEqual(expect.arrayContaining(["input", "runfile.py", "submission", "working"]));
    expect(seen[1]).toEqual(["data.csv"]);
    const [command] = launcher.commands;
    expect(command).toMatchObject({ program: "/venv/bin/python", args: [runner, "750"] });
    expect(command?.variables).toMatchObject({ OMP_NUM_THREADS: "4", PYTHONHASHSEED: "0" });
    expect(Object.keys(command?.variables ?? {})).not.toContain("USER");
  });

  it.each([
    [Object.assign(new Error("no"), { code: "ENOMEM" }), "AIDE_PROCESS_LIMIT"],
    [Object.assign(new Error("no"), { code: "ENOENT" }), "AIDE_PYTHON_NOT_FOUND"],
  ])("that fails with %s is reported as such", async (failure, code) => {
    await using executor = executorOn(new FunctionLauncher(() => Promise.reject(failure)));
    await expect(executor.execute({ code: "x" }, { signal })).rejects.toMatchObject({ code });
  });

  it("kills what is stopped, and is closed with its executor", async () => {
    const launcher = new FunctionLauncher(() => new Promise(() => undefined));
    const stop = new AbortController();
    {
      await using executor = executorOn(launcher);
      const running = executor.execute({ code: "x" }, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error("stopped")), 50);
      await expect(running).rejects.toThrow("stopped");
      expect(launcher.closed).toBe(false);
    }
    expect(launcher.closed).toBe(true);
  });

  it("is handed what a host that died had recorded, and only that", async () => {
    const records = join(root, "ws", ".running");
    await mkdir(records, { recursive: true });
    const owner = { pid: 2 ** 22 + 1, start: "long ago" };
    await writeFile(join(records, "x000007.json"), JSON.stringify({ owner, runner: { container: "c7" } }));
    await writeFile(join(records, "..x.json"), JSON.stringify({ owner, runner: { container: "c8" } }));
    const launcher = new FunctionLauncher(ends);
    await using executor = executorOn(launcher);
    await executor.execute({ code: "x" }, { signal });
    expect(launcher.left).toEqual([
      { folder: expect.stringMatching(/ws\/x000007$/) as string, handle: { container: "c7" } },
    ]);
  });

  it("names its process in a record while the script runs", async () => {
    const record = () => readFile(join(root, "ws", ".running", "x000001.json"), "utf8");
    const launcher = new FunctionLauncher(async (folder, script) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(JSON.parse(await record())).toMatchObject({ runner: { container: "c1" } });
      return ends(folder, script);
    });
    await using executor = executorOn(launcher);
    expect(await executor.execute({ code: "x" }, { signal })).toMatchObject({ fate: "ok" });
    await expect(record()).rejects.toThrow("ENOENT");
  });
});
