import { describe, expect, it } from "vitest";
import { pullModel } from "../src/index.ts";
import { ask, call, failureOf, FakeOllama, open, type Asked, type Reply } from "./fake-ollama.ts";

const pulling = (pull: (reply: Reply) => void) => (asked: Asked, reply: Reply) => {
  if (asked.path !== "/api/pull") return false;
  pull(reply);
  return true;
};

const layers = (reply: Reply) => {
  reply.line({ status: "pulling manifest" });
  for (const digest of ["a", "b"])
    for (let completed = 0; completed <= 100; completed++)
      reply.line({ status: `pulling ${digest}`, digest: `sha256:${digest}`, total: 100, completed });
  for (const status of ["verifying sha256 digest", "writing manifest", "success"]) reply.line({ status });
  reply.end();
};

describe("pulling a model", () => {
  it("reports a line for each tenth at the most, and each step", async () => {
    await using server = await FakeOllama.start({ other: pulling(layers) });
    const logged: string[] = [];
    await pullModel("tiny", { url: server.url, signal: call().signal, say: (line) => void logged.push(line) });
    expect(server.asked).toEqual([{ path: "/api/pull", body: { model: "tiny", stream: true } }]);
    expect(logged[0]).toBe("ollama   tiny: pulling manifest");
    expect(logged.at(-1)).toBe("ollama   tiny: success");
    const percents = logged.flatMap((line) => /pulling, (\d+) %$/.exec(line)?.[1] ?? []).map(Number);
    expect(percents.length).toBeGreaterThan(5);
    expect(percents.length).toBeLessThan(20);
    expect(percents.every((percent) => percent >= 0 && percent <= 100)).toBe(true);
  });

  it.each([
    ["pull model manifest: file does not exist", "AIDE_MODEL_NOT_FOUND", false],
    ['pull model manifest: Get "https://models.invalid/": dial tcp: lookup: no such host', "AIDE_MODEL_PULL", true],
    ["write /models: no space left on device", "AIDE_MODEL_PULL", false],
  ])("that fails by %s is %s", async (error, code, transient) => {
    await using server = await FakeOllama.start({
      other: pulling((reply) => {
        reply.line({ status: "pulling manifest" });
        reply.line({ error });
        reply.end();
      }),
    });
    const failure = await failureOf(
      pullModel("tiny", { url: server.url, signal: call().signal, say: () => undefined }),
    );
    expect(failure).toMatchObject({ code, transient, facts: { "it says": error } });
  });

  it("that ends before it succeeded, or says nothing for too long, is an error", async () => {
    await using cut = await FakeOllama.start({
      other: pulling((reply) => (reply.line({ status: "pulling manifest" }), reply.end())),
    });
    const quiet = { signal: call().signal, say: () => undefined, stallSeconds: 0.1 };
    expect((await failureOf(pullModel("tiny", { ...quiet, url: cut.url }))).code).toBe("AIDE_BACKEND_DISCONNECTED");
    await using mute = await FakeOllama.start({ other: pulling(() => undefined) });
    expect((await failureOf(pullModel("tiny", { ...quiet, url: mute.url }))).code).toBe("AIDE_BACKEND_STALLED");
  });

  it("is stopped by its signal", async () => {
    await using server = await FakeOllama.start({ other: pulling(() => undefined) });
    const reason = new Error("enough");
    const stop = new AbortController();
    const pull = pullModel("tiny", { url: server.url, signal: stop.signal, say: () => undefined });
    const rejected = expect(pull).rejects.toBe(reason);
    stop.abort(reason);
    await rejected;
  });

  it("is done by the backend where its options ask for it, before the first call", async () => {
    const models: string[] = [];
    await using opened = await open(
      {
        models,
        other: pulling((reply) => {
          models.push("m:latest");
          layers(reply);
        }),
      },
      { pull: true },
    );
    expect((await opened.backend.generate(ask("Hi"), call())).text).toBe("Hello.");
    expect(opened.logged.at(-1)).toBe("ollama   m: success");
  });
});
