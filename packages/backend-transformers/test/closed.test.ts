import { closedBackendConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { options, TransformersBackend } from "../src/index.ts";

const host = { cacheFolder: "none", runFolder: "none", env: () => undefined, log: () => undefined };

closedBackendConformance(
  { describe, it },
  { name: "transformers", open: async () => new TransformersBackend(options.parse({ model: "owner/name" }), host) },
);
