import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { tryLock } from "../src/index.ts";
import { thisProcess } from "./owners.ts";

const link = vi.hoisted(() => vi.fn<() => Promise<void>>());
vi.mock("node:fs/promises", async (original) => ({ ...(await original<object>()), link }));

it("locks work on file systems without hard links", async () => {
  link.mockRejectedValue(Object.assign(new Error("not permitted"), { code: "EPERM" }));
  const folder = await mkdtemp(join(tmpdir(), "lock-"));
  const path = join(folder, "lock");
  const attempts = await Promise.all([1, 2, 3, 4].map(() => tryLock(path)));
  const [held, ...more] = attempts.filter((attempt) => attempt.kind === "held");
  expect(more).toEqual([]);
  expect(await tryLock(path)).toEqual({ kind: "busy", owner: await thisProcess() });
  await held![Symbol.asyncDispose]();
  expect(await readdir(folder)).toEqual([]);
  expect(link).toHaveBeenCalled();
  await rm(folder, { recursive: true });
});
