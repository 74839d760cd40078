import type { CallProgress } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { ask, call, open, qwenShow, thinkingShow, write } from "./fake-ollama.ts";

describe("a call", () => {
  it("sends all of the sampling, the context's length and the limits", async () => {
    await using opened = await open({}, { contextTokens: 2048, topK: 30, minP: 0.1, keepAlive: "5m", threads: 3 });
    await opened.backend.generate(ask("Hi", { temperature: 0.2, topP: 0.5 }), call({ grantedTokens: 33.7 }));
    expect(opened.server.answers).toEqual([
      {
        path: "/api/chat",
        body: {
          model: "m",
          messages: [{ role: "user", content: "Hi" }],
          stream: true,
          truncate: false,
          shift: false,
          keep_alive: "5m",
          options: {
            num_ctx: 2048,
            num_predict: 33,
            num_keep: 4,
            num_thread: 3,
            seed: 7,
            temperature: 0.2,
            top_p: 0.5,
            top_k: 30,
            min_p: 0.1,
            typical_p: 1,
            repeat_penalty: 1.05,
            repeat_last_n: 64,
            presence_penalty: 0,
            frequency_penalty: 0,
          },
        },
      },
    ]);
  });

  it("never has the seed that means chance", async () => {
    await using opened = await open();
    await opened.backend.generate(ask("Hi"), call({ seed: 0xffff_ffff }));
    expect(opened.server.answers[0]?.body.options?.seed).toBe(0xffff_fffe);
  });

  it("loads the model once: the probe asks with the same loading options", async () => {
    await using opened = await open({}, { contextTokens: 2048, threads: 2 });
    await opened.backend.generate(ask("Hi"), call());
    const loads = opened.server.asked.flatMap(({ body }) => (body.options === undefined ? [] : [body.options]));
    expect(loads.length).toBeGreaterThan(3);
    for (const { num_ctx, num_thread } of loads) expect([num_ctx, num_thread]).toEqual([2048, 2]);
  });

  it("caps the context by the model's own", async () => {
    await using opened = await open({}, { contextTokens: 100_000 });
    expect((await opened.backend.capabilities(call().signal)).contextTokens).toBe(32_768);
    await opened.backend.generate(ask("Hi"), call());
    expect(opened.server.answers[0]?.body.options?.num_ctx).toBe(32_768);
  });

  it("gives text, tokens and times", async () => {
    await using opened = await open({
      answer: (asked, reply) =>
        write(asked, reply, ["Hel", "lo."], { prompt_eval_count: 30, prompt_eval_cached_count: 12 }),
    });
    const shown: CallProgress[] = [];
    const made = await opened.backend.generate(
      ask("Hi"),
      call({ onProgress: (progress) => void shown.push(progress) }),
    );
    expect(made).toMatchObject({
      text: "Hello.",
      reasoning: "",
      finish: "stop",
      usage: { prompt: 30, cached: 12, reasoning: 0, answer: 3, estimated: false },
    });
    expect(made.timing.totalMs).toBeGreaterThanOrEqual(made.timing.firstTokenMs);
    expect(shown.map((progress) => (progress.kind === "text" ? progress.delta : "")).join("")).toBe("Hello.");
  });

  it("takes text that comes with the last line", async () => {
    await using opened = await open({
      answer: (asked, reply) => write(asked, reply, ["Hel"], { message: { role: "assistant", content: "lo." } }),
    });
    expect((await opened.backend.generate(ask("Hi"), call())).text).toBe("Hello.");
  });

  it("is not sent where no token is granted, since Ollama reads that as without end", async () => {
    await using opened = await open();
    const made = await opened.backend.generate(ask("Hi"), call({ grantedTokens: 0.5 }));
    expect(made).toMatchObject({ text: "", finish: "length", usage: { prompt: 0, answer: 0 } });
    expect(opened.server.answers).toEqual([]);
  });

  it("ends at a stop string, which it looks for itself, and leaves the server", async () => {
    let left: Promise<unknown> | undefined;
    await using opened = await open({
      answer: (_asked, reply) => {
        left = reply.closed;
        for (const content of ["one t", "w", "o three", " four"]) reply.line({ message: { content }, done: false });
      },
    });
    const made = await opened.backend.generate(ask("Count", { stop: ["two"] }), call());
    expect(made).toMatchObject({
      text: "one ",
      finish: "stop-sequence",
      usage: { reasoning: 0, answer: 3, estimated: true },
    });
    expect(made.usage.prompt).toBeGreaterThan(0);
    expect(opened.server.answers[0]?.body.options?.stop).toBeUndefined();
    await left;
  });

  it("ends at a stop string in its last line, with the server's counts", async () => {
    await using opened = await open({
      answer: (asked, reply) => write(asked, reply, ["one t"], { message: { content: "wo" }, eval_count: 4 }),
    });
    const made = await opened.backend.generate(ask("Count", { stop: ["two"] }), call());
    expect(made).toMatchObject({ text: "one ", finish: "stop-sequence", usage: { answer: 4, estimated: false } });
  });

  it("merges system messages where its options ask for it", async () => {
    await using opened = await open({}, { systemMessages: "merge" });
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
    ] as const;
    await opened.backend.generate({ messages }, call());
    expect(opened.server.answers[0]?.body.messages).toEqual([{ role: "user", content: "Be brief.\n\nHi" }]);
  });

  it("passes a schema on", async () => {
    const schema = { type: "object", properties: { a: { type: "boolean" } } };
    await using opened = await open({ answer: (asked, reply) => write(asked, reply, ['{"a":', "true}"]) });
    const made = await opened.backend.generate(ask("Hi", { schema }), call());
    expect(JSON.parse(made.text)).toEqual({ a: true });
    expect(opened.server.answers[0]?.body.format).toEqual(schema);
  });

  it("lets in as many at a time as it may", async () => {
    let now = 0;
    let most = 0;
    await using opened = await open(
      {
        answer: async (asked, reply) => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 20));
          now--;
          write(asked, reply, ["x"]);
        },
      },
      { concurrency: 2 },
    );
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => opened.backend.generate(ask("Hi"), call())));
    expect(most).toBe(2);
    expect(made[4]?.timing.queuedMs).toBeGreaterThan(15);
  });
});

