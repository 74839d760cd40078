import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LocalLauncher } from "../src/local-launcher.ts";

let folder: string;
const lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aide-launch-"));
  lines.length = 0;
});

const launcher = (jobs: number): LocalLauncher =>
  new LocalLauncher(jobs, {
    launchFolder: join(folder, "launch"),
    variables: { PATH: process.env["PATH"] ?? "", MARK: "mine" },
    onProgress: (line) => void lines.push(line),
  });

const runs = (...numbers: readonly number[]) => numbers.map((number) => ({ number, arm: "one" }));

const { signal } = new AbortController();

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => void setTimeout(resolve, 20));
};

/** A program that works as written, with `numbers` and `folder` at hand. */
const command = (body: string): readonly string[] => {
  const path = join(folder, "program.mjs");
  writeFileSync(
    path,
    `import { writeFileSync, existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
const [folder, ...numbers] = process.argv.slice(2);
${body}`,
  );
  return [process.execPath, path, folder];
};

describe("the local launcher", () => {
  it("starts as many processes as asked for, each with all numbers, and waits for all of them", async () => {
    const program = command(
      "await sleep(100); writeFileSync(`${folder}/${process.pid}.done`, numbers.join() + process.env.MARK);",
    );
    await launcher(3).launch({ command: program, runs: runs(4, 2, 9, 7) }, signal);
    const done = readdirSync(folder).filter((file) => file.endsWith(".done"));
    expect(done.map((file) => readFileSync(join(folder, file), "utf8"))).toEqual(Array(3).fill("4,2,9,7mine"));
  });

  it("starts no more processes than there are runs", async () => {
    const program = command("writeFileSync(`${folder}/${process.pid}.done`, '');");
    await launcher(8).launch({ command: program, runs: runs(0, 1) }, signal);
    expect(readdirSync(folder).filter((file) => file.endsWith(".done"))).toHaveLength(2);
  });

  it("keeps what they print, and says which ended badly", async () => {
    await launcher(1).launch({ command: command("console.log('at work'); process.exit(3);"), runs: runs(0) }, signal);
    expect(readFileSync(join(folder, "launch", "worker-0.log"), "utf8")).toContain("at work");
    expect(lines).toEqual([expect.stringMatching(/^Process \d+ ended with 3; what it printed: .*worker-0\.log$/)]);
    await launcher(1).launch({ command: command("process.kill(process.pid, 'SIGKILL');"), runs: runs(0) }, signal);
    expect(lines.at(-1)).toContain("ended by SIGKILL");
  });

  it("asks its processes to stop, and rejects once none is left", async () => {
    const stop = new AbortController();
    const program = command(
      "process.on('SIGINT', async () => { await sleep(100); writeFileSync(`${folder}/stopped`, ''); process.exit(130); }); writeFileSync(`${folder}/begun`, ''); await sleep(60_000);",
    );
    const launched = launcher(1).launch({ command: program, runs: runs(0) }, stop.signal);
    await until(() => existsSync(join(folder, "begun")));
    stop.abort(new Error("enough"));
    await expect(launched).rejects.toThrow("enough");
    expect(existsSync(join(folder, "stopped"))).toBe(true);
    expect(lines).toEqual([]);
  });

  it("has its processes stop when it is killed itself", async () => {
    const [program = "", ...args] = command(
      "process.on('SIGINT', () => { writeFileSync(`${folder}/stopped`, ''); process.exit(130); }); writeFileSync(`${folder}/begun`, ''); setInterval(() => undefined, 60_000);",
    );
    const source = new URL("../src/local-launcher.ts", import.meta.url).href;
    const file = join(folder, "launch.mjs");
    writeFileSync(
      file,
      `const { LocalLauncher } = await import(${JSON.stringify(source)});
const host = { launchFolder: ${JSON.stringify(join(folder, "launch"))}, variables: process.env, onProgress: () => undefined };
await new LocalLauncher(2, host).launch(${JSON.stringify({ command: [program, ...args], runs: runs(0) })}, new AbortController().signal);`,
    );
    const launching = spawn(process.execPath, ["--conditions=@aide-ts/source", file], { stdio: "inherit" });
    await until(() => existsSync(join(folder, "begun")));
    launching.kill("SIGKILL");
    await vi.waitFor(() => expect(existsSync(join(folder, "stopped"))).toBe(true), { timeout: 10_000 });
  });

  it("says which program cannot be started", async () => {
    await expect(
      launcher(2).launch({ command: [join(folder, "nowhere")], runs: runs(0, 1) }, signal),
    ).rejects.toMatchObject({ code: "AIDE_LAUNCH_FAILED", message: expect.stringContaining("nowhere") });
  });
});
