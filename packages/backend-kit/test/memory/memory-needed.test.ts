import { describe, expect, it } from "vitest";
import {
  bitsPerWeight,
  cacheBytesPerToken,
  canShare,
  distillShapes,
  hubName,
  largestContext,
  memoryNeeded,
  parametersOf,
  type ModelShape,
} from "../../src/index.ts";

const shapeOf = (name: string): ModelShape => distillShapes[name]!;
const names = Object.keys(distillShapes);

describe("parameters", () => {
  // `metadata.total_size` of each model's published model.safetensors.index.json; of the 1.5B, the end of the last tensor of its one file.
  it.each([
    ["deepseek-1.5b", 3_554_176_000],
    ["deepseek-7b", 15_231_233_024],
    ["deepseek-8b", 16_060_522_496],
    ["deepseek-14b", 29_540_067_328],
    ["deepseek-32b", 65_527_752_704],
    ["deepseek-70b", 141_107_412_992],
  ])("of %s are those of its checkpoint, to the byte", (name, published) => {
    expect(parametersOf(shapeOf(name)).total * 2).toBe(published);
    expect(memoryNeeded({ shape: shapeOf(name), bits: 16, contextTokens: 0 }).weights).toBe(published);
  });

  it("count one matrix where input and output share it", () => {
    const shape = shapeOf("deepseek-1.5b");
    // The published size of Qwen2.5-1.5B, which is this architecture with shared embeddings: 1.54 thousand million parameters.
    expect(parametersOf({ ...shape, tiedEmbeddings: true }).total).toBe(1_543_714_304);
  });

  it("are known of every model that has a short name", () => {
    for (const name of names) expect(hubName(name)).toMatch(/^deepseek-ai\/DeepSeek-R1-Distill-/);
    expect(names).toHaveLength(6);
  });
});

describe("memory", () => {
  it("of 4 bits has scales, and embeddings at 16 bits", () => {
    const shape = shapeOf("deepseek-7b");
    const { weights } = memoryNeeded({ shape, bits: bitsPerWeight["4bit"], contextTokens: 0 });
    const { linear, rest } = parametersOf(shape);
    expect(weights).toBe(linear * 0.5 + linear / 16 + rest * 2);
    expect(weights / 1e9).toBeCloseTo(5.85, 1);
    // With quantised scales, as QLoRA's section 3 has them.
    expect(memoryNeeded({ shape, bits: 4.127, contextTokens: 0 }).weights / 1e9).toBeCloseTo(5.55, 2);
  });

  it("of the cache grows with tokens and answers", () => {
    // 128 KiB a token: Llama-3.1-8B, 32 layers of 8 key-value heads.
    expect(cacheBytesPerToken(shapeOf("deepseek-8b"))).toBe(131_072);
    const { cache } = memoryNeeded({ shape: shapeOf("deepseek-32b"), bits: 16, contextTokens: 32_768, sequences: 3 });
    expect(cache).toBe(3 * 32_768 * 262_144);
  });

  it("is the sum of its parts, and each GPU's share", () => {
    for (const name of names)
      for (const gpus of [1, 2, 4]) {
        const { weights, cache, overhead, total, perGpu } = memoryNeeded({
          shape: shapeOf(name),
          bits: 8,
          contextTokens: 8192,
          gpus,
        });
        expect(total).toBe(weights + cache + overhead);
        expect(perGpu).toBe(total / gpus);
        expect(overhead).toBeGreaterThan(1.5 * 2 ** 30 * gpus);
      }
  });

  it("holds keys and values twice where GPUs outnumber their heads", () => {
    expect(cacheBytesPerToken(shapeOf("deepseek-1.5b"), 4)).toBe(2 * cacheBytesPerToken(shapeOf("deepseek-1.5b"), 2));
    expect(canShare(shapeOf("deepseek-7b"), 4)).toBe(true);
    expect(canShare(shapeOf("deepseek-7b"), 8)).toBe(false);
    expect(canShare(shapeOf("deepseek-70b"), 8)).toBe(true);
  });
});

describe("the largest context", () => {
  it.each(names)("of %s fits, and no larger one", (name) => {
    const shape = shapeOf(name);
    const cases = [1, 2, 4].flatMap((gpus) => [8, 12, 24, 48, 80].map((size) => ({ gpus, room: size * 1e9 })));
    for (const { gpus, room } of cases) {
      const request = { shape, bits: bitsPerWeight["4bit"], gpus, sequences: 2 };
      const tokens = largestContext(request, room);
      const needs = (contextTokens: number) => memoryNeeded({ ...request, contextTokens }).perGpu;
      expect({ gpus, room, fits: tokens === 0 || needs(tokens) <= room }).toEqual({ gpus, room, fits: true });
      expect({ gpus, room, largest: tokens === shape.contextTokens || needs(tokens + 1) > room }).toEqual({
        gpus,
        room,
        largest: true,
      });
    }
  });

  it("is the model's own where there is room for more, and none without room for the weights", () => {
    expect(largestContext({ shape: shapeOf("deepseek-1.5b"), bits: 16 }, 80e9)).toBe(131_072);
    expect(largestContext({ shape: shapeOf("deepseek-70b"), bits: 16 }, 80e9)).toBe(0);
  });
});