describe("thoughts", () => {
  const think = (asked: Parameters<typeof write>[0], reply: Parameters<typeof write>[1]) =>
    write(asked, reply, [{ thinking: "Let me" }, { thinking: " see." }, "Paris", "."], { eval_count: 10 });

  it("are asked for where the model can, and are reasoning", async () => {
    await using opened = await open({ show: thinkingShow, answer: think });
    const made = await opened.backend.generate(ask("Capital?"), call());
    expect(opened.server.answers[0]?.body.think).toBe(true);
    expect(made).toMatchObject({
      text: "Paris.",
      reasoning: "Let me see.",
      finish: "stop",
      usage: { reasoning: 5, answer: 5, estimated: false },
    });
  });

  it.each([
    [qwenShow, "auto", undefined],
    [qwenShow, false, undefined],
    [thinkingShow, false, false],
    [thinkingShow, "high", "high"],
    [qwenShow, true, true],
  ])("are asked for as the options say (%#)", async (show, think, sent) => {
    await using opened = await open({ show }, { think });
    await opened.backend.generate(ask("Hi"), call());
    expect(opened.server.answers[0]?.body.think).toBe(sent);
  });

  it("in tags are split off where the template has the tag", async () => {
    const show = { ...thinkingShow, capabilities: ["completion"] };
    await using opened = await open({
      show,
      answer: (asked, reply) => write(asked, reply, ["<thi", "nk>So", ".</think>", "Paris"]),
    });
    expect(await opened.backend.generate(ask("Capital?"), call())).toMatchObject({ text: "Paris", reasoning: "So." });
  });

  it("in tags do not come where a schema holds from the first token", async () => {
    const show = { ...thinkingShow, capabilities: ["completion"] };
    await using opened = await open({ show, answer: (asked, reply) => write(asked, reply, ['{"a":"</think>', '"}']) });
    const made = await opened.backend.generate(ask("Hi", { schema: { type: "object" } }), call());
    expect(made).toMatchObject({ text: '{"a":"</think>"}', reasoning: "" });
  });

  it("stay text where neither model nor template knows them", async () => {
    await using opened = await open({ answer: (asked, reply) => write(asked, reply, ["<think>", "a</think>b"]) });
    expect(await opened.backend.generate(ask("Hi"), call())).toMatchObject({
      text: "<think>a</think>b",
      reasoning: "",
    });
  });

  it("do not end by a closer that the model writes about", async () => {
    await using opened = await open({
      show: thinkingShow,
      answer: (asked, reply) => write(asked, reply, [{ thinking: "Hm." }, "The tag is </think>", "."]),
    });
    const made = await opened.backend.generate(ask("Hi"), call());
    expect(made).toMatchObject({ text: "The tag is </think>.", reasoning: "Hm." });
  });

  it("may hold a stop string", async () => {
    await using opened = await open({
      show: thinkingShow,
      answer: (asked, reply) => write(asked, reply, [{ thinking: "a END b" }, "text"]),
    });
    const made = await opened.backend.generate(ask("Hi", { stop: ["END"] }), call());
    expect(made).toMatchObject({ text: "text", finish: "stop" });
  });

  it("that use up the tokens are a finish of their own", async () => {
    await using opened = await open({
      show: thinkingShow,
      answer: (asked, reply) => write(asked, reply, [{ thinking: "Hm" }], { done_reason: "length", eval_count: 1 }),
    });
    const made = await opened.backend.generate(ask("Hi"), call({ grantedTokens: 1 }));
    expect(made).toMatchObject({ text: "", finish: "length-in-thought", usage: { reasoning: 1, answer: 0 } });
  });

  it("are counted by their lines where a schema makes the server ask twice", async () => {
    await using opened = await open({
      show: thinkingShow,
      answer: (asked, reply) =>
        write(asked, reply, [...Array.from({ length: 9 }, () => ({ thinking: "t" })), "{}"], {
          prompt_eval_count: 31,
          eval_count: 2,
        }),
    });
    const { usage } = await opened.backend.generate(ask("Hi", { schema: { type: "object" } }), call());
    expect(usage).toEqual({ prompt: 22, cached: 0, reasoning: 9, answer: 2, estimated: true });
  });
});
