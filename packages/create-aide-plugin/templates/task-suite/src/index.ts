import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { boats } from "./boats.ts";

const tasks = [boats];

export default definePlugin({
  kind: "task-suite",
  name: "PLUGIN_NAME",
  summary: "One task, made from numbers.",
  options: z.strictObject({}),
  create: () => ({
    tasks: tasks.map(({ task }) => task),
    async prepare(names, folder, signal) {
      for (const { task, files } of tasks.filter(({ task }) => names.includes(task.name))) {
        for (const [path, text] of Object.entries(files())) {
          signal.throwIfAborted();
          await mkdir(dirname(join(folder, task.name, path)), { recursive: true });
          await writeFile(join(folder, task.name, path), text);
        }
      }
    },
  }),
});
