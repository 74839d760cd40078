import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AideError } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { disconnected, freePort, ManagedServer } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "aide-managed-"));
const env = { PATH: process.env["PATH"] };

/** A server with a child of its own; both print their process ids. */
const serving = (port: number) =>
  `const { spawn } = require("node:child_process");
   const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
   console.log("pids", process.pid, child.pid);
   setTimeout(() => require("node:http").createServer((_, r) => r.end("ok")).listen(${port}, "127.0.0.1"), 200);`;

const start = (script: string, port: number, more: Partial<Parameters<typeof ManagedServer.start>[0]> = {}) =>
  ManagedServer.start({
    name: "Test",
    command: [process.execPath, "-e", script],
    env,
    logFile: join(folder, `${port}.log`),
    isReady: async (signal) => (await fetch(`http://127.0.0.1:${port}`, { signal })).ok,
    readySeconds: 20,
    graceSeconds: 1,
    say: () => undefined,
    signal: new AbortController().signal,
    ...more,
  });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[2] !== "Z";
  } catch {
    return false;
  }
};

const gone = async (pids: readonly number[]): Promise<boolean> => {
  for (let turn = 0; turn < 100; turn++) {
    if (!pids.some(isAlive)) return true;
    await sleep(50);
  }
  return false;
};

const pidsIn = (text: string): readonly number[] => (/pids (\d+) (\d+)/.exec(text)?.slice(1) ?? []).map(Number);

describe("ManagedServer", () => {
  it("waits until the server answers, and ends it with its children", async () => {
    const port = await freePort();
    const server = await start(serving(port), port);
    expect((await fetch(`http://127.0.0.1:${port}`)).ok).toBe(true);
    expect(server.failure).toBeUndefined();
    const pids = pidsIn(readFileSync(join(folder, `${port}.log`), "utf8"));
    expect(pids.every(isAlive)).toBe(true);
    await server[Symbol.asyncDispose]();
    expect(await gone(pids)).toBe(true);
  });

  it("says how a server died that did not start, with its last words", async () => {
    const port = await freePort();
    const error = await start(`console.error("no such model"); process.exit(3);`, port).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: "AIDE_SERVER_START", message: expect.stringContaining("exit code 3") });
    expect(AideError.is(error) && error.facts["last words"]).toContain("no such model");
  });

  it("gives one up that is not ready in time", async () => {
    const port = await freePort();
    const error = await start("setInterval(() => {}, 1000)", port, { readySeconds: 0.6 }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: "AIDE_SERVER_START",
      message: expect.stringContaining("not ready after 0.6 s"),
    });
  });

  it("says so when a program is not there", async () => {
    const port = await freePort();
    const error = await start("", port, { command: ["no-such-program-here"] }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "AIDE_SERVER_START" });
  });

  it("knows when a server has died, and by what", async () => {
    const port = await freePort();
    await using server = await start(serving(port), port);
    const [pid = 0] = pidsIn(readFileSync(join(folder, `${port}.log`), "utf8"));
    const spent = { prompt: 1, cached: 0, reasoning: 0, answer: 2, estimated: false };
    const broke = AideError.with(disconnected("x", "reset"), { spent });
    expect(await server.deathBehind(broke)).toBeUndefined();
    process.kill(pid, "SIGKILL");
    expect(await server.deathBehind(broke)).toMatchObject({ code: "AIDE_SERVER_DIED", spent });
    expect(await server.deathBehind(new Error("mistake"))).toBeUndefined();
    for (let turn = 0; turn < 100 && server.failure === undefined; turn++) await sleep(20);
    expect(server.failure).toMatchObject({ code: "AIDE_SERVER_DIED", transient: true });
  });

  it("stops starting when its signal fires", async () => {
    const port = await freePort();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(start("setInterval(() => {}, 1000)", port, { signal: stop.signal })).rejects.toThrow("abort");
  });

  it("dies with the process that has started it, however that ends", async () => {
    const port = await freePort();
    const logFile = join(folder, `${port}.log`);
    const owner = spawn(
      process.execPath,
      [
        "--conditions=@aide-ts/source",
        "--input-type=module",
        "-e",
        `import { ManagedServer } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
         await ManagedServer.start({ name: "Test", command: [process.execPath, "-e", ${JSON.stringify(serving(port))}], env: process.env,
           logFile: ${JSON.stringify(logFile)}, readySeconds: 20, graceSeconds: 1, say: () => undefined, signal: new AbortController().signal,
           isReady: async () => (await fetch("http://127.0.0.1:${port}")).ok });
         console.log("ready"); setInterval(() => {}, 1000);`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(owner.stdout, "data");
    const pids = pidsIn(readFileSync(logFile, "utf8"));
    expect(pids.every(isAlive)).toBe(true);
    owner.kill("SIGKILL");
    try {
      expect(await gone(pids)).toBe(true);
    } finally {
      for (const pid of pids.filter(isAlive)) process.kill(pid, "SIGKILL");
    }
  });
});
