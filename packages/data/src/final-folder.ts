import type { Json } from "@aide-ts/plugin";
import { z } from "zod";
import type { PrepareOptions } from "./prepare.ts";
import type { DataReader } from "./reader/data-reader.ts";
import type { Roles } from "./roles/roles.ts";
import { targetsInTest } from "./roles/targets.ts";

// The folder of the final run, where it is not the user's own.

export type FinalPlan = { readonly [key: string]: Json };

export const finalPlanOf = (
  roles: Roles,
  options: PrepareOptions,
  finalOmitted: readonly string[],
): FinalPlan | undefined => {
  const labelled = targetsInTest(roles).length > 0;
  if (!labelled && finalOmitted.length === 0 && options.dropped.length === 0) return undefined;
  return {
    root: options.root,
    final: options.final,
    train: roles.train.map(({ path }) => path),
    test: roles.test?.path ?? null,
    targets: [...roles.targets],
    dropped: [...options.dropped],
    finalOmitted: [...finalOmitted],
  };
};

/** Lays the folder of the final run out, in the place that the plan names: the user's data, without what reveals labels of the test rows. */
export const layOutFinal = async (reader: DataReader, plan: FinalPlan): Promise<void> => {
  const { root, train, test } = final.parse(plan);
  await reader.describe(root, [...train, ...(test === null ? [] : [test])]);
  await reader.ask("final", { plan }, z.null());
};

const final = z.object({ root: z.string(), train: z.array(z.string()), test: z.string().nullable() });
