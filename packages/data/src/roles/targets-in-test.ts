import { columnNames } from "../dataset.ts";
import { bare } from "./names.ts";
import type { Roles } from "./roles.ts";

/** Targets that the test rows have too, by what these call them. */
export const targetsInTest = ({ test, targets }: Roles): readonly string[] => {
  const plain = new Set(targets.map(bare));
  return columnNames(test).filter((name) => targets.includes(name) || (bare(name) !== "" && plain.has(bare(name))));
};
