import { suggest } from "@aide-ts/core";
import { factorialEffects, type Contrast, type Levels } from "@aide-ts/statistics";
import { contrastUnclear } from "../errors.ts";
import type { Arm } from "./plan.ts";

/**
 * The claims that are tested: of two arms, `treated - control`; of axes also of two levels, `axis: treated - control`, in the mean over the other axes,
 * and interactions by their names. Where none are declared: of axes all main effects and two-way interactions, else each arm against the first.
 * @throws AIDE_ABLATION_CONTRAST
 */
export const readContrasts = (written: readonly string[] | undefined, arms: readonly Arm[]): readonly Contrast[] => {
  const combinations = arms.flatMap(({ levels }) => (levels === undefined ? [] : [levels]));
  const effects = combinations.length === arms.length ? effectsOf(combinations) : [];
  if (written !== undefined)
    return written.map((one) => effectNamed(one, effects) ?? twoLevels(one, combinations) ?? twoArms(one, arms));
  if (effects.length > 0) return effects;
  const [control, ...others] = arms;
  return others.map(({ name }) => between(name, control?.name ?? "", arms));
};

const minusSigns = (name: string): string => name.replaceAll(" − ", " - ");

const effectNamed = (written: string, effects: readonly Contrast[]): Contrast | undefined =>
  effects.find(({ name }) => minusSigns(name) === minusSigns(written));

/** Levels of an axis need not be compared with its first one: the effect is that of a design in which the control comes first. */
const twoLevels = (written: string, combinations: readonly Levels[]): Contrast | undefined => {
  const [, axis = "", treated, control] = /^(.+?): (.+) - (.+)$/.exec(minusSigns(written)) ?? [];
  if (treated === undefined) return undefined;
  const order = combinations
    .map((_, at) => at)
    .toSorted((a, b) => Number(combinations[b]?.[axis] === control) - Number(combinations[a]?.[axis] === control));
  const found = effectsOf(order.map((at) => combinations[at]).filter((one) => one !== undefined)).find(
    ({ name }) => name === `${axis}: ${treated} − ${control}`,
  );
  return found && { ...found, coefficients: combinations.map((_, at) => found.coefficients[order.indexOf(at)] ?? 0) };
};

const effectsOf = (combinations: readonly Levels[]): readonly Contrast[] =>
  factorialEffects(combinations).map(({ name, coefficients }) => ({ name, coefficients }));

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
