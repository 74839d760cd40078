import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Launcher } from "@aide-ts/plugin";
import { launcherConformance } from "@aide-ts/testing";
import { beforeEach, describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

launcherConformance({ describe, it }, { plugin, options: { jobs: 2 } });

let folder: string;
const lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "launcher-"));
  lines.length = 0;
});

const launcher = (jobs: number): Launcher =>
  plugin.create(
    { jobs },
    {
      jobs: undefined,
      cacheFolder: folder,
      runFolder: folder,
      launchFolder: join(folder, "launch"),
      variables: { FOLDER: folder },
      env: () => undefined,
      log: () => undefined,
      onProgress: (line) => void lines.push(line),
    },
  );

const runs = [2, 0, 1].map((number) => ({ number, arm: "one" }));
const program = (code: string): readonly string[] => [process.execPath, "-e", code, "--"];

describe("the launcher", () => {
  it.each([1, 3])("makes each run in a process of its own, %i at a time", async (jobs) => {
    const command = program(
      "require('fs').writeFileSync(`${process.env.FOLDER}/${process.pid}.made`, process.argv[1])",
    );
    await launcher(jobs).launch({ command, runs }, new AbortController().signal);
    const made = readdirSync(folder).filter((file) => file.endsWith(".made"));
    expect(made.map((file) => readFileSync(join(folder, file), "utf8")).sort()).toEqual(["0", "1", "2"]);
  });

  it("keeps what they print, and says which ended badly", async () => {
    const command = program("console.log('at work'); process.exit(process.argv[1] === '1' ? 3 : 0)");
    await launcher(1).launch({ command, runs }, new AbortController().signal);
    expect(readFileSync(join(folder, "launch", "run-1.log"), "utf8")).toContain("at work");
    expect(lines).toEqual([expect.stringContaining("Run 1 ended with 3")]);
  });
});
