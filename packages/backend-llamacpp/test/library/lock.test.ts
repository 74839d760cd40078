import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { installationOf, libraryVersion } from "../../src/library/lock.ts";
import { chooseVariant } from "../../src/library/variants.ts";

const shipped = (name: string) => readFileSync(new URL(`../../library/${name}`, import.meta.url), "utf8");
const cpu = { name: "linux-x64", binaries: ["linux-x64"] };

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
}
const packagesOf = (text: string): readonly (readonly [string, Entry])[] =>
  Object.entries<Entry>(JSON.parse(text).packages).filter(([path]) => path !== "");

describe("the lock of node-llama-cpp", () => {
  it("is of the version that this repository is developed with", async () => {
    const { version } = JSON.parse(
      readFileSync(new URL("../package.json", import.meta.resolve("node-llama-cpp")), "utf8"),
    );
    expect(await libraryVersion()).toBe(version);
  });

  it("has a checksum of every package, and names no registry", () => {
    const packages = packagesOf(shipped("lock.json"));
    expect(packages.length).toBeGreaterThan(50);
    for (const [path, { integrity }] of packages)
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    for (const name of ["lock.json", "sizes.json"]) expect(shipped(name)).not.toMatch(/resolved|tarball|\.tgz/);
  });

  it("gets the binaries of one variant and no others, with their checksums", async () => {
    const { lock, manifest, packages } = await installationOf(cpu);
    const binaries = packagesOf(lock).filter(([path]) => path.includes("@node-llama-cpp/"));
    expect(binaries).toEqual([
      [
        "node_modules/@node-llama-cpp/linux-x64",
        { version: await libraryVersion(), integrity: expect.stringMatching(/^sha512-/) },
      ],
    ]);
    expect(packages).toEqual(["node-llama-cpp", "@node-llama-cpp/linux-x64"]);
    expect(JSON.parse(manifest).dependencies).toEqual(JSON.parse(lock).packages[""].dependencies);
  });

  it("knows what a variant weighs", async () => {
    const small = await installationOf(cpu);
    const large = await installationOf(chooseVariant("cuda", "linux-x64", { nvidia: true, vulkan: false }));
    expect(small.title).toBe(`node-llama-cpp ${await libraryVersion()} (linux-x64)`);
    expect(small.bytes).toBeLessThan(70e6);
    expect(small.unpacked).toBeLessThan(100e6);
    expect(large.bytes).toBeGreaterThan(2 * small.bytes);
  });

  it("refuses a variant whose checksum is not known", async () => {
    await expect(installationOf({ name: "amiga", binaries: ["amiga"] })).rejects.toMatchObject({
      code: "AIDE_LLAMACPP_UNAVAILABLE",
      fix: expect.stringContaining("npm install node-llama-cpp"),
    });
  });
});
