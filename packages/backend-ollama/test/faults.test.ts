import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask, call, failureOf, open, thinkingShow, write, type Reply } from "./fake-ollama.ts";

const piece = (content: string) => ({ message: { role: "assistant", content }, done: false });

describe("a refusal", () => {
  it.each([
    [503, '{"error":"server busy, please try again.  maximum pending requests exceeded"}', "AIDE_BACKEND_BUSY", true],
    [404, '{"error":"model \'m\' not found"}', "AIDE_MODEL_NOT_FOUND", false],
    [404, "404 page not found", "AIDE_BACKEND_NOT_AN_API", false],
    [400, '{"error":"\\"m\\" does not support thinking"}', "AIDE_MODEL_UNFIT", false],
    [400, '{"error":"\\"m\\" does not support chat"}', "AIDE_MODEL_UNFIT", false],
    [400, '{"error":"unexpected EOF"}', "AIDE_BACKEND_REFUSED", false],
    [400, '{"error":"the input length exceeds the context length"}', "AIDE_CONTEXT_OVERFLOW", false],
    [
      400,
      '{"error":"the prompt is longer than the context length currently available to the model"}',
      "AIDE_CONTEXT_OVERFLOW",
      false,
    ],
    [500, '{"error":"invalid JSON schema in format"}', "AIDE_SCHEMA_UNSUPPORTED", false],
    [500, '{"error":"option \\"temperature\\" must be of type float32"}', "AIDE_BACKEND_REFUSED", false],
    [
      500,
      '{"error":"model requires more system memory (9.0 GiB) than is available (2.0 GiB)"}',
      "AIDE_BACKEND_MEMORY",
      false,
    ],
    [500, '{"error":"llama runner process has terminated: exit status 2"}', "AIDE_BACKEND_FAILED", true],
    [401, '{"error":"unauthorized"}', "AIDE_BACKEND_KEY", false],
    [404, "<!doctype html><title>Proxy</title>", "AIDE_BACKEND_NOT_AN_API", false],
    [502, "<html>Bad gateway</html>", "AIDE_BACKEND_FAILED", true],
  ])("with %i %s is %s", async (status, body, code, transient) => {
    await using opened = await open({ answer: (_asked, reply) => reply.refuse(status, body) });
    const failure = await failureOf(opened.backend.generate(ask("Hi"), call()));
    expect(failure).toMatchObject({ code, transient, spent: undefined });
  });

  it.each([
    ['{"error":"\\"m\\" does not support thinking"}', "backend.thinking=auto"],
    ['{"error":"think value \\"high\\" is not supported for this model"}', "backend.thinking=auto"],
    ['{"error":"\\"m\\" does not support chat"}', "ollama list"],
  ])("of %s says what to do", async (body, fix) => {
    await using opened = await open({ answer: (_asked, reply) => reply.refuse(400, body) });
    const failure = await failureOf(opened.backend.generate(ask("Hi"), call()));
    expect(failure.fix).toContain(fix);
    expect(failure.fault).toBe("user");
  });

  it("says when to come again", async () => {
    await using opened = await open({
      answer: (_asked, reply) => reply.refuse(503, '{"error":"busy"}', { "retry-after": "2" }),
    });
    expect((await failureOf(opened.backend.generate(ask("Hi"), call()))).retryAfterMs).toBe(2000);
  });
});

