import { startedServerConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { options, VllmBackend } from "../../src/index.ts";

startedServerConformance(
  { describe, it },
  {
    name: "vllm",
    open: (python, folder) =>
      new VllmBackend(options.parse({ model: "test-model", concurrency: 2, serve: { python } }), {
        cacheFolder: folder,
        runFolder: folder,
        env: (name) => process.env[name],
        log: () => undefined,
      }),
  },
);
