// A model server in a process of its own: answers every chat with a stream of so many pieces. Reports its port, then its sockets when asked.
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

const pieces = Number(process.argv[2] ?? 100);

const piece = (at: number): string =>
  `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "bench", choices: [{ index: 0, delta: { content: ` token${at}` }, logprobs: null, finish_reason: null }] })}\n\n`;
const end = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 1000, completion_tokens: pieces, total_tokens: 1000 + pieces } })}\n\ndata: [DONE]\n\n`;

const sockets = new Set<Socket>();
let most = 0;
const server = createServer((request, response) => {
  request.resume().on("end", async () => {
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ data: [{ id: "bench", max_model_len: 32_768 }] }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (let at = 0; at < pieces; at++) {
      response.write(piece(at));
      if (at % 20 === 0) await nextTurn();
    }
    response.end(end);
  });
});
server.on("connection", (socket: Socket) => {
  sockets.add(socket);
  most = Math.max(most, sockets.size);
  socket.once("close", () => sockets.delete(socket)).on("error", () => undefined);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : undefined });
});
process.on("message", () => {
  process.send?.({ most });
  most = sockets.size;
});