describe("an answer that breaks", () => {
  const breaks: readonly (readonly [string, (reply: Reply) => void, string])[] = [
    ["by a line of error", (reply) => reply.line({ error: "unexpected EOF" }), "AIDE_BACKEND_FAILED"],
    ["by a reset", (reply) => reply.reset(), "AIDE_BACKEND_DISCONNECTED"],
    ["by its end", (reply) => reply.end(), "AIDE_BACKEND_DISCONNECTED"],
    ["by HTML", (reply) => reply.bytes("<html>\n"), "AIDE_BACKEND_GARBLED"],
    ["by JSON of something else", (reply) => reply.bytes('{"choices":[]}\n'), "AIDE_BACKEND_GARBLED"],
    [
      "by bytes that are no text",
      (reply) => reply.bytes(Buffer.from([0x22, 0xff, 0xfe, 0x0a])),
      "AIDE_BACKEND_GARBLED",
    ],
    ["by half a line", (reply) => (reply.bytes('{"message":{"conte'), reply.end()), "AIDE_BACKEND_GARBLED"],
  ];

  it.each(breaks)("%s names its fault, and the tokens that it took", async (_how, end, code) => {
    await using opened = await open({
      answer: async (_asked, reply) => {
        reply.line(piece("Hel"));
        reply.line(piece("lo"));
        // What stands in a socket when it is reset is lost.
        await new Promise((resolve) => setTimeout(resolve, 50));
        end(reply);
      },
    });
    const failure = await failureOf(opened.backend.generate(ask("Hi"), call()));
    expect(failure).toMatchObject({
      code,
      fault: "backend",
      transient: true,
      spent: { reasoning: 0, answer: 2, estimated: true },
    });
  });

  it("before it begins has used nothing", async () => {
    await using opened = await open({ answer: (_asked, reply) => reply.reset() });
    const failure = await failureOf(opened.backend.generate(ask("Hi"), call()));
    expect(failure).toMatchObject({ code: "AIDE_BACKEND_DISCONNECTED", spent: undefined });
  });

  it("by silence before the first token, and after it", async () => {
    await using first = await open({ answer: () => undefined }, { firstTokenSeconds: 0.2 });
    expect(await failureOf(first.backend.generate(ask("Hi"), call()))).toMatchObject({ code: "AIDE_BACKEND_STALLED" });
    await using next = await open(
      { answer: (_asked, reply) => reply.line(piece("Hel")) },
      { firstTokenSeconds: 60, stallSeconds: 0.2 },
    );
    const failure = await failureOf(next.backend.generate(ask("Hi"), call()));
    expect(failure).toMatchObject({ code: "AIDE_BACKEND_STALLED", transient: true, spent: { answer: 1 } });
  });

  it("by the server's limit of repeated tokens is a repetition, not a fault", async () => {
    const repeated = (reply: Reply) => {
      for (let line = 0; line < 31; line++) reply.line(piece(line % 2 === 0 ? " a" : "a "));
    };
    await using silent = await open({ answer: (_asked, reply) => (repeated(reply), reply.end()) });
    const made = await silent.backend.generate(ask("Hi"), call());
    expect(made).toMatchObject({ finish: "repetition", usage: { answer: 31, estimated: true } });
    await using reporting = await open({
      answer: (_asked, reply) => {
        repeated(reply);
        reply.line({ error: "prediction aborted, token repeat limit reached" });
        reply.end();
      },
    });
    expect((await reporting.backend.generate(ask("Hi"), call())).finish).toBe("repetition");
  });

  it("by its end is no repetition where its tokens differ", async () => {
    await using opened = await open({
      answer: (_asked, reply) => {
        for (let line = 0; line < 40; line++) reply.line(piece(`${line} `));
        reply.end();
      },
    });
    const failure = await failureOf(opened.backend.generate(ask("Hi"), call()));
    expect(failure).toMatchObject({ code: "AIDE_BACKEND_DISCONNECTED", spent: { answer: 40 } });
  });

  it("by a reset is not taken for a repetition", async () => {
    await using opened = await open({
      answer: async (_asked, reply) => {
        for (let line = 0; line < 40; line++) reply.line(piece("a"));
        await new Promise((resolve) => setTimeout(resolve, 50));
        reply.reset();
      },
    });
    const failure = await failureOf(opened.backend.generate(ask("Hi"), call()));
    expect(failure).toMatchObject({ code: "AIDE_BACKEND_DISCONNECTED", spent: { answer: 40 } });
  });
});

describe("a server that ignores num_predict", () => {
  it("is cut", async () => {
    let left: Promise<unknown> | undefined;
    await using opened = await open({
      answer: async (_asked, reply) => {
        left = reply.closed;
        const writing = setInterval(() => reply.line(piece("x")), 1);
        await reply.closed;
        clearInterval(writing);
      },
    });
    const made = await opened.backend.generate(ask("Hi"), call({ grantedTokens: 10 }));
    expect(made.finish).toBe("length");
    expect(made.text.length).toBeLessThanOrEqual(14);
    expect(made.usage).toMatchObject({ answer: made.text.length, estimated: true });
    await left;
  });
});

describe("a call that is stopped", () => {
  it("resolves with what there is, and leaves the server", async () => {
    let left: Promise<unknown> | undefined;
    await using opened = await open({
      answer: (_asked, reply) => {
        left = reply.closed;
        reply.line(piece("Hel"));
      },
    });
    const stop = new AbortController();
    const made = await opened.backend.generate(
      ask("Hi"),
      call({ signal: stop.signal, onProgress: ({ kind }) => void (kind === "text" && stop.abort()) }),
    );
    expect(made).toMatchObject({ text: "Hel", finish: "aborted", usage: { answer: 1, estimated: true } });
    await left;
  });

  it("gives no line after it", async () => {
    await using opened = await open({ answer: (asked, reply) => write(asked, reply, ["a", "b", "c"]) });
    const stop = new AbortController();
    const made = await opened.backend.generate(
      ask("Hi"),
      call({ signal: stop.signal, onProgress: () => void stop.abort() }),
    );
    expect(made).toMatchObject({ text: "a", finish: "aborted" });
  });

  it("while it waits in line, while the server is asked what it is, and before all", async () => {
    await using opened = await open({ answer: () => undefined });
    const stop = new AbortController();
    const running = opened.backend.generate(ask("Hi"), call({ signal: stop.signal }));
    const waiting = opened.backend.generate(ask("Hi"), call({ signal: stop.signal }));
    setTimeout(() => stop.abort(), 100);
    expect((await running).finish).toBe("aborted");
    expect((await waiting).finish).toBe("aborted");
    const made = await opened.backend.generate(ask("Hi"), call({ signal: AbortSignal.abort() }));
    expect(made).toMatchObject({ finish: "aborted", text: "", usage: { prompt: 0 } });
    await using mute = await open({ other: () => true });
    const early = mute.backend.generate(ask("Hi"), call({ signal: AbortSignal.timeout(50) }));
    expect(await early).toMatchObject({ finish: "aborted", text: "" });
  });

  it("stops nobody else who waits to know the server", async () => {
    await using opened = await open({}, { concurrency: 2 });
    const stop = new AbortController();
    const stopped = opened.backend.generate(ask("Hi"), call({ signal: stop.signal }));
    const other = opened.backend.generate(ask("Hi"), call());
    stop.abort();
    expect((await stopped).finish).toBe("aborted");
    expect((await other).text).toBe("Hello.");
  });
});

