import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { BackendCall } from "@aide-ts/plugin";
import { backendOf, chat, eventsOf, jsonOf, made, serving, user } from "./serving.ts";

const messages = user("x");

/** Writes until it is stopped, and reports when that was. */
const endless = () => {
  const stopped = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const { backend } = backendOf(async (_, { signal, onProgress }: BackendCall) => {
    onProgress?.({ kind: "text", delta: "and ", reasoning: false, tokens: 1 });
    begun.resolve();
    if (!signal.aborted) await once(signal, "abort");
    stopped.resolve();
    return made({ text: "and ", finish: "aborted" });
  });
  return { backend, stopped: stopped.promise, begun: begun.promise };
};

describe("a client that goes away", () => {
  it.each([true, false])("stops its generation at once (stream: %s)", async (stream) => {
    const { backend, stopped, begun } = endless();
    await using served = await serving(backend);
    const leave = new AbortController();
    const asking = chat(served.url, { messages, stream }, { signal: leave.signal }).then((response) => response.text());
    await begun;
    leave.abort();
    await expect(asking).rejects.toThrow(/abort/);
    await stopped;
    await expect.poll(() => served.lines.at(-1)).toMatch(/aborted$/);
    expect(served.warnings).toEqual([]);
  });

  it("while it sends its body does no harm", async () => {
    await using served = await serving(endless().backend);
    const { port } = new URL(served.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{",
    );
    await sleep(50);
    socket.destroy();
    await expect.poll(() => served.lines.at(-1)).toMatch(/gone$/);
    expect(served.warnings).toEqual([]);
    expect((await fetch(`${served.url}/health`)).status).toBe(200);
  });
});

describe("a server that is stopped", () => {
  it("aborts what is under way and notifies the clients", async () => {
    const [one, other] = [endless(), endless()];
    await using streaming = await serving(one.backend);
    await using whole = await serving(other.backend);
    const events = chat(streaming.url, { messages, stream: true }).then(eventsOf);
    const answer = chat(whole.url, { messages });
    await Promise.all([one.begun, other.begun]);
    await Promise.all([streaming.server[Symbol.asyncDispose](), whole.server[Symbol.asyncDispose]()]);
    await Promise.all([one.stopped, other.stopped]);
    expect((await events).at(-1)).toMatchObject({ error: { code: "AIDE_SERVE_STOPPING", type: "server_error" } });
    expect((await answer).status).toBe(503);
    expect(await jsonOf(await answer)).toMatchObject({ error: { code: "AIDE_SERVE_STOPPING" } });
    await expect(fetch(`${whole.url}/health`)).rejects.toThrow();
  });

  it("does not wait for ever for a backend that ignores its signal", { timeout: 20_000 }, async () => {
    const begun = Promise.withResolvers<void>();
    const { backend } = backendOf(() => {
      begun.resolve();
      return new Promise(() => undefined);
    });
    const served = await serving(backend);
    const asking = chat(served.url, { messages }).catch(() => "gone");
    await begun.promise;
    await served.server[Symbol.asyncDispose]();
    expect(await asking).toBe("gone");
  });

  it("can be stopped twice", async () => {
    const { server } = await serving(endless().backend);
    await server[Symbol.asyncDispose]();
    await expect(server[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });
});

describe("a slow client", () => {
  it("has its text gathered, not an event for each token, and gets all of it", { timeout: 60_000 }, async () => {
    const [pieces, piece] = [200_000, "0123456789"];
    const generated = Promise.withResolvers<void>();
    const { backend } = backendOf(async (_, { onProgress }) => {
      for (let at = 0; at < pieces; at++) {
        onProgress?.({ kind: "text", delta: piece, reasoning: false, tokens: at });
        if (at % 5000 === 0) await sleep(0);
      }
      generated.resolve();
      return made({ text: piece.repeat(pieces) });
    });
    await using served = await serving(backend);
    const { port } = new URL(served.url);
    const body = JSON.stringify({ messages, stream: true });
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await generated.promise;
    const received: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => received.push(chunk));
    await once(socket, "close");
    const sent = Buffer.concat(received).toString();
    const text = [...sent.matchAll(/"content":"(\d*)"/g)].map(([, part]) => part).join("");
    expect(text.length).toBe(pieces * piece.length);
    expect(text.startsWith(piece.repeat(3))).toBe(true);
    expect(sent).toContain("data: [DONE]");
    // An event for each piece would be about 50 MB.
    expect(sent.length).toBeLessThan(20_000_000);
  });
});
