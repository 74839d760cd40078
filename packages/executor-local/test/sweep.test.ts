import { spawn } from "node:child_process";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRunning, local, until } from "./local.ts";

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const hanging = `
import os, subprocess, time
child = subprocess.Popen(["setsid", "sleep", "600"])
open("submission/pids", "w").write(f"{os.getpid()} {child.pid}\\n")
time.sleep(600)`;

describe("after a process that died", () => {
  it.runIf(process.platform === "linux")(
    "its scripts are killed and its copies removed, and no one else's",
    async () => {
      const box = await local({ seconds: 60 });
      await using _ = box;
      const other = spawn("sleep", ["60"], { env: { AIDE_EXECUTION: join(box.workspaceFolder, "x000009") } });
      const dying = spawn(
        process.execPath,
        ["--conditions=@aide-ts/source", join(import.meta.dirname, "fixtures/runs.ts"), box.workspaceFolder, hanging],
        { stdio: "inherit" },
      );
      const pids = join(box.workspaceFolder, "x000001/submission/pids");
      await until(async () => (await exists(pids)) && (await readFile(pids, "utf8")).endsWith("\n"), 20_000);
      const left = (await readFile(pids, "utf8")).trim().split(" ").map(Number);
      expect(left.filter(isRunning)).toEqual(left);

      // While its owner lives, another executor leaves it alone.
      const early = await local({ seconds: 60 }, {}, box.workspaceFolder);
      expect(await early.run("print(1)")).toMatchObject({ fate: "ok" });
      await early[Symbol.asyncDispose]();
      expect(left.filter(isRunning)).toEqual(left);

      dying.kill("SIGKILL");
      await until(() => dying.signalCode !== null);
      expect(left.filter(isRunning)).toEqual(left);
      const next = await local({ seconds: 60 }, {}, box.workspaceFolder);
      await using __ = next;
      expect(await next.run("print(1)")).toMatchObject({ fate: "ok" });
      await until(() => left.every((pid) => !isRunning(pid)), 3000);
      expect(await exists(join(box.workspaceFolder, "x000001/input"))).toBe(false);
      expect(isRunning(other.pid!)).toBe(true);
      other.kill("SIGKILL");
    },
  );

  it("a record that names a living process of another time kills nothing", async () => {
    const box = await local({ seconds: 20 });
    await using _ = box;
    const innocent = spawn("sleep", ["60"], { detached: true });
    const records = join(box.workspaceFolder, ".running");
    await mkdir(records, { recursive: true });
    const gone = spawn("true");
    await until(() => gone.exitCode !== null);
    const record = { owner: { pid: gone.pid, start: "long ago" }, runner: { pid: innocent.pid, start: "long ago" } };
    await writeFile(join(records, "x000001.json"), JSON.stringify(record));
    await writeFile(join(records, "x000002.json"), "{");
    const next = await local({ seconds: 20 }, {}, box.workspaceFolder);
    await using __ = next;
    expect(await next.run("print(1)")).toMatchObject({ fate: "ok" });
    expect(isRunning(innocent.pid!)).toBe(true);
    innocent.kill("SIGKILL");
  });
});
