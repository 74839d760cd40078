import type { OptionsSchema } from "@aide-ts/plugin";

export const noOptions: OptionsSchema<object> = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: () => ({ value: {} }),
    jsonSchema: { input: () => ({}) },
  },
};

/** Prompts of the sketches, whatever slots each uses. */
export const sketchPrompts = {
  "sketch/critique": "Criticise {{code}} {{feedback}}",
  "sketch/edit": "Edit {{code}} {{feedback}} {{critique}}",
  "sketch/debug": "Mend {{code}} {{feedback}}",
  "sketch/plan": "Plan a {{operator}}",
  "coder/segment": "Write the next segment. {{guidance}}",
} satisfies Readonly<Record<string, string>>;
