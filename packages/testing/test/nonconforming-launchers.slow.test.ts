import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { definePlugin, type Launcher, type LauncherHost } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { launcherConformance } from "../src/index.ts";
import { failing } from "./failing.ts";
import { noOptions } from "./fixtures.ts";

type Launch = Launcher["launch"];

/** One process for all runs: what a launcher may do, apart from what is taken away from it. */
const started = ([program = "", ...args]: readonly string[], numbers: readonly number[], host: LauncherHost) =>
  spawn(program, [...args, ...numbers.map(String)], { env: { ...host.variables }, stdio: "ignore" });

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit").catch(() => undefined);

const sound =
  (host: LauncherHost): Launch =>
  async ({ command, runs }, signal) => {
    signal.throwIfAborted();
    const child = started(
      command,
      runs.map(({ number }) => number),
      host,
    );
    const stop = () => child.kill("SIGINT");
    signal.addEventListener("abort", stop);
    await ended(child);
    signal.throwIfAborted();
  };

const ofLauncher = (launch: (host: LauncherHost) => Launch, processesHere?: number) =>
  failing((runner) =>
    launcherConformance(runner, {
      plugin: definePlugin({
        kind: "launcher",
        name: "tested",
        options: noOptions,
        create: (_options, host) => ({
          processesHere,
          launch: launch(host),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
      }),
      options: {},
    }),
  );

describe("the suite for launchers", () => {
  it("finds nothing in one that does as it should", async () => {
    expect(await ofLauncher(sound, 1)).toEqual([]);
  });

  it.each<[string, string, (host: LauncherHost) => Launch]>([
    [
      "does not wait for its processes",
      "lasts until no process is left",
      (host) => async (launch, signal) => {
        const launched = sound(host)(launch, signal);
        await Promise.race([launched, new Promise((resolve) => setTimeout(resolve, 50))]);
      },
    ],
    [
      "drops the variables",
      "has every run made, with 1 processes at a time",
      (host) => sound({ ...host, variables: {} }),
    ],
    [
      "leaves runs out",
      "has every run made, with 1 processes at a time",
      (host) => (launch, signal) => sound(host)({ ...launch, runs: launch.runs.slice(1) }, signal),
    ],
    [
      "fails where a process does",
      "does not mind how its processes end",
      (host) =>
        async ({ command, runs }) => {
          const child = started(
            command,
            runs.map(({ number }) => number),
            host,
          );
          const [code] = await once(child, "exit");
          if (code !== 0) throw new Error("failed");
        },
    ],
    [
      "kills without asking",
      "asks its processes to stop when its signal fires, and rejects with its reason once none is left",
      (host) =>
        async ({ command, runs }, signal) => {
          const child = started(
            command,
            runs.map(({ number }) => number),
            host,
          );
          signal.addEventListener("abort", () => child.kill("SIGKILL"));
          await ended(child);
          signal.throwIfAborted();
        },
    ],
    [
      "looks at the signal too late",
      "starts nothing for a signal that has fired",
      (host) => async (launch, signal) => {
        await sound(host)(launch, new AbortController().signal);
        signal.throwIfAborted();
      },
    ],
    [
      "starts more processes than it says",
      "has every run made, with 3 processes at a time",
      (host) =>
        async ({ command, runs }, signal) => {
          await Promise.all(runs.map(({ number }) => sound(host)({ command, runs: [{ number, arm: "one" }] }, signal)));
        },
    ],
  ])("finds one that %s", { timeout: 30_000 }, async (_what, name, launch) => {
    expect(await ofLauncher(launch, 1)).toContain(name);
  });
});
