import { definePlugin, type PrepareHost } from "@aide-ts/plugin";
import { ScriptedBackend } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Secrets } from "../src/host/index.ts";
import { openConfig, preparePlugins, readRawConfig, type RunHost } from "../src/index.ts";

const backend = (name: string, prepare?: (options: { model: string }, host: PrepareHost) => Promise<void>) =>
  definePlugin({
    kind: "backend",
    name,
    options: z.object({ model: z.string() }),
    ...(prepare === undefined ? {} : { prepare }),
    create: () => new ScriptedBackend({ reply: () => "" }),
  });

const notAsked = (): never => {
  throw new Error("every plugin here is named");
};

const opened = async (plugins: readonly ReturnType<typeof backend>[]) => {
  const host: RunHost = {
    cwd: "/",
    env: { XDG_CACHE_HOME: "/cache", HTTPS_PROXY: "http://proxy" },
    secrets: new Secrets(),
    shorthands: { backendFor: notAsked, chainFor: notAsked, planner: "planner" },
    builtins: new Map<string, () => Promise<unknown>>([
      ...plugins.map((one) => [`backend:${one.name}`, async () => ({ default: one })] as const),
      ["executor:local", () => import("@aide-ts/executor-local")],
      ["search:greedy", () => import("@aide-ts/strategy-tree")],
      ["evaluator:held-out", () => import("@aide-ts/evaluation")],
    ]),
  };
  const [code, ...others] = plugins.map(({ name }) => ({ use: name, model: `of ${name}` }));
  const values = {
    data_dir: "data",
    goal: "y",
    backend: code,
    backends: Object.fromEntries(others.map((one, at) => [`role${at}`, one])),
    strategies: [],
    evaluators: ["held-out"],
  };
  const { plugins: loaded } = await openConfig(await readRawConfig("none", values, host), host);
  return { host, plugins: { backends: loaded.backends } };
};

describe("plugins that bring what a machine lacks", () => {
  it("are asked one after the other, with their options, the cache and the variables, and report how it goes", async () => {
    const seen: string[] = [];
    const slow = backend("slow", async ({ model }, { cacheFolder, variables, onProgress }) => {
      onProgress({ kind: "line", text: `${model} to ${cacheFolder} over ${variables["HTTPS_PROXY"]}` });
      await new Promise((resolve) => setTimeout(resolve, 20));
      onProgress({ kind: "download", bytes: 1, total: 1, bytesPerSecond: 1 });
    });
    const quick = backend("quick", async ({ model }, { onProgress }) => onProgress({ kind: "line", text: model }));
    const { host, plugins } = await opened([slow, backend("ready"), quick]);
    await preparePlugins(plugins, host, {
      signal: new AbortController().signal,
      onProgress: (of, progress) => void seen.push(`${of} ${progress.kind === "line" ? progress.text : progress.kind}`),
    });
    expect(seen).toEqual(["backend of slow to /cache/aide over http://proxy", "backend download", "backend of quick"]);
  });

  it("stop with the signal, and those that follow are not asked", async () => {
    const stop = new AbortController();
    const asked: string[] = [];
    const hangs = backend("hangs", async (_options, { signal }) => {
      stop.abort(new Error("enough"));
      signal.throwIfAborted();
    });
    const { host, plugins } = await opened([hangs, backend("after", async () => void asked.push("after"))]);
    const prepared = preparePlugins(plugins, host, { signal: stop.signal, onProgress: () => undefined });
    await expect(prepared).rejects.toThrow("enough");
    expect(asked).toEqual([]);
  });
});
