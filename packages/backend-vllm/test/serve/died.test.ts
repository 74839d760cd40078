import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { options, VllmBackend } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "aide-vllm-died-"));

/** Stands for a Python with vLLM: dies of the second call that says "die", the first time that it is started. */
const program = `#!${process.execPath}
const { existsSync, writeFileSync } = require("node:fs");
const { createServer } = require("node:http");
const port = Number(process.argv[process.argv.indexOf("--port") + 1]);
const started = ${JSON.stringify(join(folder, "started"))};
const again = existsSync(started);
writeFileSync(started, "");
let deadly = 0;
createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  if (request.url === "/health") return response.end();
  if (request.url === "/v1/models") return response.end(JSON.stringify({ data: [{ id: "m", max_model_len: 8192 }] }));
  if (request.url !== "/v1/chat/completions") return response.writeHead(404).end();
  if (!again && body.includes("die") && ++deadly === 2) process.exit(1);
  if (!again && body.includes("die")) return;
  const choices = [{ index: 0, delta: { content: "alive" }, finish_reason: "stop" }];
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end("data: " + JSON.stringify({ choices }) + "\\n\\ndata: [DONE]\\n\\n");
}).listen(port, "127.0.0.1");
`;

it("a server that died of two calls, with a third in its queue, is started again once, and lives", async () => {
  const python = join(folder, "python");
  writeFileSync(python, program, { mode: 0o755 });
  const started: string[] = [];
  await using backend = new VllmBackend(options.parse({ model: "m", concurrency: 2, serve: { python } }), {
    cacheFolder: folder,
    runFolder: folder,
    env: (name) => process.env[name],
    log: (line) => void (line.includes("starting") && started.push(line)),
  });
  const call = { seed: 1, grantedTokens: 5, signal: new AbortController().signal };
  const ask = (content: string) => backend.generate({ messages: [{ role: "user", content }] }, call);
  const again = async (): Promise<string> => {
    await expect(ask("die")).rejects.toMatchObject({ code: "AIDE_SERVER_DIED", transient: true });
    return (await ask("die")).text;
  };
  expect(await Promise.all([again(), again(), again()])).toEqual(["alive", "alive", "alive"]);
  expect(started).toHaveLength(2);
});
