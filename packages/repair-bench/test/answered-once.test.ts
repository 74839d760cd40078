import { AideError, type BackendCall, type GenerateRequest } from "@aide-ts/plugin";
import { ScriptedBackend } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { AnsweredOnce } from "../src/bench/answered-once.ts";

const asked: GenerateRequest = { messages: [{ role: "user", content: "Why?" }] };
const call = (seed: number, signal = new AbortController().signal): BackendCall => ({ seed, grantedTokens: 9, signal });

describe("a request that was asked before", () => {
  it("is answered the same under the same seed, and asked again under another", async () => {
    const backend = new ScriptedBackend({ reply: (_, { number }) => `answer ${number}` });
    const shared = new AnsweredOnce().around(backend);
    const first = await shared.generate(asked, call(1));
    expect(await shared.generate(asked, call(1))).toEqual(first);
    expect((await shared.generate(asked, call(2))).text).not.toBe(first.text);
    await shared.generate({ ...asked, temperature: 0 }, call(1));
    expect(backend.requests).toHaveLength(3);
  });

  it("is billed with its whole prompt, however much of it was cached", async () => {
    const usage = { prompt: 90, cached: 80, reasoning: 0, answer: 3, estimated: false };
    const shared = new AnsweredOnce().around(new ScriptedBackend({ reply: () => ({ text: "answer", usage }) }));
    expect((await shared.generate(asked, call(1))).usage).toMatchObject({ prompt: 90, cached: 0 });
  });

  it("is asked again where it failed or was stopped", async () => {
    const failure = new AideError({ code: "AIDE_BACKEND_FAILED", message: "no", fix: "again", fault: "backend" });
    const backend = new ScriptedBackend({ reply: (_, { number }) => (number === 0 ? failure : "answer") });
    const shared = new AnsweredOnce().around(backend);
    await expect(shared.generate(asked, call(1))).rejects.toThrow("no");
    expect((await shared.generate(asked, call(1))).text).toBe("answer");
    const stopped = await shared.generate(asked, call(2, AbortSignal.abort()));
    expect(stopped.finish).toBe("aborted");
    expect((await shared.generate(asked, call(2))).finish).toBe("stop");
  });
});
