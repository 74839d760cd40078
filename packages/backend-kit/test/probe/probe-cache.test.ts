import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ProbeCache } from "../../src/index.ts";

const folder = () => mkdtempSync(join(tmpdir(), "aide-probes-"));

it("asks once for each key, in later processes too, and keeps nothing of a probe that failed", async () => {
  const runFolder = folder();
  let asked = 0;
  const probe = async () => ({ found: ++asked });
  await expect(new ProbeCache({ runFolder }).found("a", () => Promise.reject(new Error("down")))).rejects.toThrow(
    "down",
  );
  expect(await new ProbeCache({ runFolder }).found("a", probe)).toEqual({ found: 1 });
  expect(await new ProbeCache({ runFolder }).found("a", probe)).toEqual({ found: 1 });
  expect(await new ProbeCache({ runFolder }).found("b", probe)).toEqual({ found: 2 });
});

it("asks anew where the file cannot be read", async () => {
  const runFolder = folder();
  writeFileSync(join(runFolder, "probes.json"), "{ half");
  expect(await new ProbeCache({ runFolder }).found("a", async () => true)).toBe(true);
});
