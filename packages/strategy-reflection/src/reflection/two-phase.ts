import type { Json, Solution, Strategy, Work } from "@aide-ts/plugin";
import { z } from "zod";
import type { Critic } from "./critics.ts";
import { findingKinds, type Critique, type Finding } from "./critique.ts";
import { promptFile } from "../prompt-file.ts";
import { editOptions } from "./edit-options.ts";
import { editPhase } from "./edit-phase.ts";
import { loopOptions, reflecting, type Round } from "./loop.ts";

/** The prompts of the phases, for whoever brings them. */
export const critiquePrompt = { "reflection/critique": promptFile("critique") };
export const editPrompt = { "reflection/edit": promptFile("edit") };

/** What a critic says where there is nothing to change. */
export const sentinel = "No specific errors found requiring changes.";

/** Options of the critique, where one critic makes it. */
export const criticOptions = {
  critic: z
    .string()
    .min(1)
    .default("critic")
    .describe("Role whose model criticises; the coder's own where it is not named in `backends`."),
  critiqueTemperature: z.number().min(0).max(2).optional().describe("Of the critique; the config's sampling without."),
};

/** Options of strategies in which one critic is followed by one editor. */
export const twoPhaseOptions = z.strictObject({ ...loopOptions, ...criticOptions, ...editOptions });

type CriticChoice = Pick<z.output<typeof twoPhaseOptions>, "critic" | "critiqueTemperature">;

export const criticOf = ({ critic: role, critiqueTemperature: temperature }: CriticChoice): Critic => ({
  role,
  sentinel,
  temperature,
});

/** Where a critique comes from. */
export type CritiqueSource = (solution: Solution, work: Work) => Promise<Critique>;

/** A critique, and an edit by it. */
export const twoPhase = (
  options: Omit<z.output<typeof twoPhaseOptions>, "critic" | "critiqueTemperature">,
  critique: CritiqueSource,
): Strategy =>
  reflecting(options, () => async (solution, work) => {
    const given = await critique(solution, work);
    return given.kind === "findings"
      ? editPhase(solution, instructionsOf(given), options, work, countsOf(given.findings))
      : withoutFindings(given);
  });

/** What a round comes to that has nothing to edit by. */
export const withoutFindings = ({ kind }: Exclude<Critique, { readonly kind: "findings" }>): Round => ({
  outcome: kind === "declined" ? "declined" : "no-critique",
});

const instructionsOf = ({ text, findings }: Extract<Critique, { readonly kind: "findings" }>) => ({
  text,
  lines: findings.flatMap(({ lines }) => lines),
});

/** Findings by kind, for the note. */
export const countsOf = (findings: readonly Finding[]): { readonly [key: string]: Json } => ({
  findings: Object.fromEntries(
    findingKinds.flatMap((kind) => {
      const count = findings.filter((finding) => finding.kind === kind).length;
      return count === 0 ? [] : [[kind, count]];
    }),
  ),
});
