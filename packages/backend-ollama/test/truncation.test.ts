import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wasCut } from "../src/call/truncation.ts";
import { ask, call, failureOf, open, write, type Asked, type Reply } from "./fake-ollama.ts";

const counting = (prompt: number, more: object = {}) => ({
  answer: (asked: Parameters<typeof write>[0], reply: Parameters<typeof write>[1]) =>
    write(asked, reply, ["x"], { prompt_eval_count: prompt, ...more }),
});

describe("a prompt that does not fit", () => {
  it("is refused by the server, and both numbers are reported", async () => {
    await using opened = await open(
      { answer: (_asked, reply) => reply.refuse(400, '{"error":"the input length exceeds the context length"}') },
      { contextTokens: 512 },
    );
    const failure = await failureOf(opened.backend.generate(ask("word ".repeat(600)), call()));
    expect(failure).toMatchObject({ code: "AIDE_CONTEXT_OVERFLOW", fault: "backend", transient: false });
    expect(failure.message).toMatch(/about \d{3} tokens, and the context holds 512 tokens/);
  });

  it("is not sent where no vocabulary could make it fit", async () => {
    await using opened = await open({}, { contextTokens: 512 });
    const failure = await failureOf(opened.backend.generate(ask("x".repeat(512 * 16)), call()));
    expect(failure).toMatchObject({ code: "AIDE_CONTEXT_OVERFLOW", spent: undefined });
    expect(opened.server.answers).toEqual([]);
  });

  it("is not sent to a server that cuts, where it likely does not fit", async () => {
    await using opened = await open({ refuses: false }, { contextTokens: 512 });
    const failure = await failureOf(opened.backend.generate(ask("text ".repeat(600)), call()));
    expect(failure.code).toBe("AIDE_CONTEXT_OVERFLOW");
    expect(opened.server.answers).toEqual([]);
    expect(opened.logged.join()).toContain("cuts prompts");
  });

  it.each([
    ["to the context's length", 512, true],
    ["to half of it", 512 - 254, false],
    ["to half of it, behind a first token of the vocabulary's own", 512 - 253, false],
  ])("and was cut %s is an error with the tokens that it took", async (_how, counted, refuses) => {
    await using opened = await open({ refuses, ...counting(counted) }, { contextTokens: 512 });
    const failure = await failureOf(opened.backend.generate(ask("a b ".repeat(400)), call()));
    expect(failure).toMatchObject({
      code: "AIDE_CONTEXT_OVERFLOW",
      transient: false,
      spent: { prompt: counted, answer: 2 },
    });
    const [, about, read] = /about (\d+) tokens, of which the server has read (\d+),.* 512/.exec(failure.message) ?? [];
    expect(Number(about)).toBeGreaterThan(400);
    expect(Number(read)).toBe(counted);
  });

  it("and was counted below what it must have is an error", async () => {
    await using opened = await open(counting(40), { contextTokens: 512 });
    const failure = await failureOf(opened.backend.generate(ask("x".repeat(16 * 100)), call()));
    expect(failure.code).toBe("AIDE_CONTEXT_OVERFLOW");
  });

  it("and would lose its first messages is not sent", async () => {
    const dropping = (asked: Asked, reply: Reply) => {
      const contents = (asked.body.messages ?? []).map(({ content }: { content: string }) => content);
      if (!contents.includes("second")) return false;
      reply.refuse(200, JSON.stringify({ _debug_info: { rendered_template: "assistant: yes\nuser: second" } }));
      return true;
    };
    await using opened = await open({ refuses: false, other: dropping });
    const messages = [
      { role: "user", content: "first" },
      { role: "assistant", content: "yes" },
      { role: "user", content: "second" },
    ] as const;
    const failure = await failureOf(opened.backend.generate({ messages }, call()));
    expect(failure.code).toBe("AIDE_CONTEXT_OVERFLOW");
    expect(opened.server.asked.at(-1)?.body._debug_render_only).toBe(true);
  });

  it("leaves calls alone that fit", async () => {
    await using opened = await open({ ...counting(258), refuses: true }, { contextTokens: 512 });
    expect((await opened.backend.generate(ask("Hi"), call())).finish).toBe("stop");
  });
});

describe("an answer that reaches the context's end", () => {
  it("ends by length, whatever the server calls it", async () => {
    await using opened = await open(counting(300, { eval_count: 212 }), { contextTokens: 512 });
    expect((await opened.backend.generate(ask("Hi"), call({ grantedTokens: 400 }))).finish).toBe("length");
  });

  it("is not asked for more tokens than can be left", async () => {
    await using opened = await open(counting(400), { contextTokens: 512 });
    await opened.backend.generate(ask("x".repeat(1600)), call({ grantedTokens: 5000 }));
    expect(opened.server.answers[0]?.body.options?.num_predict).toBe(412);
  });
});

describe("counts that leave out what was evaluated before", () => {
  const behaviour = { counts: [15, 1] as const, ...counting(3) };

  it("are no sign of a cut", async () => {
    await using opened = await open(behaviour);
    const { usage } = await opened.backend.generate(ask("x".repeat(1600)), call());
    expect(usage.prompt).toBeGreaterThan(300);
    expect(usage).toMatchObject({ cached: usage.prompt - 3, answer: 2, estimated: true });
  });

  it("are guessed where the server gives none", async () => {
    await using opened = await open(counting(3, { prompt_eval_count: undefined }));
    const { usage } = await opened.backend.generate(ask("x".repeat(1600)), call());
    expect(usage.prompt).toBeGreaterThan(300);
    expect(usage.estimated).toBe(true);
  });

  it("make later guesses better where they are whole", async () => {
    await using opened = await open({
      answer: (asked, reply, number) =>
        number > 8
          ? reply.line({ message: { content: "STOP" } })
          : write(asked, reply, ["x"], { prompt_eval_count: 800 }),
    });
    for (let time = 0; time < 8; time++) await opened.backend.generate(ask("x".repeat(1600)), call());
    const { usage } = await opened.backend.generate(ask("x".repeat(1600), { stop: ["STOP"] }), call());
    expect(usage.prompt).toBeGreaterThan(700);
    expect(usage.prompt).toBeLessThan(850);
  });
});

it("no count below the context's length is taken for a cut of a server that refuses", () => {
  fc.assert(
    fc.property(fc.integer({ min: 256, max: 200_000 }), fc.nat(), fc.boolean(), (contextTokens, some, countsCached) => {
      const tokens = 1 + (some % (contextTokens - 1));
      expect(wasCut({ tokens, contextTokens, least: tokens, refuses: true, countsCached })).toBe(false);
      expect(wasCut({ tokens: contextTokens, contextTokens, least: 0, refuses: true, countsCached })).toBe(true);
    }),
  );
});
