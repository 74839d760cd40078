import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { madeWith } from "../../src/outcomes/made-with.ts";
import { pricesIn } from "../../src/outcomes/prices.ts";
import { settingOf } from "../../src/outcomes/setting.ts";

const record = JSON.parse(
  readFileSync(new URL("../../../../docs/results/suite/attrition/run.json", import.meta.url), "utf8"),
);

it("what a run was made with is a line each", () => {
  expect(madeWith(record)).toMatchObject({
    models: "code: qwen2.5-coder-1.5b, context 8192, qwen2.5-coder-1.5b-instruct-q4_k_m.gguf, Q4_K_M, 3.22.1",
    python: expect.stringMatching(/^Python 3\.11\.7, numpy 2\.2\.6, pandas 2\.3\.3, /),
    hardware: "2 cores, 18 GiB",
    exploratory: undefined,
  });
  expect(madeWith({ ...record, origin: { exploratory: "other prompts" } }).exploratory).toBe("other prompts");
});

it("a server at another address is the same one", () => {
  const at = (url: string) =>
    settingOf({ ...record, models: { code: { model: "m", details: { url, version: "1" } } } }).models;
  expect(at("http://127.0.0.1:4001")).toBe(at("http://127.0.0.1:4002"));
});

it("a role costs what its own model does, or that of the code", () => {
  const prices = { coder: { prompt: 1, answer: 4 }, critic: { prompt: 2, cached: 0.5, answer: 8 } };
  const priced = {
    ...record,
    config: { values: { prices } },
    models: { code: { model: "coder" }, review: { model: "critic" } },
  };
  expect(pricesIn(priced)("review")).toEqual({ prompt: 2, cached: 0.5, answer: 8 });
  expect(pricesIn(priced)("code")).toEqual({ prompt: 1, cached: 1, answer: 4 });
  expect(pricesIn(priced)("edit")).toEqual({ prompt: 1, cached: 1, answer: 4 });
  expect(pricesIn(record)("code")).toBeUndefined();
});
