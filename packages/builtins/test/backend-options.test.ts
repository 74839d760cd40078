import { checkOptions, loadPlugin, type AskedBy } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/plugins.ts";

const backends = ["llamacpp", "ollama", "openai", "transformers", "vllm"] as const;
const asked: AskedBy = { source: { kind: "command line", folder: "." }, key: "backend" };

interface Field {
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Field>>;
}

const load = (use: string) => loadPlugin("backend", use, asked, builtins);

const read = async (use: string, options: object): Promise<unknown> =>
  checkOptions<unknown>(await load(use), options, asked);

/** Options by their names, those of a group as `serve.port`. */
const fieldsOf = async (use: string): Promise<ReadonlyMap<string, Field>> => {
  const schema = (await load(use)).options["~standard"].jsonSchema.input({ target: "draft-2020-12" }) as Field;
  const flat = (fields: Field["properties"] = {}, prefix = ""): readonly (readonly [string, Field])[] =>
    Object.entries(fields).flatMap(([name, field]) => [
      [prefix + name, field] as const,
      ...flat(field.properties, `${prefix}${name}.`),
    ]);
  return new Map(flat(schema.properties));
};

/** Addresses are of one server, of several, or as OLLAMA_HOST is written; Ollama's thoughts have levels; servers differ in what they can be started with. */
const ofOwnType = ["url", "thinking", "quantization", "serve"];
/** They name the server's program. */
const inOwnWords = ["serve.python", "serve.flags"];

describe("an option that several backends have", async () => {
  const all = await Promise.all(backends.map(async (use) => [use, await fieldsOf(use)] as const));
  const names = [...new Set(all.flatMap(([, fields]) => [...fields.keys()]))];
  const shared = names
    .map((name) => ({ name, fields: all.flatMap(([, fields]) => fields.get(name) ?? []) }))
    .filter(({ fields }) => fields.length > 1);

  it.each(shared.filter(({ name }) => !ofOwnType.includes(name)))("is of one type everywhere: $name", ({ fields }) => {
    const types = fields.map(({ default: _default, description: _description, ...type }) => JSON.stringify(type));
    expect([...new Set(types)]).toHaveLength(1);
  });

  it.each(shared.filter(({ name }) => !inOwnWords.includes(name)))(
    "begins its description alike everywhere: $name",
    ({ fields }) => {
      const beginnings = fields.map(({ description = "" }) => /^[^.:,;]+/.exec(description)?.[0]);
      expect(beginnings).not.toContain(undefined);
      expect([...new Set(beginnings)]).toHaveLength(1);
    },
  );

  it("is most of what they have", () => {
    expect(shared.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["model", "contextTokens", "threads", "concurrency", "thinking", "repetitionPenalty"]),
    );
  });
});

describe("options of older configs and runs", () => {
  it.each([
    ["llamacpp", { repeatPenalty: 1.1 }, { repetitionPenalty: 1.1 }],
    ["llamacpp", { model: "./own.gguf" }, { path: "own.gguf" }],
    ["llamacpp", { model: "models/own.gguf" }, { path: "models/own.gguf" }],
    ["ollama", { model: "m", think: "high", repeatPenalty: 1 }, { model: "m", thinking: "high", repetitionPenalty: 1 }],
    ["ollama", { model: "m", think: false }, { model: "m", thinking: false }],
    ["vllm", { model: "m" }, { model: "m", quantization: "none" }],
    ["openai", { model: "m", thinking: false }, { model: "m", thinking: false }],
  ])("of %s: %j is %j", async (use, then, now) => {
    expect(await read(use, then)).toEqual(await read(use, now));
  });

  it("are refused where they contradict today's", async () => {
    await expect(read("ollama", { model: "m", think: true, thinking: false })).rejects.toMatchObject({
      code: "AIDE_PLUGIN_OPTIONS",
    });
  });

  it("are not suggested", async () => {
    await expect(read("ollama", { model: "m", repeatPenalti: 1 })).rejects.toThrow(/unknown option "repeatPenalti"/);
    await expect(read("ollama", { model: "m", repeatPenalti: 1 })).rejects.not.toThrow(/"repeatPenalty"/);
  });
});
