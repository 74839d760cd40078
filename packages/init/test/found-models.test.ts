import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundModels } from "../src/index.ts";

const { signal } = new AbortController();
let server: Server;
let host = "";
let body = "";

beforeAll(async () => {
  server = createServer((_, response) => void response.end(body));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(() => new Promise((resolve) => void server.close(resolve)));

const labels = async (env: Readonly<Record<string, string>>) =>
  (await foundModels({ OLLAMA_HOST: host, ...env }, signal)).map(({ label }) => label);

describe("models that can be named at once", () => {
  it("are the embedded one, those of a running Ollama, and services whose key is set", async () => {
    body = JSON.stringify({ models: [{ name: "deepseek-r1:7b" }, { name: "qwen2.5-coder:7b" }] });
    const found = await labels({ DEEPSEEK_API_KEY: "x", OPENAI_API_KEY: "" });
    expect(found[0]).toBe("Qwen2.5-Coder 1.5B, embedded");
    expect(found).toContain("deepseek-r1:7b, on Ollama");
    expect(found.at(-1)).toBe("a model of DeepSeek");
    expect(found).not.toContain("a model of OpenAI");
  });

  it.each(["", "<html>", "[]", '{"models":[{"name":3}]}'])("leave out a server that answers %j", async (answer) => {
    body = answer;
    expect((await labels({})).filter((label) => label.endsWith("on Ollama"))).toEqual([]);
  });

  it("leave out a server that is not there", async () => {
    expect((await labels({ OLLAMA_HOST: "127.0.0.1:9" })).filter((label) => label.endsWith("on Ollama"))).toEqual([]);
  });
});
