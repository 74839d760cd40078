import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "../release/faults.ts";
import { packAll } from "../release/pack.ts";
import { unpackedSize, type PackedPackage } from "../release/packed-package.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

let packages: readonly PackedPackage[] = [];

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-b"], { cwd: root });
  packages = await packAll(root);
}, 200_000);

/** A package that was added since the last version has no changes to tell yet. */
const isNew = ({ manifest }: PackedPackage): boolean => manifest.version === "0.0.0";

describe("the packages as they would be published", () => {
  it("have nothing wrong with them", () => {
    const faults = packages.flatMap((one) =>
      faultsOf(one, repository.url)
        .filter((fault) => !(isNew(one) && fault === "has no CHANGELOG.md"))
        .map((fault) => `${one.manifest.name} ${fault}`),
    );
    expect(packages.length).toBeGreaterThan(30);
    expect(faults).toEqual([]);
  });

  it("have one version", () => {
    expect(
      new Set(packages.filter((one) => !isNew(one)).map(({ manifest }) => manifest.version)).size,
    ).toBeLessThanOrEqual(1);
  });

  it("have an engine below 400 kB", () => {
    const core = packages.find(({ manifest }) => manifest.name === "@aide-ts/core");
    expect(core === undefined ? Infinity : unpackedSize(core)).toBeLessThan(400_000);
  });
});
