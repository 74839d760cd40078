import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commit, sha256, startHub } from "../../backend-transformers/test/models/hub.ts";
import { files, wanted, weights } from "../../backend-transformers/test/models/model.ts";
import { aide, freshFolder, start } from "./aide.ts";

const token = "hf_a_secret_of_mine_0123456789";

/** An environment whose hub cache is below a folder of its own. */
const envOf = (url: string, home = freshFolder()) => ({
  HF_HOME: home,
  HF_HUB_CACHE: "",
  HF_ENDPOINT: url,
  HF_HUB_OFFLINE: "",
  HF_TOKEN: token,
});
const snapshotIn = (home: string) => join(home, "hub", "models--owner--name", "snapshots", commit);

describe("aide models", { timeout: 60_000 }, () => {
  it("pulls a model of the hub, lists it and tells its path", async () => {
    await using hub = await startHub(files, { token });
    const env = envOf(hub.url);
    const folder = snapshotIn(env.HF_HOME);
    const pulled = await aide(["models", "pull", "owner/name"], freshFolder(), env);
    expect(pulled.err).toBe("");
    expect(pulled.code).toBe(0);
    expect(pulled.out).toMatch(
      /^model {4}owner\/name: 0 MB to download \(.* free\), about 1 min at 50 Mbit\/s, once\n/,
    );
    expect(pulled.out).toContain("checked its checksum\n");
    expect(pulled.out.trimEnd().split("\n").at(-1)).toBe(folder);
    expect(weights.equals(readFileSync(join(folder, "model.safetensors")))).toBe(true);
    const listed = await aide(["models", "list"], freshFolder(), env);
    expect(listed.out).toMatch(/^smollm2-135m/m);
    expect(listed.out).toMatch(/^owner\/name {11}main, 0 MB, ready$/m);
    expect((await aide(["models", "path", "owner/name"], freshFolder(), env)).out).toBe(`${folder}\n`);
    const before = hub.asked.length;
    expect((await aide(["models", "pull", "owner/name"], freshFolder(), env)).out).toBe(`${folder}\n`);
    expect(hub.asked.length - before).toBe(1);
    const offline = await aide(["models", "pull", "owner/name"], freshFolder(), { ...env, HF_HUB_OFFLINE: "1" });
    expect(offline.out).toBe(`${folder}\n`);
    expect(hub.asked.length - before).toBe(1);
  });

  it("pulls a revision, and goes on with a pull that was killed", async () => {
    await using hub = await startHub(files, { slow: 5000 });
    const env = envOf(hub.url);
    const first = start(["models", "pull", "owner/name@v1"], freshFolder(), env);
    const partial = join(env.HF_HOME, "hub", "models--owner--name", "blobs", `${sha256(weights)}.incomplete`);
    for (let have = 0; have < 20_000;) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      try {
        have = readFileSync(partial).length;
      } catch {
        // Not begun.
      }
    }
    first.kill("SIGKILL");
    await first.ended;
    expect((await aide(["models", "list"], freshFolder(), env)).out).toMatch(/^owner\/name {11}0 MB, partial$/m);
    expect((await aide(["models", "path", "owner/name@v1"], freshFolder(), env)).err).toContain(
      "AIDE_MODEL_NOT_PULLED",
    );
    const again = await aide(["models", "pull", "owner/name@v1"], freshFolder(), env);
    expect(again.code).toBe(0);
    expect(hub.sent).toBeLessThan(weights.length * 1.5);
    expect(readdirSync(again.out.trimEnd().split("\n").at(-1)!).sort()).toEqual(
      [...wanted.filter((path) => !path.includes("/")), "1_Pooling"].sort(),
    );
  });

  it("says what to do about a model that is not given, and never the token", async () => {
    await using hub = await startHub(files, { status: 401, code: "RepoNotFound", message: `no ${token}` });
    const { code, err, out } = await aide(["models", "pull", "owner/absent"], freshFolder(), envOf(hub.url));
    expect(code).toBe(2);
    expect(err).toMatch(/^AIDE_MODEL_UNKNOWN {2}The hub shows no model owner\/absent: .*private or gated/);
    expect(err).toContain(`${hub.url}/owner/absent`);
    expect(err + out).not.toContain(token);
  });

  it("knows the short names", async () => {
    await using hub = await startHub(files);
    const { err } = await aide(["models", "pull", "deepseek-7b"], freshFolder(), envOf(hub.url));
    expect(err).toContain("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B");
    expect(hub.asked[0]?.path).toContain("/api/models/deepseek-ai/DeepSeek-R1-Distill-Qwen-7B/revision/main");
  });

  it("takes a path of a .gguf file for a file, and unknown names for names of the catalogue", async () => {
    const root = freshFolder();
    mkdirSync(join(root, "sub"));
    writeFileSync(join(root, "sub", "own.gguf"), "");
    expect((await aide(["models", "path", "sub/own.gguf"], root)).out).toBe(`${join(root, "sub", "own.gguf")}\n`);
    expect((await aide(["models", "path", "smolm2-135m"], root)).err).toContain("did you mean smollm2-135m");
    expect((await aide(["models", "pull"], root)).err).toContain("owner/name[@revision]");
  });
});
