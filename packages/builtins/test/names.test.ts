import { loadPlugin } from "@aide-ts/core";
import type { Kind } from "@aide-ts/plugin";
import { expect, it } from "vitest";
import { builtins } from "../src/index.ts";

const asked = { source: { kind: "command line", folder: "." }, key: "strategies" } as const;

it.each([...builtins.keys()])("%s is what is loaded by that name, and says what it does in one line", async (key) => {
  const [kind, name = ""] = key.split(":") as [Kind, string];
  const plugin = await loadPlugin(kind, name, asked, builtins);
  expect(plugin).toMatchObject({ kind, name });
  expect(plugin.summary).toMatch(/^\S.{10,90}\.$/);
});