describe("a closed backend", () => {
  it("says so, also to those who wait", async () => {
    await using opened = await open({ answer: () => undefined });
    await opened.backend.capabilities(call().signal);
    const waiting = failureOf(opened.backend.generate(ask("Hi"), call()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await opened.backend[Symbol.asyncDispose]();
    await opened.backend[Symbol.asyncDispose]();
    expect((await waiting).code).toBe("AIDE_BACKEND_CLOSED");
    await using mute = await open({ other: () => true });
    const learning = failureOf(mute.backend.generate(ask("Hi"), call()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await mute.backend[Symbol.asyncDispose]();
    expect((await learning).code).toBe("AIDE_BACKEND_CLOSED");
    expect((await failureOf(opened.backend.generate(ask("Hi"), call()))).code).toBe("AIDE_BACKEND_CLOSED");
  });
});

describe("a stream cut anywhere", () => {
  const pieces = fc.array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom("<think>", "</think>", "STOP", "ST", "ü", "😀", "\n"),
    ),
    { maxLength: 12 },
  );

  it("never fails untyped, and never gives text that was not sent", async () => {
    let bytes: Uint8Array = Buffer.alloc(0);
    let sizes: readonly number[] = [];
    let resets = false;
    await using opened = await open({
      show: thinkingShow,
      answer: async (_asked, reply) => {
        let at = 0;
        for (const size of sizes) {
          if (at >= bytes.length) break;
          reply.bytes(bytes.subarray(at, (at += size)));
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (at < bytes.length) reply.bytes(bytes.subarray(at));
        if (resets) reply.reset();
        else reply.end();
      },
    });
    await opened.backend.capabilities(call().signal);
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(pieces, pieces),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }),
        fc.boolean(),
        async ([thoughts, texts], cut, cuts, reset) => {
          const lines: { message: { content: string; thinking?: string }; done: boolean }[] = [
            ...thoughts.map((thinking) => ({ message: { content: "", thinking }, done: false })),
            ...texts.map((content) => ({ message: { content }, done: false })),
          ];
          const last = {
            message: { content: "" },
            done: true,
            done_reason: "stop",
            prompt_eval_count: 9,
            eval_count: 9,
          };
          const all = Buffer.from([...lines, last].map((line) => `${JSON.stringify(line)}\n`).join(""));
          bytes = all.subarray(0, Math.round(cut * all.length));
          sizes = cuts;
          resets = reset;
          const sent = lines.map(({ message }) => `${message.thinking ?? ""}${message.content}`).join("");
          const shown: string[] = [];
          const outcome = await opened.backend
            .generate(
              ask("Hi", { stop: ["STOP"] }),
              call({ onProgress: (progress) => void (progress.kind === "text" && shown.push(progress.delta)) }),
            )
            .catch((error: unknown) => error);
          const parts =
            outcome instanceof Error
              ? (expect(outcome).toMatchObject({ code: expect.stringMatching(/^AIDE_BACKEND_/), transient: true }),
                shown)
              : [(outcome as { text: string }).text, (outcome as { reasoning: string }).reasoning, ...shown];
          const letters = (text: string) => [...text.replaceAll(/<\/?think>/g, "")];
          // Tags may be cut out of the middle: what is left stands in what was sent, in its order.
          for (const part of parts) {
            let from = 0;
            for (const letter of letters(part)) {
              from = sent.indexOf(letter, from) + 1;
              expect(from, `${JSON.stringify(part)} of ${JSON.stringify(sent)}`).toBeGreaterThan(0);
            }
          }
          if (!(outcome instanceof Error) && !resets) expect((outcome as { text: string }).text).not.toContain("STOP");
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
