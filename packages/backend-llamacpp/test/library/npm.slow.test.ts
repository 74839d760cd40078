import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { install } from "../../src/library/install.ts";
import { installationOf } from "../../src/library/lock.ts";
import { Stage } from "./stage.ts";

it("npm itself refuses a binary that is not the one of the lock", { timeout: 120_000 }, async () => {
  using stage = new Stage();
  const wanted = await installationOf({ name: "linux-x64", binaries: ["linux-x64"] });
  const { packages, ...rest } = JSON.parse(wanted.lock);
  const path = "node_modules/@node-llama-cpp/linux-x64";
  const integrity = `sha512-${Buffer.alloc(64).toString("base64")}`;
  const lock = JSON.stringify({ ...rest, packages: { ...packages, [path]: { ...packages[path], integrity } } });
  const folder = join(stage.cacheFolder, "library");
  await expect(install(folder, { ...wanted, lock }, { env: process.env })).rejects.toMatchObject({
    code: "AIDE_LLAMACPP_CHECKSUM",
    facts: { reason: expect.stringContaining("EINTEGRITY") },
  });
  expect(existsSync(folder)).toBe(false);
});
