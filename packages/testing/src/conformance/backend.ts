import assert from "node:assert/strict";
import { AideError, type Backend, type BackendCall, type CallProgress, type GenerateRequest } from "@aide-ts/plugin";
import { closedBackendConformance } from "./closed-backend.ts";
import type { TestRunner } from "./runner.ts";

export interface BackendCase {
  readonly name: string;
  /** Opens the backend: once for the suite, where that is costly, or anew for each test. */
  readonly open: () => Promise<Backend>;
  /** Closes what `open` gave; its own disposal without. */
  readonly close?: (backend: Backend) => Promise<void>;
  /** Most tokens that a test lets the model write. A slow model gets few. */
  readonly tokens?: number;
  /** Milliseconds within which a call must be over that was aborted. */
  readonly abortWithin?: number;
}

const ask = (content: string): GenerateRequest => ({ messages: [{ role: "user", content }], temperature: 0.7 });

/** What every backend must hold to: honest usage, reasoning kept apart, limits, stops, seeds, aborts and typed refusals. */
export const backendConformance = ({ describe, it }: TestRunner, tested: BackendCase): void => {
  const { name, open, tokens = 48, abortWithin = 5000 } = tested;
  const close = tested.close ?? ((backend: Backend) => Promise.resolve(backend[Symbol.asyncDispose]()));
  const withBackend = async (test: (backend: Backend) => Promise<void>): Promise<void> => {
    const backend = await open();
    try {
      await test(backend);
    } finally {
      await close(backend);
    }
  };
  const call = (part: Partial<BackendCall> = {}): BackendCall => ({
    seed: 1,
    grantedTokens: tokens,
    signal: new AbortController().signal,
    ...part,
  });

  describe(`backend ${name}`, () => {
    it("names its model and says what it can do", () =>
      withBackend(async (backend) => {
        assert.notEqual(backend.model, "");
        const { has, contextTokens, details } = await backend.capabilities(call().signal);
        assert.equal(new Set(has).size, has.length);
        assert.ok(Number.isInteger(contextTokens) && contextTokens > 0);
        assert.deepEqual(JSON.parse(JSON.stringify(details)), details);
      }));

    it("answers, and counts what it used", () =>
      withBackend(async (backend) => {
        const { text, reasoning, usage, timing, finish } = await backend.generate(ask("Count to three."), call());
        assert.notEqual(text + reasoning, "");
        assert.ok(usage.prompt > 0, "no prompt token");
        assert.ok(usage.cached >= 0 && usage.cached <= usage.prompt, `${usage.cached} of ${usage.prompt} cached`);
        assert.ok(usage.answer + usage.reasoning > 0, "no answer token");
        assert.ok(usage.reasoning === 0 || reasoning !== "", "reasoning tokens without reasoning");
        assert.ok(timing.firstTokenMs >= 0 && timing.totalMs >= timing.firstTokenMs);
        assert.doesNotMatch(text, /<\/?think>/);
        assert.notEqual(finish, "aborted");
      }));

    it("tells its answer as it grows, and nothing else", () =>
      withBackend(async (backend) => {
        const shown: Extract<CallProgress, { kind: "text" }>[] = [];
        const onProgress = (progress: CallProgress) => void (progress.kind === "text" && shown.push(progress));
        const { text, reasoning } = await backend.generate(ask("Count to five."), call({ onProgress }));
        const join = (thought: boolean) =>
          shown.flatMap((part) => (part.reasoning === thought ? [part.delta] : [])).join("");
        assert.equal(join(false).trimEnd(), text.trimEnd());
        assert.equal(join(true).trim(), reasoning.trim());
        assert.ok(shown.every(({ tokens: count }, at) => at === 0 || count >= (shown[at - 1]?.tokens ?? 0)));
      }));

    it("writes no more than it is granted", () =>
      withBackend(async (backend) => {
        const { usage, finish } = await backend.generate(ask("Write a long story."), call({ grantedTokens: 5 }));
        assert.ok(usage.answer + usage.reasoning <= 5, `${usage.answer + usage.reasoning} tokens`);
        assert.match(finish, /^length/);
      }));

    it("ends at a stop sequence, which is no part of the answer", () =>
      withBackend(async (backend) => {
        const whole = await backend.generate({ ...ask("Count to five."), temperature: 0 }, call());
        const stop = whole.text.slice(4, 7);
        assert.equal(stop.length, 3, `too short to be stopped: ${JSON.stringify(whole.text)}`);
        const cut = await backend.generate({ ...ask("Count to five."), temperature: 0, stop: [stop] }, call());
        assert.equal(cut.finish, "stop-sequence");
        assert.equal(cut.text.includes(stop), false);
        assert.ok(whole.text.startsWith(cut.text));
      }));

    it("answers the same again under the same seed, where it says so", () =>
      withBackend(async (backend) => {
        const { has } = await backend.capabilities(call().signal);
        if (!has.includes("seed")) return;
        const texts = [];
        for (const seed of [7, 7, 8, 9])
          texts.push((await backend.generate(ask("Invent a name."), call({ seed }))).text);
        assert.equal(texts[1], texts[0]);
        assert.ok(new Set(texts).size > 1, "other seeds change nothing");
      }));

    it("gives each of several calls at a time its own answer", () =>
      withBackend(async (backend) => {
        const alone = [];
        for (const seed of [1, 2, 3]) alone.push(await backend.generate(ask(`Say ${seed}.`), call({ seed })));
        const together = await Promise.all(
          [1, 2, 3].map((seed) => backend.generate(ask(`Say ${seed}.`), call({ seed }))),
        );
        const { has } = await backend.capabilities(call().signal);
        if (has.includes("seed"))
          assert.deepEqual(
            together.map(({ text }) => text),
            alone.map(({ text }) => text),
          );
        for (const { usage } of together) assert.ok(usage.prompt > 0);
      }));

    it("resolves with what there is when it is stopped", () =>
      withBackend(async (backend) => {
        const stop = new AbortController();
        const running = backend.generate(ask("Write a very long story."), {
          ...call({ signal: stop.signal, grantedTokens: 500 }),
          onProgress: ({ kind }) => void (kind === "text" && stop.abort()),
        });
        const began = performance.now();
        const { finish, usage } = await running;
        assert.equal(finish, "aborted");
        assert.ok(usage.prompt >= 0);
        assert.ok(performance.now() - began < abortWithin + 60_000);
      }));

    it("does nothing for a call that was stopped before", () =>
      withBackend(async (backend) => {
        const began = performance.now();
        const { finish, text } = await backend.generate(ask("Hello."), call({ signal: AbortSignal.abort() }));
        assert.equal(finish, "aborted");
        assert.equal(text, "");
        assert.ok(performance.now() - began < abortWithin);
      }));

    it("refuses a prompt that does not fit, by name", () =>
      withBackend(async (backend) => {
        const { contextTokens } = await backend.capabilities(call().signal);
        const error = await backend.generate(ask("word ".repeat(contextTokens + 10)), call()).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        assert.ok(AideError.is(error), "a prompt beyond the context was taken");
        assert.equal(error.code, "AIDE_CONTEXT_OVERFLOW");
        assert.equal(error.fault, "backend");
        assert.equal(error.transient, false);
      }));

    it("goes on from an unfinished answer, where it says so", () =>
      withBackend(async (backend) => {
        const { has } = await backend.capabilities(call().signal);
        if (!has.includes("continuation")) return;
        const text = "```python\nimport ";
        const continueFrom = { reasoning: "", thinking: false, text };
        const more = await backend.generate({ ...ask("Write a script."), continueFrom }, call());
        assert.equal(more.text.startsWith(text), false, "the beginning was given back");
        assert.notEqual(more.text, "");
      }));

    it("answers to a schema, where it says so", () =>
      withBackend(async (backend) => {
        const { has } = await backend.capabilities(call().signal);
        if (!has.includes("jsonSchema")) return;
        const schema = { type: "object", properties: { failed: { type: "boolean" } }, required: ["failed"] };
        const { text } = await backend.generate({ ...ask("Did it fail?"), schema }, call());
        const answer: unknown = JSON.parse(text);
        assert.ok(typeof answer === "object" && answer !== null && "failed" in answer);
        assert.equal(typeof answer.failed, "boolean");
      }));

    it("counts more tokens in a longer prompt, where it counts", () =>
      withBackend(async (backend) => {
        const [short, long] = await Promise.all([
          backend.countTokens?.(ask("one")),
          backend.countTokens?.(ask("one two three four five six seven")),
        ]);
        if (short !== undefined && long !== undefined) assert.ok(short > 0 && long > short);
      }));
  });

  if (tested.close === undefined) closedBackendConformance({ describe, it }, tested);
};
