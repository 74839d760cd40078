import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findSnapshot,
  findWeights,
  listSnapshots,
  pullSnapshot,
  type SnapshotOptions,
  type SnapshotProgress,
} from "../../src/index.ts";
import { branchCommit, commit, gitOid, sha256, startHub, type FakeHub } from "./hub.ts";
import { files, wanted, weights } from "./model.ts";

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "aide-snapshot-"));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const root = () => join(cache, "models--owner--name");
const blobs = () => join(root(), "blobs");
const partial = () => join(blobs(), `${sha256(weights)}.incomplete`);
const env = (hub: { readonly url: string }, more: Readonly<Record<string, string>> = {}) => ({
  HF_HUB_CACHE: cache,
  HF_ENDPOINT: hub.url,
  ...more,
});
const pull = (hub: FakeHub, options: SnapshotOptions = {}) =>
  pullSnapshot("owner/name", { ...options, env: { ...env(hub), ...options.env } });
const filesAsked = (hub: FakeHub) => hub.asked.filter(({ path }) => path.includes("/resolve/"));
/** Given as yes or no: the difference of large files takes long to print. */
const hasWeights = async (folder: string) => weights.equals(await readFile(join(folder, "model.safetensors")));
const filesBelow = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
const writeUnfinished = async (content: Uint8Array) => {
  await mkdir(blobs(), { recursive: true });
  await writeFile(partial(), content);
};
const startPull = (hub: FakeHub) =>
  spawn(
    process.execPath,
    [
      "--conditions=@aide-ts/source",
      "--input-type=module",
      "-e",
      `import { pullSnapshot } from ${JSON.stringify(new URL("../../src/models/pull.ts", import.meta.url).href)};
       await pullSnapshot("owner/name", ${JSON.stringify({ env: env(hub) })});`,
    ],
    { stdio: "inherit" },
  );

