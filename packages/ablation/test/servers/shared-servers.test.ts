import type { Host, SharedServer } from "@aide-ts/plugin";
import { readyBackend, type Plugins } from "@aide-ts/run";
import { ScriptedBackend } from "@aide-ts/testing";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { sharedWith, SharedServers, withServers, WorkerCommand } from "../../src/index.ts";

/** A server that starts at a port of its own, and may die. */
let alive: Set<string>;
let started: string[];
let made: unknown[];

beforeEach(() => {
  alive = new Set();
  started = [];
  made = [];
});

interface Options {
  readonly model: string;
  readonly url?: string;
}

const optionsOf = (options: unknown): Options => {
  if (typeof options !== "object" || options === null || !("model" in options)) throw new Error("no options");
  return { model: String(options.model), ...("url" in options ? { url: String(options.url) } : {}) };
};

const plugin = {
  share: async (options: unknown): Promise<SharedServer<Options> | undefined> => {
    const { model, url } = optionsOf(options);
    if (model === "embedded") return undefined;
    if (url !== undefined && !alive.has(url)) throw new Error(`nobody answers at ${url}`);
    if (url !== undefined) return undefined;
    const address = `${model}:${started.length}`;
    started.push(address);
    alive.add(address);
    return {
      options: { model, url: address },
      [Symbol.asyncDispose]: async () => void alive.delete(address),
    };
  },
  create: (options: unknown) => {
    made.push(options);
    return new ScriptedBackend({ reply: () => "" });
  },
};

const pluginsOf = (...models: readonly (string | Options)[]): Pick<Plugins, "backends"> => ({
  backends: new Map(
    models.map((model, at) => [
      at === 0 ? "code" : `role ${at}`,
      readyBackend({ use: "served" }, plugin, typeof model === "string" ? { model } : model),
    ]),
  ),
});

const host: Host = { cacheFolder: "", runFolder: "", env: () => undefined, log: () => undefined };
const { signal } = new AbortController();

describe("shared servers", () => {
  it("are started once for all that ask with the same options, and end together", async () => {
    {
      await using servers = new SharedServers(host, signal);
      const [one, two] = await Promise.all([
        servers.start(pluginsOf("7b")),
        servers.start(pluginsOf("7b", "14b", "embedded")),
      ]);
      expect(started).toEqual(["7b:0", "14b:1"]);
      expect(Object.values(one)).toEqual([{ model: "7b", url: "7b:0" }]);
      expect(Object.values(two)).toHaveLength(2);
      const { backends } = withServers(pluginsOf("7b", "embedded"), one);
      for (const backend of backends.values()) backend.create(host);
      expect(made).toEqual([{ model: "7b", url: "7b:0" }, { model: "embedded" }]);
      // What is recorded of a run names no server that was started for the day.
      expect([...backends.values()].map(({ options }) => options)).toEqual([{ model: "7b" }, { model: "embedded" }]);
      expect(alive.size).toBe(2);
    }
    expect(alive.size).toBe(0);
  });

  it("say which one cannot be reached", async () => {
    await using servers = new SharedServers(host, signal);
    await expect(servers.start(pluginsOf({ model: "7b", url: "elsewhere" }))).rejects.toThrow(
      "nobody answers at elsewhere",
    );
  });
});

describe("the command of workers", () => {
  const workers = (processesHere: number | undefined, launchFolder = mkdtempSync(join(tmpdir(), "aide-workers-"))) =>
    new WorkerCommand({
      command: ["aide", "cells", "root"],
      opened: [{ plugins: { ...rest, ...pluginsOf("7b") } }, { plugins: { ...rest, ...pluginsOf("embedded") } }],
      launcher: { processesHere },
      launchFolder,
      host,
      signal,
    });

  it("names the servers that were started for them, in a file that only their user reads", async () => {
    await using command = workers(64);
    const [aide, cells, root, flag, file = "", scripts, count] = await command.get();
    expect([aide, cells, root, flag, scripts, count]).toEqual([
      "aide",
      "cells",
      "root",
      "--servers",
      "--scripts",
      String(availableParallelism()),
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.values(JSON.parse(readFileSync(file, "utf8")))).toEqual([{ model: "7b", url: "7b:0" }]);
    const own = new SharedServers(host, signal);
    const shared = await sharedWith({ servers: file, scripts: 2 }, own);
    expect(Object.values((await shared.servers?.({ ...rest, ...pluginsOf("7b") })) ?? {})).toEqual([
      { model: "7b", url: "7b:0" },
    ]);
    expect(shared.turns?.atOnce).toBe(2);
    expect(started).toEqual(["7b:0"]);
  });

  it("keeps a server between launches, and replaces one that died", async () => {
    await using command = workers(2);
    await command.get();
    await command.get();
    expect(started).toEqual(["7b:0"]);
    alive.clear();
    const [, , , , file = ""] = await command.get();
    expect(started).toEqual(["7b:0", "7b:1"]);
    expect(Object.values(JSON.parse(readFileSync(file, "utf8")))).toEqual([{ model: "7b", url: "7b:1" }]);
  });

  it("starts nothing for processes elsewhere: each starts its own, once for all its cells", async () => {
    await using command = workers(undefined);
    expect(await command.get()).toEqual(["aide", "cells", "root"]);
    expect(started).toEqual([]);
    await using own = new SharedServers(host, signal);
    const shared = await sharedWith({}, own);
    for (let cell = 0; cell < 3; cell++) await shared.servers?.({ ...rest, ...pluginsOf("7b") });
    expect(started).toEqual(["7b:0"]);
    expect(shared.turns).toBeUndefined();
  });
});

const never = (): never => {
  throw new Error("nothing of this is used");
};

const rest: Omit<Plugins, "backends"> = {
  search: { use: "", options: {}, operators: [], create: never },
  strategies: [],
  executor: { use: "", options: {}, prepare: never, create: never },
  evaluators: [],
  prompts: {},
};
