import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfigFile } from "@aide-ts/core";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { aideHere } from "./aide-here.ts";
import { freshFolder } from "./aide.ts";

const configs = fileURLToPath(new URL("../../../configs/", import.meta.url));
const published = fileURLToPath(new URL("../schemas/", import.meta.url));
const schemaFile = (kind: string) => join(published, `${kind}.schema.json`);
const kinds = ["config", "ablation"];

const valid = new Map<string, ValidateFunction>();
const problemsOf = (kind: string, file: unknown): string => {
  const validate = valid.get(kind)!;
  return validate(file) ? "" : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`).join();
};

beforeAll(() => {
  for (const kind of kinds) {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, validateFormats: false });
    valid.set(kind, ajv.compile(JSON.parse(readFileSync(schemaFile(kind), "utf8"))));
  }
});

it.each(kinds)("the published schema of %s is what the command prints", async (kind) => {
  const { out } = await aideHere(["config", "schema", kind], freshFolder());
  await expect(out).toMatchFileSnapshot(schemaFile(kind));
});

describe.each(readdirSync(configs, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml")))(
  "configs/%s",
  (file) => {
    const path = join(configs, file);
    const text = readFileSync(path, "utf8");
    const [, schema = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];

    it("names its schema in the first line", () => {
      expect(resolve(dirname(path), schema)).toBe(schemaFile(file.startsWith("ablations") ? "ablation" : "config"));
      expect(existsSync(resolve(dirname(path), schema))).toBe(true);
    });

    it("is valid by it", async () => {
      expect(problemsOf(file.startsWith("ablations") ? "ablation" : "config", await readConfigFile(path))).toBe("");
    });
  },
);

const templates = fileURLToPath(new URL("../../create-aide-plugin/templates/", import.meta.url));

it.each(readdirSync(templates, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml")))(
  "what a new plugin begins with is valid, and names its schema as it will be installed: %s",
  async (file) => {
    const kind = file.endsWith("ablation.yaml") ? "ablation" : "config";
    const [first] = readFileSync(join(templates, file), "utf8").split("\n");
    expect(first).toBe(`# yaml-language-server: $schema=./node_modules/@aide-ts/cli/schemas/${kind}.schema.json`);
    expect(problemsOf(kind, await readConfigFile(join(templates, file)))).toBe("");
  },
);

describe("an editor is told of", () => {
  it.each([
    ["a misspelt key", "config", { stepz: 3 }],
    ["a misspelt option of a plugin", "config", { search: { use: "greedy", draftz: 3 } }],
    ["an option of a wrong type", "config", { strategies: ["tune", { use: "best-of-n", n: "many" }] }],
    ["a backend's, where roles have their own", "config", { backends: { critic: { use: "vllm", uurl: "x" } } }],
    ["a misspelt key in an arm", "ablation", { tasks: ["a"], seeds: 1, arms: { one: { stepz: 3 } } }],
    ["one in a level of an axis", "ablation", { tasks: ["a"], seeds: 1, axes: { x: { y: { coder: { forn: 1 } } } } }],
    ["a launcher's", "ablation", { tasks: ["a"], seeds: 1, launcher: { use: "slurm", partitoin: "x" } }],
    ["tasks that are missing", "ablation", { seeds: 1 }],
  ])("%s", (_, kind, file) => {
    expect(problemsOf(kind, file)).not.toBe("");
  });

  it.each([
    [
      "plugins of one's own, whose options are not known",
      { search: { use: "./mine.ts", any: 1 }, strategies: ["aide-strategy-x"] },
    ],
    ["options of a default", { search: { drafts: 2 }, backend: { model: "x" } }],
    ["a file that extends others", { extends: ["a.yaml", "b.yaml"], $schema: "x" }],
  ])("nothing in %s", (_, file) => {
    expect(problemsOf("config", file)).toBe("");
  });
});

it("a config in JSON may name its schema", async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, "c.json"), JSON.stringify({ $schema: "x", data_dir: "d", goal: "y" }));
  expect(await aideHere(["config", "check", "c.json"], folder)).toMatchObject({ code: 0, err: "" });
});
