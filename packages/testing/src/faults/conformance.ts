import assert from "node:assert/strict";
import {
  AideError,
  type Backend,
  type BackendCall,
  type CallProgress,
  type GenerateRequest,
  type Generation,
} from "@aide-ts/plugin";
import { assertClosed, closedBackendConformance } from "../conformance/closed-backend.ts";
import type { TestRunner } from "../conformance/runner.ts";
import type { Becomes, FaultKind } from "./fault-kind.ts";
import { startModelServer, type FakeModelServer } from "./model-server.ts";
import { after, answerPieces, answerWell } from "./playing.ts";
import type { Protocol } from "./protocol.ts";
import { connectionKinds } from "./connection-kinds.ts";
import { refusalKinds } from "./refusal-kinds.ts";
import { streamKinds } from "./stream-kinds.ts";

/** Ways in which model servers, and what stands before them, go wrong. */
export const faultKinds: readonly FaultKind[] = [...connectionKinds, ...refusalKinds, ...streamKinds];

export interface FaultCase {
  readonly name: string;
  readonly protocol: Protocol;
  /** A backend for the model `test-model` of the server at `url`, which gives up after `patience` seconds of silence. */
  readonly open: (url: string, patience: number) => Backend;
}

const greeting = "Greet the world.";
const limit = 100;
const silence = 0.4;

const request: GenerateRequest = { messages: [{ role: "user", content: greeting }] };

const callWith = (onProgress: (progress: CallProgress) => void): BackendCall => ({
  seed: 1,
  grantedTokens: limit,
  signal: new AbortController().signal,
  onProgress,
});

/** What every backend over HTTP must make of servers that go wrong: an answer, or one typed error with what was paid for; never a second call. */
export const faultConformance = ({ describe, it }: TestRunner, { name, protocol, open }: FaultCase): void => {
  describe(`backend ${name}, faults`, () => {
    for (const fault of faultKinds.filter(({ of }) => of === undefined || of === protocol.name))
      it(`${fault.name}: ${summary(fault.becomes)}`, async () => {
        let calls = 0;
        await using server = await startModelServer({
          protocol,
          // Whatever a backend asks to get to know a server is answered well.
          generate: (exchange) => {
            if (!exchange.body.includes(greeting)) return answerWell(exchange);
            calls++;
            return fault.play(exchange);
          },
          expiredTls: fault.expiredTls ?? false,
        });
        if (fault.refused) await server[Symbol.asyncDispose]();
        const backend = open(address(server, fault), silence);
        try {
          await check(fault.becomes, backend);
          assert.ok(calls <= 1, `${calls} calls for one`);
        } finally {
          await backend[Symbol.asyncDispose]();
        }
      });

    it("closed in the middle of an answer: AIDE_BACKEND_CLOSED", async () => {
      await using server = await startModelServer({
        protocol,
        generate: (exchange) =>
          exchange.body.includes(greeting) ? after(2, () => undefined)(exchange) : answerWell(exchange),
      });
      const backend = open(server.url, 30);
      const closed = Promise.withResolvers<void>();
      const close = () => closed.resolve(Promise.resolve(backend[Symbol.asyncDispose]()));
      await assertClosed(
        backend.generate(
          request,
          callWith(({ kind }) => void (kind === "text" && close())),
        ),
      );
      await closed.promise;
    });
  });

  closedBackendConformance({ describe, it }, { name, open: async () => open("http://127.0.0.1:9", silence) });
};

const summary = (becomes: Becomes): string => (becomes.kind === "error" ? becomes.code : becomes.kind);

const address = ({ url }: FakeModelServer, { scheme }: FaultKind): string =>
  scheme === undefined ? url : url.replace(/^http:/, `${scheme}:`);

const check = async (becomes: Becomes, backend: Backend): Promise<void> => {
  const shown: string[] = [];
  const call = backend.generate(
    request,
    callWith((progress) => void (progress.kind === "text" && shown.push(progress.delta))),
  );
  if (becomes.kind === "error") {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    checkError(becomes, error);
    assert.ok(answerPieces.join("").startsWith(shown.join("")), `text that was not sent: ${JSON.stringify(shown)}`);
  } else checkAnswer(becomes, await call);
};

const checkError = (becomes: Extract<Becomes, { kind: "error" }>, error: unknown): void => {
  if (!AideError.is(error)) assert.fail(`no error of ours: ${String(error)}`);
  const { code, transient, retryAfterMs, spent } = error;
  assert.deepEqual(
    { code, transient },
    { code: becomes.code, transient: becomes.transient },
    `${error.message} ${JSON.stringify(error.facts)}`,
  );
  assert.equal(error.fault, becomes.user ? "user" : "backend");
  assert.notEqual(error.fix, "");
  assert.equal(retryAfterMs, becomes.retryAfterMs);
  if (becomes.spent === undefined) assert.equal(spent, undefined);
  else
    assert.deepEqual(
      { answer: spent?.answer, estimated: spent?.estimated ?? true },
      { answer: becomes.spent, estimated: spent?.estimated ?? true },
    );
  if (becomes.spent !== undefined) assert.ok((spent?.prompt ?? 0) > 0, "the prompt was not counted");
};

const checkAnswer = (becomes: Exclude<Becomes, { kind: "error" }>, { text, finish, usage }: Generation): void => {
  if (becomes.kind === "cut") {
    assert.equal(finish, "length");
    assert.ok(usage.answer >= limit && usage.answer <= 2 * limit, `${usage.answer} tokens`);
    return;
  }
  assert.equal(text, answerPieces.join(""));
  assert.equal(finish, "stop");
  assert.equal(usage.answer, answerPieces.length);
  assert.equal(usage.estimated, becomes.estimated ?? false);
};
