import { suggest } from "@aide-ts/core";
import { factorialEffects, type Contrast } from "@aide-ts/statistics";
import { contrastUnclear } from "../errors.ts";
import type { Arm } from "./plan.ts";

/**
 * The claims that are tested. Where none are declared: of axes all main effects and two-way interactions, else each arm against the first.
 * @throws AIDE_ABLATION_CONTRAST
 */
export const readContrasts = (written: readonly string[] | undefined, arms: readonly Arm[]): readonly Contrast[] => {
  if (written !== undefined) return written.map((one) => twoArms(one, arms));
  const combinations = arms.flatMap(({ levels }) => (levels === undefined ? [] : [levels]));
  if (combinations.length === arms.length) return factorialEffects(combinations);
  const [control, ...others] = arms;
  return others.map(({ name }) => between(name, control?.name ?? "", arms));
};

/** Names may hold hyphens and blanks, so each place where a hyphen stands between blanks is tried. */
const twoArms = (written: string, arms: readonly Arm[]): Contrast => {
  const names = arms.map(({ name }) => name);
  const parts = written.split(/ [-−] /).map((part) => part.trim());
  for (let at = 1; at < parts.length; at += 1) {
    const [treated, control] = [parts.slice(0, at).join(" - "), parts.slice(at).join(" - ")];
    if (!names.includes(treated) || !names.includes(control)) continue;
    if (treated === control) throw contrastUnclear(written, "names the same arm twice");
    return between(treated, control, arms);
  }
  const unknown = parts.find((part) => !names.includes(part)) ?? written;
  const meant = suggest(unknown, names);
  throw contrastUnclear(
    written,
    parts.length < 2
      ? "names no two arms"
      : `names "${unknown}", which is no arm${meant === undefined ? "" : `: did you mean "${meant}"?`}`,
  );
};

const between = (treated: string, control: string, arms: readonly Arm[]): Contrast => ({
  name: `${treated} − ${control}`,
  coefficients: arms.map(({ name }) => (name === treated ? 1 : name === control ? -1 : 0)),
});
