import { isLayer, loadLayer, merge, type Layer } from "@aide-ts/core";
import type { Levels } from "@aide-ts/statistics";
import { ablationInvalid, armChangesTask } from "../errors.ts";
import type { Arm } from "./plan.ts";
import type { AblationFile } from "./schema.ts";

type Written = Pick<AblationFile, "arms" | "axes" | "exclude">;

/** What is the same for all arms, so that they can be compared. */
const common = [
  "task",
  "mlebench",
  "mlebench_dir",
  "data_dir",
  "goal",
  "eval",
  "desc_file",
  "desc_str",
  "target",
  "id",
  "roles",
  "positive",
  "metric",
  "direction",
  "holdout",
  "leaks",
  "seed",
  "budget",
  "exp_name",
  "log_dir",
  "workspace_dir",
  "unseal",
];

/**
 * Arms by name, or all combinations of the levels of axes but those excluded.
 * @throws AIDE_ABLATION_INVALID, AIDE_ABLATION_ARM, what reading a config throws
 */
export const readArms = async (written: Written, file: string): Promise<readonly Arm[]> => {
  const { arms, axes } = written;
  if (arms !== undefined && axes !== undefined) throw ablationInvalid(file, ["it has arms and axes: one of them"]);
  const found = axes === undefined ? await named(arms ?? {}, file) : await combined(axes, written.exclude, file);
  if (found.length < 2) throw ablationInvalid(file, ["fewer than two arms are left to compare"]);
  for (const { name, change } of found) {
    const keys = common.filter((key) => key in change && !isFoldsAlone(key, change[key]));
    if (keys.length > 0) throw armChangesTask(name, keys);
  }
  return found;
};

/** How many further parts are held back changes no row of the first, and nothing of the report. */
const isFoldsAlone = (key: string, value: unknown): boolean =>
  key === "holdout" && isLayer(value) && Object.keys(value).every((part) => part === "folds" || part === "fresh");

const named = (arms: NonNullable<Written["arms"]>, file: string): Promise<readonly Arm[]> =>
  Promise.all(Object.entries(arms).map(async ([name, change]) => ({ name, change: await loadLayer(change, file) })));

const combined = async (
  axes: NonNullable<Written["axes"]>,
  exclude: readonly Levels[],
  file: string,
): Promise<readonly Arm[]> => {
  checkExcluded(axes, exclude, file);
  let arms: readonly { readonly change: Layer; readonly levels: Levels }[] = [{ change: {}, levels: {} }];
  for (const [axis, written] of Object.entries(axes)) {
    const levels = await named(written, file);
    arms = arms.flatMap((arm) =>
      levels.map(({ name, change }) => ({
        change: joined(arm.change, change),
        levels: { ...arm.levels, [axis]: name },
      })),
    );
  }
  return arms
    .filter(
      ({ levels }) => !exclude.some((out) => Object.entries(out).every(([axis, level]) => levels[axis] === level)),
    )
    .map(({ change, levels }) => ({ name: Object.values(levels).join(" + "), change, levels }));
};

/** Later axes over earlier ones; their strategies make one chain, in the order of the axes. */
const joined = (earlier: Layer, later: Layer): Layer => {
  const [outer, inner] = [earlier["strategies"], later["strategies"]];
  const both = merge(earlier, later);
  return Array.isArray(outer) && Array.isArray(inner) ? { ...both, strategies: [...outer, ...inner] } : both;
};

const checkExcluded = (axes: NonNullable<Written["axes"]>, exclude: readonly Levels[], file: string): void => {
  const problems = exclude.flatMap((out) =>
    Object.entries(out).flatMap(([axis, level]) =>
      axes[axis]?.[level] === undefined ? [`exclude names ${axis}: ${level}, which no axis has`] : [],
    ),
  );
  if (problems.length > 0) throw ablationInvalid(file, problems);
};
