import { AideError } from "@aide-ts/plugin";

export const strategyUnknown = (name: string, meant: string | undefined, names: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_STRATEGY_UNKNOWN",
    message: `There is no agent.ITS_Strategy "${name}"${meant === undefined ? "." : `: did you mean "${meant}"?`}`,
    fix: `Take one of ${names.join(", ")}; or leave it out, and name your own chain under strategies.`,
    fault: "user",
  });

export const modelMisspelt = (model: string, meant: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_NAME",
    message: `There is no model "${model}": did you mean ${meant}?`,
    fix: `agent.code.model="${meant}"`,
    fault: "user",
  });

export const modelUnknown = (model: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_NAME",
    message: `Nothing tells which backend serves the model "${model}".`,
    fix: "Name the backend too, as backend.use=vllm backend.model=…, or leave the model out to use the embedded one.",
    fault: "user",
  });
