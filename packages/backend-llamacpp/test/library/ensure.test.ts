import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DownloadProgress } from "@aide-ts/backend-kit";
import { describe, expect, it } from "vitest";
import { ensureLibrary, libraryState } from "../../src/library/ensure.ts";
import { libraryVersion } from "../../src/library/lock.ts";
import { chooseVariant } from "../../src/library/variants.ts";
import { Stage } from "./stage.ts";

const version = await libraryVersion();
const { name } = chooseVariant(false, `${process.platform}-${process.arch}`, { nvidia: false, vulkan: false });
const cached = (stage: Stage) => join(stage.cacheFolder, "llamacpp", `${version}-${name}`);

describe("where node-llama-cpp is taken from", () => {
  it("is this package's own copy, then the project's, and neither is installed", async () => {
    using stage = new Stage();
    const [own, project] = [stage.owner("own", version), stage.owner("project", version)];
    const owners = [own, project];
    expect(await ensureLibrary(stage.request("works", { owners }))).toBe(own);
    rmSync(join(dirname(own), "node_modules"), { recursive: true });
    expect(await ensureLibrary(stage.request("works", { owners }))).toBe(project);
    expect(await libraryState(stage.request("works", { owners }))).toEqual({
      title: `node-llama-cpp ${version} (a dependency)`,
      state: "ready",
    });
    expect(stage.called()).toEqual([]);
  });

  it("is not a copy of another major version", async () => {
    using stage = new Stage();
    const owners = [stage.owner("project", "2.8.16")];
    expect(await ensureLibrary(stage.request("works", { owners }))).toBe(join(cached(stage), "package.json"));
  });

  it("is the cache, which is filled once", async () => {
    using stage = new Stage();
    expect(await libraryState(stage.request("works"))).toEqual({
      title: `node-llama-cpp ${version} (${name})`,
      state: "absent",
    });
    const seen: [string, DownloadProgress][] = [];
    const watched = { onProgress: (title: string, progress: DownloadProgress) => seen.push([title, progress]) };
    const from = await ensureLibrary(stage.request("works"), watched);
    expect(from).toBe(join(cached(stage), "package.json"));
    expect(seen).toEqual([
      [expect.stringContaining(name), expect.objectContaining({ kind: "start", bytes: expect.any(Number) })],
    ]);
    expect(await ensureLibrary(stage.request("dead"))).toBe(from);
    expect(await libraryState(stage.request("dead"))).toMatchObject({ state: "ready" });
    expect(stage.called()).toEqual([expect.stringMatching(/^ci .*--ignore-scripts/)]);
  });
});

describe("an installation that fails", () => {
  it.each([
    ["dead", "AIDE_LLAMACPP_DOWNLOAD", /npm config get registry/],
    ["integrity", "AIDE_LLAMACPP_CHECKSUM", /cache clean/],
    ["refused", "AIDE_LLAMACPP_INSTALL", /npm install node-llama-cpp/],
    ["partly", "AIDE_LLAMACPP_INSTALL", /npm install node-llama-cpp/],
    ["cut", "AIDE_LLAMACPP_INSTALL", /npm install node-llama-cpp/],
  ])("as %s is %s, and the next one begins anew", async (how, code, fix) => {
    using stage = new Stage();
    await expect(stage.ensure(how)).rejects.toMatchObject({
      code,
      fix: expect.stringMatching(fix),
      facts: { reason: expect.any(String) },
    });
    expect(existsSync(cached(stage))).toBe(false);
    await stage.ensure();
    expect(readdirSync(dirname(cached(stage)))).toEqual([`${version}-${name}`]);
  });

  it("for want of npm names the command that does it by hand", async () => {
    using stage = new Stage();
    await expect(ensureLibrary(stage.request("works", { env: { PATH: stage.folder } }))).rejects.toMatchObject({
      code: "AIDE_LLAMACPP_INSTALL",
      message: expect.stringContaining("no npm on the PATH"),
      fix: expect.stringContaining("npm install node-llama-cpp"),
    });
  });

  it("for a cache that cannot be written says which", async () => {
    using stage = new Stage();
    writeFileSync(stage.cacheFolder, "a file where the folder should be");
    await expect(stage.ensure()).rejects.toMatchObject({
      code: "AIDE_LLAMACPP_INSTALL",
      facts: { folder: dirname(cached(stage)) },
    });
  });

  it("ends when it is stopped", async () => {
    using stage = new Stage();
    const stopped = new Error("enough");
    const controller = new AbortController();
    const ended = ensureLibrary(stage.request("slow"), {
      signal: controller.signal,
      onProgress: () => setTimeout(() => controller.abort(stopped), 300),
    });
    await expect(ended).rejects.toBe(stopped);
    expect(existsSync(cached(stage))).toBe(false);
  });
});

describe("a copy in the cache", () => {
  it("that is torn is made again", async () => {
    using stage = new Stage();
    const from = await stage.ensure();
    rmSync(join(dirname(from), "node_modules/@node-llama-cpp"), { recursive: true });
    expect(await stage.ensure()).toBe(from);
    expect(stage.called()).toHaveLength(2);
    expect(existsSync(join(dirname(from), "node_modules/@node-llama-cpp"))).toBe(true);
  });

  it("does not come from what a killed installation left", async () => {
    using stage = new Stage();
    const left = join(`${cached(stage)}.partial`, "node_modules/left");
    mkdirSync(left, { recursive: true });
    const from = await stage.ensure();
    expect(existsSync(join(dirname(from), "node_modules/left"))).toBe(false);
  });

  it("is installed once by two processes that want it at once", async () => {
    using stage = new Stage();
    const waited: string[] = [];
    const other = stage.ensureElsewhere("slow");
    const ours = await ensureLibrary(stage.request("slow"), { onProgress: (_, { kind }) => waited.push(kind) });
    expect(await other).toBe(ours);
    expect(stage.called()).toHaveLength(1);
    expect(waited.length).toBeLessThanOrEqual(1);
  });
});
