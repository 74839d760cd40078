import { join } from "node:path";
import { describe } from "vitest";
import { onePluginOfEach } from "./scaffolded.ts";

const root = await onePluginOfEach();

describe("the executor that is generated", async () => {
  await import(join(root, "executor/test/plugin.test.ts"));
});
