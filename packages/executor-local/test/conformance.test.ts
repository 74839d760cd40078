import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executorConformance } from "@aide-ts/testing";
import { beforeAll, describe, it } from "vitest";
import plugin from "../src/index.ts";
import { cacheFolder, local } from "./local.ts";

// The Python environment is installed once on a machine; the suite's own tests are quick.
beforeAll(async () => {
  await using box = await local();
  await box.executor.environment(new AbortController().signal);
}, 900_000);

executorConformance(
  { describe, it },
  {
    name: "local",
    open: async () => {
      const root = await mkdtemp(join(tmpdir(), "conform-"));
      const [dataFolder, viewFolder, workspaceFolder] = [join(root, "data"), join(root, "view"), join(root, "ws")];
      for (const folder of [dataFolder, viewFolder]) await mkdir(folder);
      await writeFile(join(dataFolder, "data.csv"), "a\n1\n");
      await writeFile(join(viewFolder, "data.csv"), "a\n2\n");
      const checked = await plugin.options["~standard"].validate({ seconds: 60, grace: 1 });
      if (checked.issues) throw new Error(checked.issues.map(({ message }) => message).join("; "));
      const executor = plugin.create(checked.value, {
        cacheFolder,
        runFolder: root,
        dataFolder,
        dataView: (name) => (name === "other" ? viewFolder : undefined),
        workspaceFolder,
        slots: 1,
        env: (name) => process.env[name],
        log: () => undefined,
      });
      return {
        environment: (signal) => executor.environment(signal),
        execute: (script, call) => executor.execute(script, call),
        start: (program, call) => executor.start(program, call),
        read: (execution, path) => executor.read(execution, path),
        async [Symbol.asyncDispose]() {
          await executor[Symbol.asyncDispose]();
          await rm(root, { recursive: true, force: true });
        },
      };
    },
  },
);
