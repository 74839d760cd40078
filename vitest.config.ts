import { defineConfig } from "vitest/config";

const conditions = ["@aide-ts/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    globalSetup: ["tools/vitest/temporary-folder.ts"],
    include: ["packages/*/test/**/*.test.ts", "tools/**/*.test.ts"],
    execArgv: ["--conditions=@aide-ts/source"],
    testTimeout: 30_000,
    // All cores: of two, one would be left idle.
    maxWorkers: "100%",
  },
});
