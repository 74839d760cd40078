import { disconnected, modelNotFound, refusalText } from "@aide-ts/backend-kit";
import type { AideError } from "@aide-ts/plugin";
import { serverUrl } from "../protocol/address.ts";
import { PullLine } from "../protocol/replies.ts";
import { OllamaServer } from "../protocol/server.ts";
import { pullFailed } from "../errors.ts";

export interface PullOptions {
  readonly signal: AbortSignal;
  /** Takes a line of progress: at most one in 5 seconds, or for each tenth. */
  readonly say: (line: string) => void;
  /** Seconds without a word from the server until a pull counts as lost. */
  readonly stallSeconds?: number;
}

const sayEveryMs = 5000;
const sayEveryPercent = 10;
const longestStall = 600;

/**
 * Lets an Ollama server pull a model. A pull that was cut goes on where it stopped.
 * `url`: as `OLLAMA_HOST` has it; Ollama's own default without.
 *
 * @throws AIDE_MODEL_NOT_FOUND for a name that the registry does not know, AIDE_MODEL_PULL, AIDE_BACKEND_…, and the signal's reason.
 */
export const pullModel = async (model: string, options: PullOptions & { readonly url?: string }): Promise<void> => {
  await using server = new OllamaServer(serverUrl(options.url), model, 1);
  await pullOnto(server, options);
};

/** See `pullModel`. */
export const pullOnto = async (
  server: OllamaServer,
  { signal, say, stallSeconds = longestStall }: PullOptions,
): Promise<void> => {
  const patience = { firstSeconds: stallSeconds, nextSeconds: stallSeconds };
  const progress = new PullProgress(server.model, say);
  let succeeded = false;
  await server.stream("/api/pull", { model: server.model, stream: true }, { signal, patience }, (line) => {
    const update = pullLine(line);
    if (update.error !== undefined) throw pullFailure(server, update.error);
    progress.report(update);
    succeeded ||= update.status === "success";
    return succeeded ? "done" : "go on";
  });
  if (!succeeded) throw disconnected(server.url, "the pull ended before it had succeeded");
};

const pullLine = (line: string): PullLine => {
  try {
    return PullLine.parse(JSON.parse(line));
  } catch {
    return { error: refusalText(line) };
  }
};

const pullFailure = (server: OllamaServer, answer: string): AideError => {
  if (/file does not exist|not found|invalid model name/i.test(answer))
    return modelNotFound(server.url, server.model, [], answer, {
      instead: "see https://ollama.com/search for names and tags",
    });
  return pullFailed(server.url, server.model, answer);
};

/** Layers come one after another, each with its own count; what is reported is the part of all that are known of. */
class PullProgress {
  readonly #model: string;
  readonly #say: (line: string) => void;
  readonly #layers = new Map<string, { readonly total: number; readonly completed: number }>();
  #reportedAt = -Infinity;
  #reportedPercent = -Infinity;
  #reportedStatus = "";

  constructor(model: string, say: (line: string) => void) {
    this.#model = model;
    this.#say = say;
  }

  report({ status = "", digest, total, completed = 0 }: PullLine): void {
    if (digest !== undefined && total !== undefined) this.#layers.set(digest, { total, completed });
    // A layer's status names its digest.
    const what = digest === undefined ? status : "pulling";
    const percent = digest === undefined ? undefined : this.#percent();
    const now = performance.now();
    const due =
      now - this.#reportedAt >= sayEveryMs || (percent ?? -Infinity) >= this.#reportedPercent + sayEveryPercent;
    if (!due && what === this.#reportedStatus) return;
    this.#reportedAt = now;
    this.#reportedPercent = percent ?? this.#reportedPercent;
    this.#reportedStatus = what;
    this.#say(`ollama   ${this.#model}: ${what}${percent === undefined ? "" : `, ${percent} %`}`);
  }

  #percent(): number {
    const layers = [...this.#layers.values()];
    const total = layers.reduce((sum, layer) => sum + layer.total, 0);
    const completed = layers.reduce((sum, layer) => sum + layer.completed, 0);
    return total === 0 ? 0 : Math.floor((100 * completed) / total);
  }
}
