import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aideHere } from "../../cli/test/aide-here.ts";
import { oneBuiltPluginOfEach } from "./built.ts";

const root = await oneBuiltPluginOfEach();

describe("the example config that is generated", () => {
  it.each(["strategy", "search", "backend", "executor", "evaluator"])(
    "names a %s by its short name, which aide finds in its own folder",
    async (kind) => {
      const { code, out, err } = await aideHere(["explain"], join(root, kind));
      expect(err).toBe("");
      expect(code, out).toBe(0);
      const listed = await aideHere(["plugins", `my-${kind}`], join(root, kind));
      expect(listed.out).toMatch(new RegExp(`^${kind} +my-${kind}$`, "m"));
    },
  );
});
