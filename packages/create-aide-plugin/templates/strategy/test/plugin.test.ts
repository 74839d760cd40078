import { play, strategyConformance } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

strategyConformance(
  { describe, it },
  {
    plugin,
    options: { tries: 2 },
    run: ({ code }) => (code.length % 2 === 0 ? { fate: "timeout" } : { output: "ran" }),
  },
);

describe("a script that runs out of time", () => {
  it("is written again as often as asked for", async () => {
    const strategies = [plugin.create({ tries: 2 }, undefined)];
    const { backend } = await play({ strategies, limits: { steps: 1 }, run: () => ({ fate: "timeout" }) });
    expect(backend.requests).toHaveLength(3);
  });
});
