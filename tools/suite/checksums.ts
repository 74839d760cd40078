import { readFileSync, writeFileSync } from "node:fs";
import { preparedTasks, readTaskFile, taskStore } from "@aide-ts/tasks";
import { join } from "node:path";

/** Writes the checksums of the tasks that are prepared on this machine into the suite's list, so that every other machine must make the same bytes. */
const list = new URL("../../packages/suite-tabular-small/tasks.json", import.meta.url);
const store = taskStore(process.env);
const checksums = new Map<string, string | undefined>();
for (const { suite, name } of await preparedTasks(store))
  if (suite === "tabular-small")
    checksums.set(name, (await readTaskFile(join(store.publicRoot, suite, name))).checksum);
const entries: readonly { readonly name: string }[] = JSON.parse(readFileSync(list, "utf8"));
const written = entries.map((entry) => ({
  ...entry,
  checksum: checksums.get(entry.name),
  twinChecksum: checksums.get(`${entry.name}-twin`),
}));
writeFileSync(list, `${JSON.stringify(written, undefined, 1)}\n`);
console.log(`${checksums.size} checksums`);
