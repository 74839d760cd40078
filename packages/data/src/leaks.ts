import type { Finding, Searched } from "./reader/answers.ts";
import type { Roles } from "./roles/roles.ts";
import { targetsInTest } from "./roles/targets.ts";

// What happens to files that reveal held-back labels, and what the user is shown of it.

export interface Going {
  readonly thinned: { readonly path: string; readonly rows: number[] }[];
  readonly omitted: string[];
  readonly notes: readonly string[];
}

/** Files beside the roles that reveal held-back labels: tables lose those rows, everything else stays out. */
export const whatGoes = ({ findings, opaque }: Searched, tables: readonly string[], { targets }: Roles): Going => {
  const certain = findings.filter((finding) => finding.certain || targets.includes(finding.column));
  const thinned: { path: string; rows: number[] }[] = [];
  const omitted: string[] = [...opaque];
  const notes = opaque.map((path) => `${path} stays out: nothing here can look into it for labels`);
  for (const path of new Set(certain.map((finding) => finding.path.split("#")[0] ?? ""))) {
    const own = certain.filter((finding) => (finding.path.split("#")[0] ?? "") === path);
    const rows = [...new Set(own.flatMap(({ at }) => at))].toSorted((a, b) => a - b);
    const column = own[0]?.column ?? "";
    if (tables.includes(path) && rows.length > 0 && own.every((finding) => finding.path === path)) {
      thinned.push({ path, rows });
      notes.push(`${path} reveals the target too (${column}): it loses ${rows.length} held-back rows`);
    } else {
      omitted.push(path);
      notes.push(`${path} reveals the target of held-back rows (${column}): it stays out`);
    }
  }
  return { thinned, omitted, notes };
};

/** Says that the test rows have the target too. */
export const labelledTest = (roles: Roles): readonly string[] => {
  const { test } = roles;
  const there = targetsInTest(roles);
  return there.length === 0
    ? []
    : [
        `${test?.path ?? ""} has ${there.join(", ")} too: the column is left out of it, in the search and in the final run`,
      ];
};

/** A column that agrees with the target and is no copy of it. */
export const alike = ({ path, column, target, rows, agreed }: Finding): string =>
  `${column} in ${path} agrees with ${target} on ${agreed} of ${rows} held-back rows: no copy of it, it stays`;