describe("a snapshot", () => {
  it("lies in the cache as Hugging Face's own libraries lay it, without what is not needed", async () => {
    await using hub = await startHub(files);
    const reported: SnapshotProgress[] = [];
    const folder = await pull(hub, { onProgress: (progress) => reported.push(progress) });
    expect(folder).toBe(join(root(), "snapshots", commit));
    expect(await filesBelow(folder)).toEqual(wanted);
    for (const path of wanted) {
      const content = Buffer.from(files[path as keyof typeof files]);
      expect(content.equals(await readFile(join(folder, path)))).toBe(true);
      const blob = content.length >= 1000 ? sha256(content) : gitOid(content);
      expect(await readlink(join(folder, path))).toBe(`${path.includes("/") ? "../" : ""}../../blobs/${blob}`);
    }
    expect(await readFile(join(root(), "refs", "main"), "utf8")).toBe(commit);
    expect((await readdir(root())).sort()).toEqual([".aide", "blobs", "refs", "snapshots"]);
    expect((await readdir(blobs())).filter((name) => name.includes("."))).toEqual([]);
    const bytes = wanted.reduce((sum, path) => sum + Buffer.from(files[path as keyof typeof files]).length, 0);
    expect(reported[0]).toMatchObject({
      kind: "start",
      bytes,
      have: 0,
      files: wanted.length,
      freeBytes: expect.any(Number),
      minutes: expect.any(Number),
    });
    expect(reported.findLast(({ kind }) => kind === "progress")).toMatchObject({ bytes, total: bytes });
    expect(reported.findLast(({ kind }) => kind === "verify")).toMatchObject({ bytes, total: bytes });
    expect(reported.at(-1)).toEqual({ kind: "ready", path: folder });
    expect(
      await findWeights({ model: "owner/name" }, { env: (name) => env(hub)[name as "HF_ENDPOINT"] }),
    ).toMatchObject({ folder, contextTokens: 2048 });
  });

  it("is nothing to do a second time: one request for the commit, no file, no checksum", async () => {
    await using hub = await startHub(files);
    const folder = await pull(hub);
    const before = hub.asked.length;
    const reported: string[] = [];
    expect(await pull(hub, { onProgress: ({ kind }) => reported.push(kind) })).toBe(folder);
    expect(reported).toEqual(["ready"]);
    expect(hub.asked.slice(before).map(({ path }) => path.split("?")[0])).toEqual([
      "/api/models/owner/name/revision/main",
    ]);
    const after = hub.asked.length;
    expect(await pull(hub, { revision: commit })).toBe(folder);
    expect(hub.asked).toHaveLength(after);
  });

  it("is read again where a file changed, and repaired where it is another", async () => {
    await using hub = await startHub(files);
    await pull(hub);
    const sent = hub.sent;
    const blob = join(blobs(), sha256(weights));
    await utimes(blob, new Date(), new Date(1));
    await pull(hub);
    expect(hub.sent).toBe(sent);
    await writeFile(blob, Buffer.alloc(weights.length));
    const folder = await pull(hub);
    expect(await hasWeights(folder)).toBe(true);
    await rm(join(folder, "config.json"));
    await pull(hub);
    expect(await readFile(join(folder, "config.json"), "utf8")).toBe(files["config.json"]);
    expect(hub.sent).toBe(sent + weights.length);
  });

  it("of another commit trusts the blobs that were verified for the first", async () => {
    await using hub = await startHub(files);
    const blob = join(blobs(), sha256(weights));
    const then = new Date(1e12);
    await pull(hub);
    await utimes(blob, then, then);
    await pull(hub);
    const sent = hub.sent;
    // Only who reads it sees the difference.
    await writeFile(blob, Buffer.alloc(weights.length));
    await utimes(blob, then, then);
    await pull(hub, { revision: "v1" });
    expect(hub.sent).toBe(sent);
  });

  it("takes over blobs that another program fetched", async () => {
    await using hub = await startHub(files);
    await mkdir(blobs(), { recursive: true });
    await writeFile(join(blobs(), sha256(weights)), weights);
    await pull(hub);
    expect(filesAsked(hub).filter(({ path }) => path.endsWith("model.safetensors"))).toEqual([]);
  });

  it("of a branch or a pull request has its own ref, and shares blobs", async () => {
    await using hub = await startHub(files);
    await pull(hub);
    const sent = hub.sent;
    const folder = await pull(hub, { revision: "refs/pr/1" });
    expect(folder).toBe(join(root(), "snapshots", branchCommit));
    expect(await pullSnapshot("owner/name@v1", { env: env(hub) })).toBe(folder);
    expect(hub.sent).toBe(sent);
    expect(await readFile(join(root(), "refs", "refs", "pr", "1"), "utf8")).toBe(branchCommit);
    expect(await readFile(join(root(), "refs", "v1"), "utf8")).toBe(branchCommit);
    expect(await findSnapshot("owner/name@v1", env(hub))).toBe(folder);
    expect(await listSnapshots(env(hub))).toMatchObject([
      { name: "owner/name", commit, revisions: ["main"], state: "ready" },
      { name: "owner/name", commit: branchCommit, revisions: ["v1", "refs/pr/1"].sort(), state: "ready" },
    ]);
    await expect(pull(hub, { revision: "absent" })).rejects.toMatchObject({ code: "AIDE_MODEL_REVISION" });
  });

  it("has the files of the patterns, and always those that every model needs", async () => {
    await using hub = await startHub(files);
    const folder = await pull(hub, { only: ["*.safetensors"] });
    expect(await filesBelow(folder)).toEqual(
      wanted.filter((path) => !["1_Pooling/config.json", ".gitattributes", "README.md", "empty.txt"].includes(path)),
    );
    expect(await filesBelow(await pull(hub, { skip: ["*.safetensors", "config.json"] }))).toContain("config.json");
  });

  it("of a model without safetensors has the weights of torch", async () => {
    const { "model.safetensors": _, ...rest } = files;
    await using hub = await startHub(rest);
    const folder = await pull(hub);
    expect(await filesBelow(folder)).toEqual(
      [...wanted.filter((path) => path !== "model.safetensors"), "pytorch_model.bin"].sort(),
    );
  });

  it("is taken from every page of the listing", async () => {
    await using hub = await startHub(files, { page: 3 });
    expect(await filesBelow(await pull(hub))).toEqual(wanted);
  });
});

