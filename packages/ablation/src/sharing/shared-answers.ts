import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { shortDigest } from "@aide-ts/core";
import type { Backend, BackendCall, GenerateRequest, Generation } from "@aide-ts/plugin";
import { lock } from "@aide-ts/process-lock";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

/** Answers that arms share: whoever asks first has them generated, the others are given them, with all that they cost. */
export interface SharedAnswers {
  readonly through: (backend: Backend, role: string) => Backend;
  /** From now on everything is generated anew. */
  readonly close: () => void;
}

/**
 * Shares the answers to requests that are the same in model, role, messages, sampling and seed. A seed follows from a run's own, the proposal and the request,
 * so these are the first drafts of arms that draft alike. Answers that were cut short are not kept.
 * @param folder for all cells whose answers may be shared; made where it is missing
 */
export const sharedAnswers = (folder: string): SharedAnswers => {
  let isOpen = true;
  const through = (backend: Backend, role: string): Backend => {
    const generate = async (request: GenerateRequest, call: BackendCall): Promise<Generation> => {
      if (!isOpen) return backend.generate(request, call);
      await mkdir(folder, { recursive: true });
      const { seed, grantedTokens } = call;
      const path = join(folder, `${shortDigest({ model: backend.model, role, request, seed, grantedTokens })}.json`);
      await using _asked = await lock(`${path}.lock`, { signal: call.signal });
      const kept = await readAnswer(path);
      if (kept !== undefined) {
        const { reasoning, answer: tokens } = kept.usage;
        call.onProgress?.({ kind: "text", delta: kept.text, reasoning: false, tokens: reasoning + tokens });
        return kept;
      }
      const generation = await backend.generate(request, call);
      if (generation.finish !== "aborted") await writeFileAtomic(path, `${JSON.stringify(generation)}\n`);
      return generation;
    };
    const { countTokens } = backend;
    return {
      model: backend.model,
      capabilities: (signal) => backend.capabilities(signal),
      generate,
      ...(countTokens === undefined ? {} : { countTokens: (request) => countTokens.call(backend, request) }),
      [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
    };
  };
  return { through, close: () => void (isOpen = false) };
};

const count = z.number().nonnegative();
const answer: z.ZodType<Generation> = z.object({
  text: z.string(),
  reasoning: z.string(),
  finish: z.enum(["stop", "stop-sequence", "thought-end", "length", "length-in-thought", "repetition"]),
  usage: z.object({ prompt: count, cached: count, reasoning: count, answer: count, estimated: z.boolean() }),
  timing: z.object({ queuedMs: count, firstTokenMs: count, totalMs: count }),
});

/** Nothing where there is none, or what is there is damaged: it is generated anew. */
const readAnswer = async (path: string): Promise<Generation | undefined> => {
  try {
    return answer.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
};
