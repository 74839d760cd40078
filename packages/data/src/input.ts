import type { Dataset, Table } from "./dataset.ts";
import { inspectDataset } from "./folder/content.ts";
import type { DataReader } from "./reader/data-reader.ts";
import { keepClasses } from "./roles/class-tokens.ts";
import type { Roles } from "./roles/roles.ts";

export interface Input {
  /** The tables as scripts find them. */
  readonly dataset: Dataset;
  /** The user's roles with these tables: the rows to predict have a file of their own where the user gave none. */
  readonly roles: Roles | undefined;
}

/**
 * What scripts find in `./input`. Prompts and skeletons take their facts from here: those of the user's own folder include rows that are held back.
 * @param testPath where the rows to predict lie
 * @param classes whether the target's values are classes: they keep them in every table in which they occur
 */
export const inspectInput = async (
  reader: DataReader,
  folder: string,
  roles: Roles | undefined,
  testPath: string | undefined,
  classes: boolean,
): Promise<Input> => {
  const inspected = await inspectDataset(folder, reader, { brief: true });
  if (roles === undefined) return { dataset: inspected, roles };
  const dataset = keepClasses(inspected, classes ? roles.targets : []);
  const tables = new Map(
    dataset.files.flatMap((file) => (file.kind === "table" ? [[file.path, file.table] as const] : [])),
  );
  const now = (table: Table): Table => ({ ...table, ...tables.get(table.path) });
  const [first, ...parts] = [now(roles.train[0]), ...roles.train.slice(1).map(now)] as const;
  return {
    dataset,
    roles: {
      ...roles,
      train: [first, ...parts],
      whole: await reader.join(first, parts),
      test: tables.get(testPath ?? "") ?? roles.test,
      labels: roles.labels && { ...roles.labels, table: now(roles.labels.table) },
      sample: roles.sample && now(roles.sample),
      companions: roles.companions.map((one) => ({ ...one, train: now(one.train), test: now(one.test) })),
      id: roles.test === undefined ? { ...roles.id, test: roles.id.train } : roles.id,
    },
  };
};