describe("a download", () => {
  it("goes on where connections broke", async () => {
    await using hub = await startHub(files, { cutAfter: 110_000, slow: 10_000 });
    expect(await hasWeights(await pull(hub))).toBe(true);
    const [first, ...later] = hub.asked
      .filter(({ host, path }) => host === "cdn" && path.endsWith(sha256(weights)))
      .map(({ range }) => Number(range?.replace(/\D/g, "") ?? 0));
    expect(first).toBe(0);
    expect(later[0]).toBeGreaterThan(50_000);
    expect(hub.sent).toBeLessThan(weights.length * 1.5);
  });

  it("begins a file again where the server knows no ranges", async () => {
    await writeUnfinished(weights.subarray(0, 100_000));
    await using hub = await startHub(files, { ranges: false });
    expect(await hasWeights(await pull(hub))).toBe(true);
  });

  it("begins again where more is here than the file has", async () => {
    await writeUnfinished(Buffer.alloc(weights.length + 1));
    await using hub = await startHub(files);
    expect(await hasWeights(await pull(hub))).toBe(true);
  });

  it("goes on after a kill, and takes over the lock of the dead process", async () => {
    await using hub = await startHub(files, { slow: 5000 });
    const child = startPull(hub);
    while (((await stat(partial()).catch(() => undefined))?.size ?? 0) < 20_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(existsSync(join(root(), ".aide", "pull.lock"))).toBe(true);
    expect(existsSync(join(root(), "refs"))).toBe(false);
    expect(await listSnapshots(env(hub))).toMatchObject([{ name: "owner/name", commit: "", state: "partial" }]);
    const have = (await stat(partial())).size;
    const before = hub.asked.length;
    expect(await hasWeights(await pull(hub))).toBe(true);
    const again = hub.asked.slice(before).find(({ path }) => path.includes("/resolve/"));
    expect(again).toMatchObject({ path: expect.stringContaining("model.safetensors"), range: `bytes=${have}-` });
  });

  it("is one of two processes at a time", async () => {
    await using hub = await startHub(files, { slow: 5000 });
    const child = startPull(hub);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (filesAsked(hub).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const reported: string[] = [];
    await pull(hub, { onProgress: ({ kind }) => reported.push(kind) });
    expect(await ended).toBe(0);
    expect(reported).toEqual(["waiting", "ready"]);
    expect(filesAsked(hub)).toHaveLength(wanted.length - 1);
  });

  it("stops when its signal fires, and goes on later", async () => {
    await using hub = await startHub(files, { slow: 3000 });
    const controller = new AbortController();
    const stopped = pull(hub, {
      signal: controller.signal,
      onProgress: (progress) =>
        progress.kind === "progress" && progress.bytes > 50_000 && controller.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
    expect((await stat(partial())).size).toBeGreaterThan(0);
    expect(await hasWeights(await pull(hub))).toBe(true);
    expect(hub.sent).toBeLessThan(weights.length * 1.5);
  });

  it.each([
    ["model.safetensors", { large: 200_000 }],
    ["config.json", { large: 1e9 }],
  ])("refuses another file than the one listed and leaves nothing of it: %s", async (path, { large }) => {
    await using hub = await startHub(
      { "config.json": "{}", [path]: files[path as keyof typeof files] },
      { large, corrupt: true },
    );
    await expect(pull(hub)).rejects.toMatchObject({
      code: "AIDE_MODEL_CHECKSUM",
      facts: { file: expect.any(String), expected: expect.any(String), found: expect.any(String) },
    });
    expect(await readdir(blobs())).toEqual([]);
    expect(existsSync(join(root(), "refs"))).toBe(false);
    hub.faults = { large };
    expect(await filesBelow(await pull(hub))).toContain(path);
  });

  it("of large files checks what their name says, not what a short read gives", async () => {
    await using hub = await startHub(files, { corrupt: true });
    await writeUnfinished(weights.subarray(0, 1));
    await expect(pull(hub)).rejects.toMatchObject({ code: "AIDE_MODEL_CHECKSUM" });
    await expect(findSnapshot("owner/name", env(hub))).rejects.toMatchObject({ code: "AIDE_MODEL_NOT_PULLED" });
  });
});

describe("the disk", () => {
  it("is looked at before the first byte", async () => {
    const huge = { type: "file", path: "model-2.safetensors", size: 2 ** 52, oid: "0".repeat(40) };
    await using hub = await startHub(files, { listed: [huge] });
    await expect(pull(hub)).rejects.toMatchObject({
      code: "AIDE_DISK_FULL",
      facts: { needed: expect.stringContaining("GB"), free: expect.stringContaining("GB") },
    });
    expect(filesAsked(hub)).toEqual([]);
  });

  const mounted = (folder: string, size: string) =>
    spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).status === 0;

  it("that is full in the middle is reported as such, and the download goes on when there is room", async ({
    skip,
  }) => {
    if (!mounted(cache, "200m")) return skip("this machine lets us make no small file system");
    try {
      const large = Buffer.alloc(100 << 20, 7);
      await using hub = await startHub({ "config.json": "{}", "model.safetensors": large }, { slow: 4 << 20 });
      const stuffed = pull(hub, {
        onProgress: (progress) =>
          progress.kind === "start" && spawnSync("mount", ["-o", "remount,size=20m", cache]).status,
      });
      await expect(stuffed).rejects.toMatchObject({ code: "AIDE_DISK_FULL", fix: expect.stringContaining("HF_HOME") });
      spawnSync("mount", ["-o", "remount,size=200m", cache]);
      const sent = hub.sent;
      expect((await stat(join(await pull(hub), "model.safetensors"))).size).toBe(large.length);
      expect(hub.sent - sent).toBeLessThan(large.length);
    } finally {
      spawnSync("umount", [cache]);
    }
  });
});

describe("without a network", () => {
  it.each(["1", "TRUE", "yes", "on"])("HF_HUB_OFFLINE=%s gives what is here, and asks nobody", async (offline) => {
    await using hub = await startHub(files);
    await expect(pull(hub, { env: { HF_HUB_OFFLINE: offline } })).rejects.toMatchObject({
      code: "AIDE_MODEL_NOT_PULLED",
      fix: "HF_HUB_OFFLINE=0 aide models pull owner/name",
    });
    expect(hub.asked).toEqual([]);
    const folder = await pull(hub);
    const before = hub.asked.length;
    expect(await pull(hub, { env: { HF_HUB_OFFLINE: offline } })).toBe(folder);
    expect(await pull(hub, { revision: commit, env: { HF_HUB_OFFLINE: offline } })).toBe(folder);
    await expect(pull(hub, { revision: "v1", env: { HF_HUB_OFFLINE: offline } })).rejects.toMatchObject({
      code: "AIDE_MODEL_NOT_PULLED",
    });
    expect(hub.asked).toHaveLength(before);
  });

  it("half a snapshot of another program is not taken for one", async () => {
    const folder = join(root(), "snapshots", commit);
    await mkdir(folder, { recursive: true });
    await mkdir(join(root(), "refs"));
    await writeFile(join(root(), "refs", "main"), commit);
    await writeFile(join(folder, "config.json"), "{}");
    const index = { weight_map: { a: "model-00001-of-00002.safetensors", b: "model-00002-of-00002.safetensors" } };
    await writeFile(join(folder, "model.safetensors.index.json"), JSON.stringify(index));
    await writeFile(join(folder, "model-00001-of-00002.safetensors"), "");
    const own = { HF_HUB_CACHE: cache, HF_HUB_OFFLINE: "1" };
    await expect(pullSnapshot("owner/name", { env: own })).rejects.toMatchObject({ code: "AIDE_MODEL_NOT_PULLED" });
    expect(await listSnapshots(own)).toMatchObject([{ state: "partial", bytes: expect.any(Number) }]);
    await writeFile(join(folder, "model-00002-of-00002.safetensors"), "");
    expect(await pullSnapshot("owner/name", { env: own })).toBe(folder);
  });

  it("says so, after some attempts; a whole snapshot is given all the same", async () => {
    const gone = await startHub(files);
    const folder = await pull(gone);
    await gone[Symbol.asyncDispose]();
    const reported: SnapshotProgress[] = [];
    expect(await pull(gone, { onProgress: (progress) => reported.push(progress) })).toBe(folder);
    expect(reported).toEqual([
      { kind: "unasked", reason: expect.stringContaining("ECONNREFUSED") },
      { kind: "ready", path: folder },
    ]);
    await expect(pull(gone, { revision: "v1" })).rejects.toMatchObject({
      code: "AIDE_MODEL_DOWNLOAD",
      transient: true,
      fix: expect.stringContaining("aide models pull owner/name@v1"),
      facts: { reason: expect.stringContaining("ECONNREFUSED") },
    });
  });

  it("tries again where the hub is busy", async () => {
    await using hub = await startHub(files, { status: 503 });
    setTimeout(() => (hub.faults = { status: 429 }), 300);
    setTimeout(() => (hub.faults = {}), 1200);
    expect(await filesBelow(await pull(hub))).toEqual(wanted);
  });
});

describe("a repository that is not given", () => {
  const token = "hf_0123456789abcdef";

  it.each([
    [401, "RepoNotFound", undefined, "AIDE_MODEL_UNKNOWN", /private or gated.*HF_TOKEN/s],
    [401, "RepoNotFound", token, "AIDE_MODEL_UNKNOWN", /private or gated.*HF_TOKEN may not read it/s],
    [404, undefined, undefined, "AIDE_MODEL_UNKNOWN", /none of that name/],
    [401, "GatedRepo", undefined, "AIDE_MODEL_GATED", /licence.*HF_TOKEN/s],
    [403, "GatedRepo", token, "AIDE_MODEL_GATED", /licence.*account of HF_TOKEN/s],
  ])("as %i %s with the token %s is reported with a fix", async (status, code, own, expected, text) => {
    await using hub = await startHub(files, { status, ...(code === undefined ? {} : { code }) });
    const error: unknown = await pull(hub, { env: { HF_TOKEN: own } }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: expected,
      fault: "user",
      fix: expect.stringContaining(`${hub.url}/owner/name`),
    });
    const { message, fix } = error as { message: string; fix: string };
    expect(`${message}\n${fix}`).toMatch(text);
    expect(hub.asked).toHaveLength(1);
  });

  it.each([
    "name",
    "a/b/c",
    "../x",
    "owner/..",
    "owner/na--me",
    "/etc/passwd",
    "owner/name@",
    "owner/name@../x",
    "o/n@a/../b",
  ])("is refused by its name: %s", async (name) => {
    await using hub = await startHub(files);
    await expect(pullSnapshot(name, { env: env(hub) })).rejects.toMatchObject({ code: "AIDE_MODEL_NAME" });
    expect(hub.asked).toEqual([]);
  });

  it("without a model in it is reported before anything is fetched", async () => {
    await using hub = await startHub({ "model.gguf": weights });
    await expect(pull(hub)).rejects.toMatchObject({ code: "AIDE_MODEL_FILES" });
    expect(existsSync(root())).toBe(false);
  });

  it("at a strange address is reported without the password in it", async () => {
    await expect(pullSnapshot("owner/name", { env: { HF_ENDPOINT: "http://ada:lovelace@hub" } })).rejects.toSatisfy(
      (error) => !JSON.stringify(error).includes("lovelace") && (error as { code: string }).code === "AIDE_HUB_ADDRESS",
    );
  });
});

describe("the token", () => {
  const token = "not-of-hugging-face-0123456789";

  it("goes to the hub with every request, and to nobody it redirects to", async () => {
    await using hub = await startHub(files, { token });
    await expect(pull(hub)).rejects.toMatchObject({ code: "AIDE_MODEL_UNKNOWN" });
    const before = hub.asked.length;
    await pull(hub, { env: { HF_TOKEN: token } });
    const asked = hub.asked.slice(before);
    expect(new Set(asked.filter(({ host }) => host === "hub").map((one) => one.token))).toEqual(
      new Set([`Bearer ${token}`]),
    );
    expect(asked.filter(({ host }) => host === "cdn").map((one) => one.token)).toEqual([undefined, undefined]);
  });

  it("does not follow a listing to another host", async () => {
    await using elsewhere = await startHub({});
    await using hub = await startHub(files, {
      page: 8,
      nextPage: `${elsewhere.url}/api/models/owner/name/tree/${commit}`,
    });
    await pull(hub, { env: { HF_TOKEN: token } });
    expect(elsewhere.asked.map((one) => one.token)).toEqual([undefined]);
  });

  it("is in no error, though the hub repeats it", async () => {
    await using hub = await startHub(files, { status: 403, message: `your token ${token} may not` });
    const show = (error: unknown): string =>
      error instanceof Error ? `${error.message} ${error.stack} ${JSON.stringify(error)} ${show(error.cause)}` : "";
    const refused = await pull(hub, { env: { HF_TOKEN: token } }).catch(show);
    expect(refused).toContain("***");
    expect(refused).not.toContain(token);
    hub.faults = { listed: [{ type: "file", path: token }] };
    expect(await pull(hub, { env: { HF_TOKEN: token } }).catch(show)).not.toContain(token);
  });
});

describe("a hostile listing", () => {
  const file = (path: string) => ({ type: "file", path, size: 2, oid: gitOid(Buffer.from("{}")) });

  it.each(["../x", "/tmp/x", "a/../../x", "a//b", "./x", String.raw`..\x`, "C:/x", ".."])(
    "may not list %s",
    async (path) => {
      await using hub = await startHub(files, { listed: [file(path)] });
      await expect(pull(hub)).rejects.toMatchObject({
        code: "AIDE_HUB_LISTING",
        facts: { reason: expect.stringContaining(path) },
      });
      expect(filesAsked(hub)).toEqual([]);
      expect(await readdir(cache)).toEqual([]);
    },
  );

  it.each([
    { ...file("x.json"), oid: "../../../x" },
    { ...file("x.json"), lfs: { oid: "../../../x", size: 2 } },
    { ...file("x.json"), size: -1 },
    { type: "file" },
  ])("may not list %j", async (entry) => {
    await using hub = await startHub(files, { listed: [entry] });
    await expect(pull(hub)).rejects.toMatchObject({ code: "AIDE_HUB_LISTING" });
    expect(await readdir(cache)).toEqual([]);
  });

  it("may not name its commit as it likes", async () => {
    await using hub = await startHub(files, { sha: "../../x" });
    await expect(pull(hub)).rejects.toMatchObject({ code: "AIDE_HUB_LISTING" });
    expect(await readdir(dirname(cache))).not.toContain("x");
  });
});
