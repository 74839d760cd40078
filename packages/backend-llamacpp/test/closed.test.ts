import { closedBackendConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { LlamacppBackend } from "../src/index.ts";
import { options } from "../src/options.ts";

closedBackendConformance(
  { describe, it },
  { name: "llamacpp", open: async () => new LlamacppBackend(options.parse({}), { cacheFolder: "none" }) },
);
