import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { withFormerNames } from "../../src/options/index.ts";

const options = withFormerNames(
  { think: "thinking" },
  z.strictObject({ thinking: z.boolean().default(true).describe("Whether it thinks."), other: z.unknown().optional() }),
);

describe("a former name", () => {
  it("means what the present one does, beside whatever else is given", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.option(fc.jsonValue(), { nil: undefined }), (value, other) => {
        const rest = other === undefined ? {} : { other };
        expect(options.parse({ think: value, ...rest })).toEqual(options.parse({ thinking: value, ...rest }));
      }),
    );
  });

  it("is an unknown option beside the present one, and others stay unknown", () => {
    expect(options.safeParse({ think: true, thinking: true }).error?.message).toContain("think");
    expect(options.safeParse({ thought: true }).error?.message).toContain("thought");
    expect(options.safeParse({ toString: true }).success).toBe(false);
    expect(options.safeParse([]).success).toBe(false);
  });

  it("is not listed", () => {
    const { properties } = z.toJSONSchema(options, { io: "input" });
    expect(Object.keys(properties ?? {})).toEqual(["thinking", "other"]);
    expect(properties?.["thinking"]).toMatchObject({ default: true, description: "Whether it thinks." });
  });
});
