import { AideError } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConfig, configJsonSchema, merge, type Layer } from "../../src/index.ts";

const name = fc.constantFrom("data_dir", "goal", "seed", "budget", "search", "strategies", "a", "b");
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
const { layer } = fc.letrec<{ layer: Layer; value: unknown }>((tie) => ({
  layer: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie("layer")),
}));

const isLayer = (value: unknown): value is Layer =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** Every path that leads to something that is no object with keys. */
const leaves = (value: unknown, path: readonly string[] = []): readonly (readonly [string, unknown])[] =>
  isLayer(value)
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
    : [[path.join("/"), value]];
const at = (value: unknown, path: string): unknown =>
  path.split("/").reduce<unknown>((inner, key) => (isLayer(inner) ? inner[key] : undefined), value);

describe("config layers, whatever they hold:", () => {
  it("the later wins, whole where it is a list", () => {
    fc.assert(
      fc.property(layer, layer, (earlier, later) => {
        const merged = merge(earlier, later);
        for (const [path, value] of leaves(later)) expect(at(merged, path)).toEqual(value);
      }),
    );
  });

  it("the earlier stays where the later says nothing", () => {
    fc.assert(
      fc.property(layer, layer, (earlier, later) => {
        const merged = merge(earlier, later);
        const isShadowed = (path: string): boolean => {
          const parts = path.split("/");
          return parts.some((_, end) => {
            const above = at(later, parts.slice(0, end + 1).join("/"));
            return above !== undefined && (!isLayer(above) || end === parts.length - 1);
          });
        };
        const kept = leaves(earlier).filter(([path]) => !isShadowed(path));
        expect(kept.map(([path]) => at(merged, path))).toEqual(kept.map(([, value]) => value));
      }),
    );
  });

  it("none is changed by it", () => {
    fc.assert(
      fc.property(layer, layer, (one, two) => {
        const [before, after] = [structuredClone(one), structuredClone(two)];
        merge(one, two);
        expect([one, two]).toEqual([before, after]);
      }),
    );
  });
});

describe("a key that no config has", () => {
  const properties = configJsonSchema()["properties"] as Record<string, unknown>;
  const known = new Set(Object.keys(properties));
  const strict = ["holdout", "sampling", "coder", "preview", "budget", "agent", "exec"];

  it("never passes, at the top or further down, and is named", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((key) => !known.has(key) && key !== "__proto__"),
        fc.constantFrom(undefined, ...strict),
        leaf,
        (key, within, value) => {
          const input = {
            data_dir: "x",
            goal: "y",
            ...(within === undefined ? { [key]: value } : { [within]: { [key]: value } }),
          };
          let thrown: unknown;
          try {
            checkConfig(input, "test");
          } catch (error) {
            thrown = error;
          }
          expect(AideError.is(thrown)).toBe(true);
          const { message, facts } = thrown as AideError;
          expect(`${message}${JSON.stringify(facts)}`).toContain("Unknown key");
        },
      ),
    );
  });
});
