import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startedServerConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { options, TransformersBackend } from "../../src/index.ts";

startedServerConformance(
  { describe, it },
  {
    name: "transformers",
    open: (python, folder) => {
      writeFileSync(join(folder, "config.json"), JSON.stringify({ max_position_embeddings: 8192 }));
      return new TransformersBackend(options.parse({ path: folder, concurrency: 2, serve: { python } }), {
        cacheFolder: folder,
        runFolder: folder,
        env: (name) => process.env[name],
        log: () => undefined,
      });
    },
  },
);
