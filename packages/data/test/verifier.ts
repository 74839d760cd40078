import { fileURLToPath } from "node:url";
import type { Json, RunningProgram } from "@aide-ts/plugin";
import { openExecutor, openReader, type Opened } from "./folder.ts";

interface Verifier extends AsyncDisposable {
  ask(request: string, given: { readonly [key: string]: Json }): Promise<unknown>;
}

/** A reader, and beside it the program that it is held against. */
export interface Verified extends Opened {
  readonly verifier: Verifier;
}

export const openVerified = async (): Promise<Verified> => {
  const opened = await openReader();
  const verifier = await openVerifier(opened.root);
  return {
    ...opened,
    verifier,
    async [Symbol.asyncDispose]() {
      await verifier[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
};

/** The program that properties hold the product against, in the same Python. */
const openVerifier = async (root: string): Promise<Verifier> => {
  const executor = await openExecutor(root, root);
  const file = fileURLToPath(new URL("./python/verify.py", import.meta.url));
  const program: RunningProgram = await executor.start(
    { file, reads: [root], writes: [root] },
    { signal: new AbortController().signal },
  );
  return {
    async ask(request, given) {
      const answer = JSON.parse(await program.request(JSON.stringify({ ask: request, with: given })));
      if ("error" in answer) throw new Error(String(answer.error));
      return answer.value;
    },
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await executor[Symbol.asyncDispose]();
    },
  };
};
