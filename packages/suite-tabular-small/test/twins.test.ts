import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { findScriptsPython } from "../../../tools/vitest/scripts-python.ts";
import plugin from "../src/index.ts";
import { tasks } from "../src/tasks.ts";

const tables = Number(process.env["AIDE_TWINS"] ?? 200);

it(`of ${tables} random tables differ from them in names and units alone`, { timeout: 300_000 }, async () => {
  const python = await findScriptsPython();
  const program = fileURLToPath(new URL("python/verify_twins.py", import.meta.url));
  const { stdout } = await promisify(execFile)(python, ["-B", program, String(tables)]);
  expect(stdout.trim()).toBe(String(tables));
});

it("every task has a twin and a checksum, and sealed ones lie in two halves", () => {
  expect(plugin).toMatchObject({ kind: "task-suite", name: "tabular-small" });
  const originals = tasks.filter(({ twinOf }) => twinOf === undefined);
  expect(tasks.map(({ twinOf }) => twinOf).filter((name) => name !== undefined)).toEqual(
    originals.map(({ name }) => name),
  );
  expect(tasks.filter(({ checksum }) => !/^[0-9a-f]{64}$/.test(checksum ?? ""))).toEqual([]);
  const of = (part: string) => originals.filter((task) => task.part === part);
  expect(of("development").map(({ name }) => name)).toEqual([
    "house-prices",
    "attrition",
    "hitters",
    "chile",
    "txhousing",
  ]);
  for (const half of ["sealed-a", "sealed-b"]) {
    expect(of(half)).toHaveLength(14);
    expect(new Set(of(half).map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(4);
  }
});
