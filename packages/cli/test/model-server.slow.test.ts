import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { answerPieces, openAiProtocol, startModelServer, type Exchange } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { aide, block, good, project, runFolder } from "./aide.ts";

const key = "sk-a-key-that-nobody-may-read";

/** Answers with a script that solves the task, a piece a line. */
const solve = ({ response, protocol }: Exchange): void => {
  const lines = block(good).split(/(?<=\n)/);
  response.writeHead(200, { "content-type": protocol.contentType });
  response.end(lines.map(protocol.piece).join("") + protocol.finish("stop", lines.length) + protocol.end);
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile());

const using = (url: string) => ({
  answers: undefined,
  use: "openai",
  preset: "openai",
  url: `${url}/v1`,
  model: "test-model",
});

describe("a run on a model server", () => {
  it("lives through calls that break, and through a restart of the server", { timeout: 120_000 }, async () => {
    let calls = 0;
    let port = 0;
    let restarting: Promise<unknown> | undefined;
    const behave = async (exchange: Exchange): Promise<void> => {
      calls++;
      if (calls === 1) {
        exchange.response.writeHead(200, { "content-type": exchange.protocol.contentType });
        exchange.response.write(exchange.protocol.piece(answerPieces[0]));
        setTimeout(() => exchange.socket.resetAndDestroy(), 50);
      } else if (calls === 3) restarting ??= restart();
      else solve(exchange);
    };
    const first = await startModelServer({ protocol: openAiProtocol, generate: behave });
    ({ port } = first);
    const restart = async (): Promise<AsyncDisposable> => {
      await first[Symbol.asyncDispose]();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return startModelServer({ protocol: openAiProtocol, generate: behave, port });
    };
    const root = project([], { backend: using(first.url) });
    const { code, out, err } = await aide(["run", "budget.steps=3", "strategies=[]"], root, { OPENAI_API_KEY: key });
    await restarting;
    expect(err).toBe("");
    expect(out).toContain("All 3 steps are done. 3 solutions, 3 valid.");
    expect(code).toBe(0);
    const report = readFileSync(join(runFolder(root), "report.md"), "utf8");
    // What the broken call had written is counted, by an estimate.
    expect(report).toMatch(/1 call estimated/);
  });

  it(
    "keeps its key out of everything that is written, also where the server gives it back",
    { timeout: 120_000 },
    async () => {
      await using server = await startModelServer({
        protocol: openAiProtocol,
        generate: (exchange) => {
          const { response, protocol } = exchange;
          if (exchange.number > 2) return solve(exchange);
          if (exchange.number === 1) {
            response.writeHead(400, { "content-type": "application/json" });
            response.end(protocol.refusal(`no such field; you sent the key ${key}`, "bad_request"));
            return;
          }
          const answer = `You sent the key ${key}.\n${block(`# ${key}\n${good}`)}`;
          response.writeHead(200, { "content-type": protocol.contentType });
          response.end(protocol.piece(answer) + protocol.finish("stop", 9) + protocol.end);
        },
      });
      const root = project([], { backend: using(server.url) });
      const { out, err } = await aide(["run", "budget.steps=3", "strategies=[]"], root, { OPENAI_API_KEY: key });
      expect(`${out}${err}`).not.toContain(key);
      const files = filesBelow(runFolder(root));
      expect(files.length).toBeGreaterThan(5);
      for (const file of files) expect(readFileSync(file).includes(key), file).toBe(false);
      expect(readFileSync(join(runFolder(root), "events.jsonl"), "utf8")).toContain("You sent the key ***.");
    },
  );

  it("that does not answer ends with one error that says how to go on", { timeout: 60_000 }, async () => {
    const server = await startModelServer({ protocol: openAiProtocol, generate: solve });
    await server[Symbol.asyncDispose]();
    const root = project([], { backend: using(server.url) });
    const { code, err } = await aide(["run", "budget.steps=2", "retries=1"], root, { OPENAI_API_KEY: key });
    expect(err).toContain("AIDE_BACKEND_UNREACHABLE");
    expect(code).not.toBe(0);
  });
});
