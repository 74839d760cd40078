import { describe, expect, it } from "vitest";
import { reported } from "../src/index.ts";

const judge = (output: string, before?: Parameters<ReturnType<typeof reported.create>["evaluate"]>[1]) =>
  reported
    .create({}, undefined as never)
    .evaluate(
      { candidate: { plan: "", code: "x" }, execution: { id: "x", fate: "ok", output, seconds: 0, artifacts: [] } },
      before,
      undefined as never,
    );

describe("a reported score", () => {
  it.each([
    ["validation score: 1", 1],
    ["validation score: 0", 0],
    ["Validation score = 0.25\nvalidation score: 0.5\n", 0.5],
    ["validation score: -1.5e-3", -0.0015],
  ])("%j is %d", async (output, value) => {
    expect(await judge(output)).toMatchObject({ valid: true, score: { value, source: "reported" } });
  });

  it("makes nothing valid that the framework has refused", async () => {
    const refused = { valid: false as const, cause: "bad-submission", scores: [], feedback: "It has gaps." };
    expect(await judge("validation score: 1", refused)).toEqual(refused);
  });

  it.each([
    "validation score: nan",
    "validation score: inf",
    "validation score: 1e400",
    "validation score: None",
    "score 3",
    "",
  ])("%j is none", async (output) => {
    expect(await judge(output)).toBeUndefined();
  });
});
