import { backendConformance } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

const host = {
  cacheFolder: "unused",
  runFolder: "unused",
  env: () => undefined,
  log: () => undefined,
};

const answer = "One, two, three, four, five: that is all there is to say.";

backendConformance(
  { describe, it },
  { name: plugin.name, open: async () => plugin.create({ answer, contextTokens: 1000 }, host) },
);

describe("the model", () => {
  it("answers as its options say", async () => {
    await using backend = plugin.create({ answer, contextTokens: 1000 }, host);
    const request = { messages: [{ role: "user", content: "Count." }] } as const;
    const call = { seed: 1, grantedTokens: 100, signal: new AbortController().signal };
    expect(await backend.generate(request, call)).toMatchObject({ text: answer, finish: "stop" });
  });
});
