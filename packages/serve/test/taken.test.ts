import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { taken } from "../src/taken.ts";

it("lets a client go that takes nothing", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const socket = connect(typeof address === "object" ? (address?.port ?? 0) : 0, "127.0.0.1");
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  expect(response.write("x".repeat(2 ** 26))).toBe(false);
  await taken(response, "drain", 100);
  expect(response.destroyed).toBe(true);
  await taken(response, "finish", 100);
  socket.destroy();
  server.close();
});
