import type { Kind, Plugin } from "@aide-ts/plugin";

/** Options as a config gives them, checked, with defaults filled in. */
export const optionsOf = <K extends Kind, O>({ options }: Plugin<K, O>, given: Record<string, unknown> = {}): O => {
  const checked = options["~standard"].validate(given);
  if (checked instanceof Promise || checked.issues !== undefined) throw new Error(JSON.stringify(checked));
  return checked.value;
};
