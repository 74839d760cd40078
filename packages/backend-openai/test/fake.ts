import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BackendCall, GenerateRequest } from "@aide-ts/plugin";
import { openAiProtocol, startModelServer, type Exchange, type FakeModelServer } from "@aide-ts/testing";

export const runFolder = (): string => mkdtempSync(join(tmpdir(), "aide-openai-"));

export const host = (env: Readonly<Record<string, string>> = {}, logged: string[] = [], folder = runFolder()) => ({
  cacheFolder: folder,
  runFolder: folder,
  env: (name: string) => env[name],
  log: (line: string) => void logged.push(line),
});

export const ask = (content: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [{ role: "user", content }],
  ...more,
});

export const call = (grantedTokens = 100): BackendCall => ({
  seed: 5,
  grantedTokens,
  signal: new AbortController().signal,
});

export interface Received {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

export interface Recording extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
}

/** A server that keeps what it is asked, and answers as the test wants: pieces of text, or a refusal. */
export const recording = async (
  answer: (
    received: Received,
    number: number,
  ) => readonly string[] | { readonly status: number; readonly message: string },
): Promise<Recording> => {
  const received: Received[] = [];
  const server: FakeModelServer = await startModelServer({
    protocol: openAiProtocol,
    generate: ({ path, body, response, protocol }: Exchange) => {
      const one: Received = { path, body: JSON.parse(body) };
      received.push(one);
      const made = answer(one, received.length);
      if ("status" in made) {
        response.writeHead(made.status, { "content-type": "application/json" });
        response.end(JSON.stringify({ error: { message: made.message, type: "invalid_request_error" } }));
        return;
      }
      response.writeHead(200, { "content-type": protocol.contentType });
      const texts = path.endsWith("/chat/completions")
        ? made.map(protocol.piece)
        : made.map((text) => `data: ${JSON.stringify({ choices: [{ index: 0, text, finish_reason: null }] })}\n\n`);
      response.end(
        texts.join("") +
          protocol.finish(made.length === one.body["max_tokens"] ? "length" : "stop", made.length) +
          protocol.end,
      );
    },
  });
  return { url: `${server.url}/v1`, received, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

/** A server whose messages have contents of any kind, streamed or as one whole answer. */
export const recordingContents = async (
  contents: readonly unknown[],
  streams: boolean,
): Promise<{ readonly url: string } & AsyncDisposable> => {
  const server = await startModelServer({
    protocol: openAiProtocol,
    generate: ({ response, protocol }: Exchange) => {
      if (!streams) {
        const choices = contents.map((content) => ({ index: 0, message: { content }, finish_reason: "stop" }));
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ choices }));
        return;
      }
      const deltas = contents.map((content) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }));
      response.writeHead(200, { "content-type": protocol.contentType });
      response.end(
        deltas.map((delta) => `data: ${JSON.stringify(delta)}\n\n`).join("") +
          protocol.finish("stop", contents.length) +
          protocol.end,
      );
    },
  });
  return { url: `${server.url}/v1`, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};
