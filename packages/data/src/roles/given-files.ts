import { AideError } from "@aide-ts/plugin";
import type { Table } from "../dataset.ts";
import type { RoleHints } from "./roles.ts";

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
      if (table === undefined) throw unknownFile(role, path, tables);
      return table;
    });
  const [train, test, sample, labels] = [named("train"), named("test"), named("sample"), named("labels")];
  return { train, test: test[0], sample: sample[0], labels: labels[0], all: [...train, ...test, ...sample, ...labels] };
};

const unknownFile = (role: string, path: string, tables: readonly Table[]): AideError =>
  new AideError({
    code: "AIDE_ROLE_UNKNOWN",
    message: `roles.${role} names "${path}", and no table of the data folder is called so.`,
    fix:
      tables.length === 0
        ? "The folder holds no table."
        : `Name one of: ${tables
            .map((table) => table.path)
            .slice(0, 12)
            .join(", ")}.`,
    fault: "user",
  });
