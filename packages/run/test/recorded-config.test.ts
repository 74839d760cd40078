import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unmasked } from "../src/config/masked.ts";
import { Secrets } from "../src/host/index.ts";
import { readRawConfig } from "../src/index.ts";

const folderWith = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "aide-recorded-"));
  mkdirSync(join(folder, "below"));
  writeFileSync(join(folder, "aide.config.yaml"), text);
  return folder;
};

const read = (cwd: string, overrides: Readonly<Record<string, unknown>> = {}) =>
  readRawConfig("search", overrides, { cwd, secrets: new Secrets() });

describe("a config before it is checked", () => {
  it("is the file found upwards, with what the caller gives over it", async () => {
    const folder = folderWith("goal: one\nbudget: { steps: 2, time: 1h }\n");
    const raw = await read(join(folder, "below"), { budget: { steps: 5 } });
    expect(raw.values).toEqual({ goal: "one", budget: { steps: 5, time: "1h" } });
    expect(raw.overrides).toEqual({ budget: { steps: 5 } });
    expect(raw.source).toEqual({ kind: "file", path: join(folder, "aide.config.yaml") });
  });

  it("has the files of prompts from where each is named", async () => {
    const folder = folderWith("prompts: { coder/draft: ./draft.md }\n");
    const raw = await read(join(folder, "below"), { prompts: { "coder/improve": "improve.md" } });
    expect(raw.values["prompts"]).toEqual({
      "coder/draft": join(folder, "draft.md"),
      "coder/improve": join(folder, "below", "improve.md"),
    });
  });

  it("tells one content of its file from another, whatever secrets stand in it", async () => {
    const folder = folderWith("goal: one\nbackend: { apiKey: sk-first-0123456789 }\n");
    const digest = async () => (await read(folder)).file?.digest;
    const first = await digest();
    writeFileSync(join(folder, "aide.config.yaml"), "goal: one\nbackend: { apiKey: sk-other-9876543210 }\n");
    expect(await digest()).toBe(first);
    writeFileSync(
      join(folder, "aide.config.yaml"),
      readFileSync(join(folder, "aide.config.yaml"), "utf8").replace("one", "two"),
    );
    expect(await digest()).not.toBe(first);
  });
});

describe("what a record holds masked", () => {
  const values = { backend: { use: "openai", apiKey: "***", urls: ["http://me:***@host", "x"] }, goal: "y" };

  it("is taken from today's file at the same key", () => {
    const today = { backend: { apiKey: "sk-1", urls: ["http://me:pw@host"] }, goal: "other" };
    expect(unmasked(values, today)).toEqual({
      values: { backend: { use: "openai", apiKey: "sk-1", urls: ["http://me:pw@host", "x"] }, goal: "y" },
      masked: [],
    });
  });

  it("is named where nothing holds it", () => {
    expect(unmasked(values, { backend: { urls: 3 } }).masked).toEqual(["backend.apiKey", "backend.urls.0"]);
  });
});
