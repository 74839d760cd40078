import { Answer, type Beginning, type Piece as Shown, type Read } from "@aide-ts/backend-kit";
import type { CallProgress, Finish, Generation, Usage } from "@aide-ts/plugin";
import type { Piece } from "../protocol/server.ts";
import type { ServerUsage } from "../protocol/chunk.ts";
import { answerGivenUp, answerWithheld } from "../errors.ts";

export interface Asked {
  /** For errors. */
  readonly server: string;
  readonly beginning: Beginning;
  /** Looked for here, in the text alone: servers look in thoughts too, and few say whether they met one. */
  readonly stops: readonly string[];
  /** The most tokens; a server that writes on is cut off. */
  readonly limit: number;
  readonly pauseAfterThought: boolean;
  /** Tokens of the prompt, for a call that ends before the server says. */
  readonly promptEstimate: number;
  readonly onProgress: ((progress: CallProgress) => void) | undefined;
}

/** A piece may hold several tokens, but no piece of text holds less than one. */
const margin = 16;

/** An answer as it comes in: reasoning and text apart, tokens counted, and the reason why it is over. */
export class StreamedAnswer {
  readonly #asked: Asked;
  readonly #answer: Answer;
  readonly #began = performance.now();
  #firstMs: number | undefined;
  #usage: ServerUsage | undefined;
  /** Tokens: as the server counts them along the way, else one a piece. */
  #written = 0;
  #inReasoning = false;
  #finish: Finish | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#answer = new Answer(asked.beginning, asked.stops);
  }

  /** Whether the answer is over, whatever becomes of the connection. */
  get finished(): boolean {
    return this.#finish !== undefined;
  }

  get isEmpty(): boolean {
    return this.#written === 0;
  }

  take({ text, reasoning, finish, usage }: Piece): Read {
    const counted = usage === undefined ? 0 : usage.written - this.#written;
    this.#usage = usage ?? this.#usage;
    if (this.#finish !== undefined) return "go on";
    if (text !== "" || reasoning !== "") {
      this.#firstMs ??= performance.now() - this.#began;
      const tokens = Math.max(usage === undefined ? 1 : 0, counted);
      this.#written += tokens;
      this.#inReasoning = text === "";
      const wasThinking = this.#answer.thinking || reasoning !== "";
      this.#show([
        ...(reasoning === "" ? [] : this.#answer.pushReasoning(reasoning, text === "" ? tokens : 0)),
        ...(text === "" ? [] : this.#answer.push(text, tokens)),
      ]);
      if (this.#asked.pauseAfterThought && wasThinking && this.#answer.settled) return this.#end("thought-end");
      if (this.#answer.stopped !== undefined) return this.#end("stop-sequence");
      if (this.#written > this.#asked.limit + margin) return this.#end(this.#lengthReached());
    }
    if (finish !== undefined) this.#finish = this.#finishOf(finish);
    return "go on";
  }

  /** What there is, where the caller stopped the call. */
  abort(): void {
    this.#finish ??= "aborted";
  }

  /** The server stated that it was over, and not why. */
  close(): void {
    this.#finish ??= "stop";
  }

  generation(queuedMs: number): Generation {
    this.#show(this.#answer.end());
    const totalMs = queuedMs + performance.now() - this.#began;
    const finish = this.#finish ?? "aborted";
    return {
      // The piece that ended the thought may hold the first of the answer, which whoever goes on asks for anew.
      text: finish === "thought-end" ? "" : this.#answer.text,
      reasoning: this.#answer.reasoning,
      finish,
      usage: this.usage(),
      timing: {
        queuedMs,
        firstTokenMs: this.#firstMs === undefined ? totalMs : queuedMs + this.#firstMs,
        totalMs,
      },
    };
  }

  /** The total is the server's where it gave one; the split between reasoning and answer follows the pieces where it does not split. */
  usage(): Usage {
    const { reasoning, text } = this.#answer.tokens;
    const written = this.#usage?.written ?? this.#written;
    const seen = reasoning + text;
    const share = seen === 0 ? 0 : Math.round((written * reasoning) / seen);
    // vLLM says 0 where the template, and not the model, has opened the thought.
    const thought = Math.min(written, (this.#usage?.reasoning ?? 0) || (this.#answer.reasoning === "" ? 0 : share));
    return {
      prompt: this.#usage?.prompt ?? this.#asked.promptEstimate,
      cached: this.#usage?.cached ?? 0,
      reasoning: thought,
      answer: written - thought,
      estimated: this.#usage === undefined,
    };
  }

  #end(finish: Finish): Read {
    this.#finish = finish;
    return "done";
  }

  #show(pieces: readonly Shown[]): void {
    for (const { text, reasoning } of pieces)
      this.#asked.onProgress?.({ kind: "text", delta: text, reasoning, tokens: this.#written });
  }

  #lengthReached(): Finish {
    return this.#inReasoning || this.#answer.thinking ? "length-in-thought" : "length";
  }

  #finishOf(reason: string): Finish {
    switch (reason) {
      case "length":
      case "max_tokens":
        return this.#lengthReached();
      case "abort":
      case "error":
        throw answerGivenUp(this.#asked.server, reason);
      case "content_filter":
        throw answerWithheld(this.#asked.server);
      default:
        return "stop";
    }
  }
}
