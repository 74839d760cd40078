import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { taskSuiteConformance } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

taskSuiteConformance({ describe, it }, { plugin, options: {} });

const suite = plugin.create(
  {},
  {
    cacheFolder: "unused",
    runFolder: "unused",
    variables: {},
    env: () => undefined,
    log: () => undefined,
    onProgress: () => undefined,
    python: () => Promise.reject(new Error("No Python is needed.")),
  },
);

describe("the suite", () => {
  it("shows no answer to a run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "suite-"));
    await suite.prepare(["boats"], folder, new AbortController().signal);
    const test = readFileSync(join(folder, "boats", "public", "test.csv"), "utf8");
    expect(test.split("\n")[0]).toBe("boat,length,knots");
  });
});
