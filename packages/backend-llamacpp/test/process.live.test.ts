import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, cacheFolder, call, open, pulled } from "./smollm2.ts";

let file: string;
let folder: string;
beforeAll(async () => {
  file = await pulled("smollm2-135m");
  folder = await mkdtemp(join(tmpdir(), "aide-llamacpp-"));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const gone = async (pid: number) => {
  for (let wait = 0; wait < 200 && isRunning(pid); wait++) await new Promise((resolve) => setTimeout(resolve, 50));
  return !isRunning(pid);
};

const script = (then: string) => `
  import plugin from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
  const { value } = await plugin.options["~standard"].validate({ model: "smollm2-135m" });
  const backend = plugin.create(value, { cacheFolder: ${JSON.stringify(cacheFolder)} });
  const request = { messages: [{ role: "user", content: "Hello" }] };
  await backend.generate(request, { seed: 1, grantedTokens: 2, signal: new AbortController().signal });
  console.log(await backend.pid());
  ${then}`;

describe("the child process", () => {
  it("starts at first use, and a crash of it costs one call", async () => {
    await using backend = await open();
    expect(await backend.pid()).toBeUndefined();
    let crashed: number | undefined;
    const call1 = backend.generate(
      ask("Write a long story."),
      call({
        grantedTokens: 500,
        onProgress: (progress) => {
          if (progress.kind !== "text" || crashed !== undefined) return;
          crashed = 0;
          void backend.pid().then((pid) => process.kill((crashed = pid!), "SIGSEGV"));
        },
      }),
    );
    const waiting = backend.generate(ask("Write a long story."), call({ grantedTokens: 3 }));
    await expect(call1).rejects.toMatchObject({
      code: "AIDE_BACKEND_CRASHED",
      transient: true,
      fault: "backend",
      facts: { ended: "SIGSEGV" },
    });
    expect((await waiting).usage.answer).toBe(3);
    expect(await backend.pid()).not.toBe(crashed);
    expect((await backend.generate(ask("Write a long story."), call({ grantedTokens: 3 }))).usage.answer).toBe(3);
  });

  it("ends with the backend, and rejects what was asked of it", async () => {
    const backend = await open();
    const asked = backend
      .generate(ask("Write a long story."), call({ grantedTokens: 500 }))
      .catch((error: unknown) => error);
    await backend.capabilities(new AbortController().signal);
    const pid = await backend.pid();
    await backend[Symbol.asyncDispose]();
    expect(await asked).toMatchObject({ code: "AIDE_BACKEND_CLOSED" });
    expect(isRunning(pid!)).toBe(false);
    await expect(backend.generate(ask("Hello."), call())).rejects.toMatchObject({ code: "AIDE_BACKEND_CLOSED" });
  });

  it("ends with a parent that was killed, and does not keep an idle parent alive", async () => {
    const start = async (then: string) => {
      const args = ["--conditions=@aide-ts/source", "--input-type=module", "-e", script(then)];
      const parent = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      const exited = once(parent, "exit");
      const [line] = await once(parent.stdout, "data");
      return { parent, exited, child: Number(String(line)) };
    };
    const killed = await start("setInterval(() => undefined, 1_000);");
    expect(isRunning(killed.child)).toBe(true);
    killed.parent.kill("SIGKILL");
    expect(await gone(killed.child)).toBe(true);
    const idle = await start("");
    expect(await idle.exited).toEqual([0, null]);
    expect(await gone(idle.child)).toBe(true);
  });
});

const problemOf = async (options: Record<string, unknown>) => {
  await using backend = await open(options);
  return await backend.generate(ask("Hello."), call()).catch((error: unknown) => error);
};

describe("a model that cannot be used", () => {
  it("is named, with what to do", async () => {
    const text = join(folder, "text.gguf");
    await writeFile(text, "this is no model at all");
    const cut = join(folder, "cut.gguf");
    await copyFile(file, cut);
    await truncate(cut, 40_000_000);
    expect(await problemOf({ model: text })).toMatchObject({ code: "AIDE_MODEL_NOT_GGUF", fault: "user" });
    expect(await problemOf({ model: cut })).toMatchObject({ code: "AIDE_MODEL_BROKEN", fault: "user" });
    expect(await problemOf({ model: join(folder, "none.gguf") })).toMatchObject({ code: "AIDE_MODEL_MISSING" });
    expect(await problemOf({ model: "smolm2" })).toMatchObject({ code: "AIDE_MODEL_UNKNOWN" });
  });

  it("because it has no place in memory, is a mistake of the config", async () => {
    expect(await problemOf({ sequences: 256 })).toMatchObject({
      code: "AIDE_MODEL_TOO_LARGE",
      fault: "user",
      facts: { sequences: "256" },
    });
  });

  it("for want of a GPU says so", async () => {
    expect(await problemOf({ gpu: "cuda" })).toMatchObject({ code: "AIDE_GPU_UNAVAILABLE", fault: "user" });
  });
});

describe("capabilities", () => {
  it("describe the model without loading it", async () => {
    await using backend = await open({ contextTokens: 100_000 });
    const { contextTokens, details } = await backend.capabilities(new AbortController().signal);
    expect(contextTokens).toBe(8192);
    expect(details).toMatchObject({
      file: "SmolLM2-135M-Instruct.Q4_1.gguf",
      architecture: "llama",
      quantisation: "Q4_1",
      parameters: 134_515_008,
      template: "chatml",
      build: "prebuilt",
      "node-llama-cpp": expect.stringMatching(/^\d+\.\d+/),
    });
  });
});

describe("options", () => {
  it("are strict", async () => {
    await expect(open({ contextToken: 100 })).rejects.toThrow(/contextToken/);
    await expect(open({ gpu: true })).rejects.toThrow(/gpu/);
  });
});
