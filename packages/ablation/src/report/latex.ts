import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { shownP } from "./numbers.ts";

/** Arms and what is claimed of them, as two tables for a paper (package booktabs). */
export const renderLatex = (plan: Plan, { arms, results }: Analysis): string => {
  const armRows = arms.map(({ arm, score, useful, valid, tokens, missing, cells }) => [
    text(arm),
    score === undefined ? "--" : number(score),
    percent(useful),
    percent(valid),
    String(Math.round(tokens)),
    `${missing}/${cells}`,
  ]);
  const claimRows = results.map(({ contrast, claim }) =>
    claim.kind === "refused"
      ? [text(contrast), "--", "--", `too few tasks (${claim.tasks} of ${claim.needed})`]
      : [
          text(contrast),
          number(claim.t.estimate),
          `[${claim.t.interval.map(number).join(", ")}]`,
          `$${shownP(claim.adjustedP)}$`,
        ],
  );
  const level = Math.round(100 * (1 - plan.alpha));
  return [
    `% ${plan.name}: ${plan.tasks.length} tasks, ${plan.seeds.length} seeds`,
    tabular("lrrrrr", ["Arm", "Score", "Useful", "Valid", "Tokens", "Missing"], armRows),
    "",
    `% paired t on task means, Holm over ${results.length}`,
    tabular("lrcl", ["Contrast", "Difference", `${level}\\,\\% interval`, "$p$ (Holm)"], claimRows),
    "",
  ].join("\n");
};

const tabular = (columns: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `\\begin{tabular}{${columns}}`,
    "\\toprule",
    `${head.join(" & ")} \\\\`,
    "\\midrule",
    ...rows.map((row) => `${row.join(" & ")} \\\\`),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n");

const number = (value: number): string =>
  Number.isFinite(value) ? `$${value.toFixed(3)}$` : value > 0 ? "$\\infty$" : "$-\\infty$";

const percent = (share: number): string => `${Math.round(100 * share)}\\,\\%`;

const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "−": "$-$",
  "×": "$\\times$",
};

const text = (written: string): string =>
  written.replaceAll(/[\\~^−×&%$#_{}]/g, (sign) => special[sign] ?? `\\${sign}`);
