import { describe, expect, it } from "vitest";
import { choosePrefix } from "../src/child/kept-prefixes.ts";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const empty = { tokens: [], used: 0 };

describe("choosePrefix", () => {
  it("takes the longest shared prefix", () => {
    const kept = [
      { tokens: range(0, 100), used: 9 },
      { tokens: range(0, 300), used: 1 },
      { tokens: range(500, 900), used: 2 },
    ];
    expect(choosePrefix(kept, range(0, 400))).toBe(1);
  });

  it("spares a long prompt that shares a few tokens only, while another sequence is empty", () => {
    expect(choosePrefix([{ tokens: range(0, 2_000), used: 5 }, empty], [...range(0, 20), 7_777])).toBe(1);
  });

  it("gives up the prompt used longest ago where nothing is shared and none is empty", () => {
    const kept = [
      { tokens: range(100, 200), used: 3 },
      { tokens: range(200, 300), used: 1 },
      { tokens: range(300, 400), used: 2 },
    ];
    expect(choosePrefix(kept, [1, 2, 3])).toBe(1);
  });

  it("takes the shorter of two that share as much", () => {
    const kept = [
      { tokens: range(0, 200), used: 1 },
      { tokens: range(0, 120), used: 2 },
    ];
    expect(choosePrefix(kept, range(0, 100))).toBe(1);
  });
});
