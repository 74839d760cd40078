import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import openAi from "@aide-ts/backend-openai";
import { pullModel } from "@aide-ts/backend-llamacpp";
import { backendConformance } from "@aide-ts/testing";
import { cacheFolder } from "../../../run/src/host/run-host.ts";
import { freshFolder, ownEnv } from "../aide.ts";
import { chat, eventsOf, jsonOf, post, user } from "../../../serve/test/serving.ts";
import { isAlive, StartedServer } from "./started.ts";

const args = ["backend.model=smollm2-135m", "backend.contextTokens=1024"];
let served: StartedServer;

beforeAll(async () => {
  await pullModel("smollm2-135m", { cacheFolder: cacheFolder(ownEnv) });
  served = await StartedServer.start(args);
}, 120_000);
afterAll(() => served?.[Symbol.asyncDispose]());

/** The backend of `aide` for any server, as another `aide` would use it. */
const openBackend = async () => {
  const folder = freshFolder();
  const checked = await openAi.options["~standard"].validate({ url: `${served.url}/v1` });
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues));
  return openAi.create(checked.value, {
    cacheFolder: folder,
    runFolder: folder,
    env: () => undefined,
    log: () => undefined,
  });
};

backendConformance({ describe, it }, { name: "openai over aide serve", open: openBackend });

describe("the embedded model, served", { timeout: 120_000 }, () => {
  it("is what OpenAI's own client streams from, with usage", async () => {
    const client = new OpenAI({ baseURL: `${served.url}/v1`, apiKey: "none" });
    const [model] = (await client.models.list()).data;
    expect(model?.id).toBe("smollm2-135m");
    expect((await client.models.retrieve("smollm2-135m")).id).toBe("smollm2-135m");
    const stream = await client.chat.completions.create({
      model: "smollm2-135m",
      messages: [{ role: "user", content: "Count to five." }],
      max_tokens: 24,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).not.toBe("");
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toMatch(/^(stop|length)$/);
    expect(chunks.at(-1)?.usage?.prompt_tokens).toBeGreaterThan(5);
    expect(chunks.at(-1)?.usage?.completion_tokens).toBeGreaterThan(1);
    const misspelt = client.chat.completions.create({
      model: "smollm-135m",
      messages: [{ role: "user", content: "x" }],
    });
    await expect(misspelt).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
      message: expect.stringContaining('did you mean "smollm2-135m"'),
    });
  });

  it("writes the same under the same seed, whole and streamed, and counts from the config's seed without one", async () => {
    const body = { messages: user("Invent a name for a ship."), max_tokens: 24, temperature: 1 };
    const text = async (seed?: number) =>
      (await jsonOf(await chat(served.url, { ...body, seed }))).choices[0].message.content;
    const texts = [await text(7), await text(7), await text(8), await text(9)];
    const events = await eventsOf(await chat(served.url, { ...body, seed: 7, stream: true }));
    expect(texts[1]).toBe(texts[0]);
    expect(new Set(texts).size).toBeGreaterThan(1);
    expect(events.map((event) => event.choices?.[0]?.delta.content ?? "").join("")).toBe(texts[0]);
    const seeds = [await chat(served.url, body), await chat(served.url, body)].map(({ headers }) =>
      Number(headers.get("x-aide-seed")),
    );
    expect(seeds[1]).toBe((seeds[0] ?? 0) + 1);
    await using fresh = await StartedServer.start(["seed=41", ...args]);
    const first = await chat(fresh.url, body);
    expect(first.headers.get("x-aide-seed")).toBe("41");
    expect((await jsonOf(first)).choices[0].message.content).toBe(await text(41));
  });

  it("goes on from an answer, holds to a schema and to JSON, counts tokens, and says when a prompt is too long", async () => {
    const begun = [...user("Count from 1 to 9."), { role: "assistant", content: "1, 2, 3, 4, 5," }];
    const more = await jsonOf(await chat(served.url, { messages: begun, max_tokens: 8, temperature: 0 }));
    expect(more.choices[0].message.content).toMatch(/^ 6, 7/);
    const schema = { type: "object", properties: { failed: { type: "boolean" } }, required: ["failed"] };
    const format = { type: "json_schema", json_schema: { name: "verdict", schema } };
    const held = await jsonOf(await chat(served.url, { messages: user("Did it fail?"), response_format: format }));
    expect(JSON.parse(held.choices[0].message.content)).toEqual({ failed: expect.any(Boolean) });
    const free = {
      messages: user('Answer as JSON: {"city": …}. Which city?'),
      response_format: { type: "json_object" },
    };
    const json = await jsonOf(await chat(served.url, { ...free, max_tokens: 200, temperature: 0 }));
    expect(json.choices[0].message.content).toMatch(/^\{/);
    const counted = await jsonOf(await post(`${served.url}/tokenize`, { messages: user("one two three") }));
    expect(counted).toEqual({ count: expect.any(Number), max_model_len: 1024 });
    const asked = await jsonOf(await chat(served.url, { messages: user("one two three"), max_tokens: 1 }));
    expect(asked.usage.prompt_tokens).toBe(counted.count);
    const long = await chat(served.url, { messages: user("word ".repeat(2000)) });
    expect(long.status).toBe(400);
    expect((await jsonOf(long)).error).toMatchObject({
      code: "context_length_exceeded",
      message: expect.stringMatching(/maximum context length is 1024 tokens\. The prompt has \d{4} tokens/),
    });
  });

  it("stops for a client that goes away, and is there for the next", async () => {
    const leave = new AbortController();
    const body = { messages: user("Write a very long story."), max_tokens: 900, stream: true };
    const response = await chat(served.url, body, { signal: leave.signal });
    await response.body?.getReader().read();
    leave.abort();
    await expect.poll(() => served.out, { timeout: 10_000 }).toMatch(/aborted/);
    expect((await chat(served.url, { messages: user("Hi."), max_tokens: 2 })).status).toBe(200);
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "leaves no process behind at %s, in the middle of an answer",
    async (signal) => {
      await using ending = await StartedServer.start(args);
      const body = { messages: user("Write a very long story."), max_tokens: 900, stream: true };
      const response = await chat(ending.url, body);
      const pids = ending.descendants();
      expect(pids.length).toBeGreaterThan(0);
      const events = eventsOf(response);
      expect(await ending.stop(signal)).toBe(0);
      expect((await events).at(-1).error.code).toBe("AIDE_SERVE_STOPPING");
      expect(pids.filter(isAlive)).toEqual([]);
      expect(ending.err).toBe("");
    },
  );
});
