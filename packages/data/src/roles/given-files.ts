import type { Table } from "../dataset.ts";
import type { RoleHints } from "./roles.ts";
import { roleUnknown } from "../errors.ts";

/** The tables that the config names. */
export interface Given {
  readonly train: readonly Table[];
  readonly test: Table | undefined;
  readonly sample: Table | undefined;
  readonly labels: Table | undefined;
  readonly all: readonly Table[];
}

/** @throws AIDE_ROLE_UNKNOWN for a file that the folder lacks */
export const givenFiles = (tables: readonly Table[], { files }: RoleHints): Given => {
  const named = (role: keyof RoleHints["files"]): readonly Table[] =>
    (files[role] ?? []).map((path) => {
      const table = tables.find((one) => one.path === path.replace(/^\.\//, ""));
      if (table === undefined)
        throw roleUnknown(
          role,
          path,
          tables.map((one) => one.path),
        );
      return table;
    });
  const [train, test, sample, labels] = [named("train"), named("test"), named("sample"), named("labels")];
  return { train, test: test[0], sample: sample[0], labels: labels[0], all: [...train, ...test, ...sample, ...labels] };
};
