import type { Arm, Plan } from "../plan/plan.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import { workspaceCleaned } from "../outcomes/grades.ts";
import type { Setting } from "../outcomes/setting.ts";

/** Something that is not the same in cells that are compared, in a sentence. */
export type Mismatch = string;

/** What arms may differ in where they say so: keys of a config that choose a model. */
const modelKeys = ["backend", "agent", "backends", "roles"];

/**
 * What makes cells no fair comparison: other data for one task, other models within an arm or between arms that do not say so, other packages, other hardware,
 * another version. Nothing where all agree.
 */
export const mismatchesOf = (
  plan: Pick<Plan, "tasks" | "arms">,
  outcomes: readonly CellOutcome[],
): readonly Mismatch[] => {
  const made = outcomes.flatMap(({ setting, ...cell }) => (setting === undefined ? [] : [{ ...cell, setting }]));
  const differ = (cells: typeof made, of: (setting: Setting) => string): boolean =>
    new Set(cells.map(({ setting }) => of(setting))).size > 1;
  const ofArm = (arm: Arm): typeof made => made.filter((cell) => cell.arm === arm.name);
  const alike = plan.arms.filter(({ change }) => !modelKeys.some((key) => key in change));
  return [
    ...plan.tasks.flatMap(({ name }) =>
      differ(
        made.filter(({ task }) => task === name),
        ({ data }) => data,
      )
        ? [`the data of ${name} are not the same in all cells`]
        : [],
    ),
    ...plan.arms.flatMap((arm) =>
      differ(ofArm(arm), ({ models }) => models)
        ? [`cells of ${arm.name} were made by models that differ in file, quantisation, context or server`]
        : [],
    ),
    ...(differ(alike.flatMap(ofArm), ({ models }) => models) &&
    alike.every((arm) => !differ(ofArm(arm), ({ models }) => models))
      ? [`${alike.map(({ name }) => name).join(", ")} name no other model, but were made by different ones`]
      : []),
    ...(differ(made, ({ packages }) => packages)
      ? ["scripts had other Python packages in some cells than in others"]
      : []),
    ...(differ(made, ({ hardware }) => hardware) ? ["cells were made on different hardware"] : []),
    ...(differ(made, ({ version }) => version) ? ["cells were made by different versions of aide"] : []),
    ...goneOf(outcomes),
  ];
};

/** A solution whose predictions nobody has any more is not worth nothing: curves and choices are not known. */
const goneOf = (outcomes: readonly CellOutcome[]): readonly Mismatch[] => {
  const gone = outcomes.filter(({ grades }) =>
    grades?.solutions.some(({ grade }) => !grade.valid && grade.brief === workspaceCleaned),
  );
  return gone.length === 0
    ? []
    : [
        `the workspaces of ${gone.length} of ${outcomes.length} cells were gone when they were graded: their solutions but the last one count as not valid`,
      ];
};
