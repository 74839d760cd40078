import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AideError, type Backend, type BackendCall, type Generation } from "@aide-ts/plugin";
import type { TestRunner } from "../conformance/runner.ts";

export interface StartedServerCase {
  readonly name: string;
  /** A backend with two calls at a time that starts its server of the model `test-model` by `program`, whose arguments have `--port`. */
  readonly open: (program: string, folder: string) => Backend;
}

/** Speaks OpenAI's protocol. The first time that it is started, it dies of the second call that says "die". */
const program = (starts: string): string => `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const { createServer } = require("node:http");
appendFileSync(${JSON.stringify(starts)}, "started\\n");
const dies = readFileSync(${JSON.stringify(starts)}, "utf8") === "started\\n";
let deadly = 0;
createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  if (request.url === "/health") return response.end();
  if (request.url === "/v1/models") return response.end('{"data":[{"id":"test-model","max_model_len":8192}]}');
  if (request.url !== "/v1/chat/completions") return response.writeHead(404).end();
  if (dies && body.includes("die") && ++deadly === 2) process.exit(1);
  if (dies && body.includes("die")) return;
  const choices = [{ index: 0, delta: { content: "alive" }, finish_reason: "stop" }];
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end("data: " + JSON.stringify({ choices }) + "\\n\\ndata: [DONE]\\n\\n");
}).listen(Number(process.argv[process.argv.indexOf("--port") + 1]), "127.0.0.1");
`;

/** What a backend must hold to whose server it starts itself. */
export const startedServerConformance = ({ describe, it }: TestRunner, { name, open }: StartedServerCase): void => {
  describe(`backend ${name}, with a server of its own`, () => {
    it("starts one that died of its calls again, once, and says of what they failed", async () => {
      const folder = await mkdtemp(join(tmpdir(), "aide-started-"));
      const file = join(folder, "program");
      const starts = join(folder, "starts");
      await writeFile(file, program(starts), { mode: 0o755 });
      const backend = open(file, folder);
      let deaths = 0;
      const untilAnswered = async (): Promise<Generation> => {
        try {
          return await backend.generate(request, call);
        } catch (error) {
          assert.ok(AideError.is(error), `no error of ours: ${String(error)}`);
          assert.equal(error.code, "AIDE_SERVER_DIED");
          deaths++;
          return backend.generate(request, call);
        }
      };
      try {
        const answers = await Promise.all([untilAnswered(), untilAnswered(), untilAnswered()]);
        assert.deepEqual(
          answers.map(({ text }) => text),
          ["alive", "alive", "alive"],
        );
        assert.ok(deaths >= 2, `${deaths} calls failed of the server's death`);
        assert.equal(await readFile(starts, "utf8"), "started\n".repeat(2));
      } finally {
        await backend[Symbol.asyncDispose]();
      }
    });
  });
};

const request = { messages: [{ role: "user", content: "die" }] } as const;
const call: BackendCall = { seed: 1, grantedTokens: 5, signal: new AbortController().signal };
