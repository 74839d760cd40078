import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { definePlugin } from "@aide-ts/plugin";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openLauncher } from "../../src/index.ts";
import { temporary } from "../made-up.ts";

let folder: string;
const made: unknown[] = [];

const plugin = definePlugin({
  kind: "launcher",
  name: "cluster",
  options: z.strictObject({ partition: z.string().default("main") }),
  create: (options, { jobs, launchFolder }) => {
    made.push({ ...options, jobs, launchFolder });
    return { launch: () => Promise.resolve(), [Symbol.asyncDispose]: () => Promise.resolve() };
  },
});

beforeEach(() => {
  folder = temporary();
  made.length = 0;
});

const open = (launcher: string, use?: string) => {
  const file = join(folder, "some.yaml");
  writeFileSync(file, `tasks: [one]\nseeds: 1\narms: { a: {}, b: { slots: 2 } }\n${launcher}`);
  const builtins = new Map([
    ["launcher:cluster", async () => ({ default: plugin })],
    ["launcher:local", async () => ({ default: { ...plugin, name: "local" } })],
  ]);
  const asked = { file, use, jobs: 3, root: join(folder, "root"), onProgress: () => undefined };
  return openLauncher(asked, { cwd: folder, env: {}, builtins });
};

describe("a launcher", () => {
  it.each([
    ["", undefined, "main"],
    ["launcher: cluster", undefined, "main"],
    ["launcher: { use: cluster, partition: gpu }", undefined, "gpu"],
    ["launcher: { use: cluster, partition: gpu }", "cluster", "gpu"],
    ["launcher: { use: cluster, partition: gpu }", "local", "main"],
  ])(
    "is the file's (%s) or the one asked for (%s), with the options that are its own",
    async (written, use, partition) => {
      await open(written, use);
      expect(made).toEqual([{ partition, jobs: 3, launchFolder: join(folder, "root", "launch") }]);
    },
  );

  it("is refused with options that it does not have", async () => {
    await expect(open("launcher: { use: cluster, queue: gpu }")).rejects.toMatchObject({ code: "AIDE_PLUGIN_OPTIONS" });
    await expect(open("launcher: clster")).rejects.toMatchObject({ code: "AIDE_PLUGIN_NOT_FOUND" });
  });
});
