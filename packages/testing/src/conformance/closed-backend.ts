import assert from "node:assert/strict";
import { AideError, type Backend, type BackendCall, type GenerateRequest } from "@aide-ts/plugin";
import type { TestRunner } from "./runner.ts";

const request: GenerateRequest = { messages: [{ role: "user", content: "Hello." }] };
const call: BackendCall = { seed: 1, grantedTokens: 5, signal: new AbortController().signal };

const questions: Readonly<Record<string, (backend: Backend) => Promise<unknown> | undefined>> = {
  generate: (backend) => backend.generate(request, call),
  countTokens: (backend) => backend.countTokens?.(request),
  capabilities: (backend) => backend.capabilities(call.signal),
};

/** What every backend must hold to once it was closed. No server and no model is asked for it. */
export const closedBackendConformance = (
  { describe, it }: TestRunner,
  { name, open }: { readonly name: string; readonly open: () => Promise<Backend> },
): void => {
  describe(`backend ${name}, closed`, () => {
    for (const [method, ask] of Object.entries(questions))
      it(`answers ${method} with AIDE_BACKEND_CLOSED`, async () => {
        const backend = await open();
        await backend[Symbol.asyncDispose]();
        const answer = ask(backend);
        if (answer !== undefined) await assertClosed(answer);
      });

    it("can be closed twice", async () => {
      const backend = await open();
      await backend[Symbol.asyncDispose]();
      await backend[Symbol.asyncDispose]();
    });
  });
};

export const assertClosed = async (answer: Promise<unknown>): Promise<void> => {
  const error = await answer.then(
    () => assert.fail("A closed backend answered."),
    (reason: unknown) => reason,
  );
  if (!AideError.is(error)) assert.fail(`no error of ours: ${String(error)}`);
  const { code, fault, transient } = error;
  assert.deepEqual({ code, fault, transient }, { code: "AIDE_BACKEND_CLOSED", fault: "internal", transient: false });
};
