import { counted } from "@aide-ts/run/report";
import type { Analysis } from "../analysis/analyse.ts";
import type { FrozenPlan } from "../folder/frozen-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";

/** What a report says of the plan that it follows. */
export type Frozen = Pick<FrozenPlan, "begun" | "digest" | "added" | "version">;

/** When the plan was decided, and what was added to it since. */
export const frozenText = ({ begun, digest, added, version }: Frozen): readonly string[] => [
  `The plan was frozen on ${begun} by aide ${version}, before the first cell; its digest is ${digest.slice(0, 16)}.`,
  ...(added.length === 0
    ? []
    : [`The seeds ${added.join(", ")} were added when results could be seen: what they change is exploratory.`]),
];

/** What cells were made with; more than one sentence where that was not the same for all. */
export const madeWithText = ({ madeWith }: Analysis): readonly string[] =>
  madeWith.map(
    ({ what: { version, models, hardware, python }, cells }) =>
      `${counted(cells, "cell")}: aide ${version}; ${models === "" ? "no model" : models}; ${hardware}; scripts in ${python}.`,
  );

/** What arms did once between them. */
export const sharedText = ({ steps }: Pick<Plan, "steps">): readonly string[] =>
  steps === "shared"
    ? [
        "Answers and scripts that arms ask for alike are made once for each task and seed, and billed to each of these arms.",
      ]
    : [];

type Searched = Pick<CellOutcome, "arm" | "folder" | "searchOf">;

/** Which cells made no search of their own, as another arm's differs from theirs only in how runs end. */
export const searchesText = (outcomes: readonly Searched[]): readonly string[] => {
  const arms = new Map(outcomes.map(({ arm, folder }) => [folder, arm]));
  const taken = outcomes.flatMap(({ arm, searchOf }) =>
    searchOf === undefined
      ? []
      : [`${arm} ended the searches of ${arms.get(searchOf) ?? "another arm"} in another way`],
  );
  return [...new Set(taken)].map(
    (text) =>
      `${counted(taken.filter((other) => other === text).length, "cell")} of ${text}, and made none of their own.`,
  );
};
