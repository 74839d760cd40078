import { AideError } from "@aide-ts/plugin";

export const noScriptCovered = (key: string, limit: string): AideError =>
  new AideError({
    code: "AIDE_BUDGET_TOO_SMALL",
    message: `${key}=${limit} lets no script run, and each step runs at least one.`,
    fix: `Raise ${key} to 1 or more.`,
    fault: "user",
  });

/**
 * @param granted tokens of an answer
 * @param enough tokens that a first step may use, where the limit counts tokens
 */
export const noCallCovered = (
  key: string,
  limit: string,
  granted: string,
  callsOfStep: string,
  enough: string | undefined,
): AideError =>
  new AideError({
    code: "AIDE_BUDGET_TOO_SMALL",
    message: `${key}=${limit} does not cover one call of the model: a call starts only if all that it may use fits, here ${granted} tokens of answer and its prompt.`,
    fix:
      enough === undefined
        ? `Raise ${key}, or lower sampling.maxTokens: a first step makes ${callsOfStep} or more.`
        : `Raise ${key} above ${enough}: a first step makes ${callsOfStep} or more. Or lower sampling.maxTokens.`,
    fault: "user",
  });

export const chainReplaced = (name: string, replaced: readonly string[], inner: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_CHAIN_REPLACED",
    message: `"${name}" does the work of ${replaced.join(", ")} itself: ${inner.join(", ")} inside it would not be called.`,
    fix: `Put "${name}" last, or leave out what it surrounds.`,
    fault: "user",
  });

export const chainUnreached = (name: string, operators: readonly string[], by: string): AideError =>
  new AideError({
    code: "AIDE_CHAIN_UNREACHED",
    message: `"${name}" works on ${operators.join(", ")} alone, and "${by}" around it asks for something else instead: it would never do anything.`,
    fix: `Put "${name}" around "${by}", or leave one of them out.`,
    fault: "user",
  });

export const chainTwice = (name: string): AideError =>
  new AideError({
    code: "AIDE_CHAIN_TWICE",
    message: `"${name}" stands directly around itself with the same options.`,
    fix: `Leave one of them out; for more of it, see its options: \`aide plugins ${name}\`.`,
    fault: "user",
  });

export const chainWrappedTwice = (name: string, phases: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_CHAIN_WRAPPED_TWICE",
    message: `Two "${name}" wrap the same calls, those of phase ${phases.join(", ")}: each would take what the other makes for the model's own answer.`,
    fix: "Give them different phases, or leave one of them out.",
    fault: "user",
  });

export const capabilityMissing = (
  name: string,
  anyOf: readonly string[],
  role: string,
  has: readonly string[],
): AideError =>
  new AideError({
    code: "AIDE_CAPABILITY_MISSING",
    message: `"${name}" needs ${anyOf.join(" or ")}, which the model server of the ${role} role does not have.`,
    fix: `Leave "${name}" out, or give the role another backend.`,
    fault: "user",
    facts: { "it has": has.join(", ") },
  });

export const promptTwice = (name: string, by: string, other: string): AideError =>
  new AideError({
    code: "AIDE_PROMPT_TWICE",
    message: `"${other}" and "${by}" each bring a prompt "${name}", with different texts.`,
    fix: `Leave one of them out. Whoever wrote it can name its prompts after itself: "${by}/…".`,
    fault: "plugin",
  });

export const backendMissing = (role: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_MISSING",
    message: `No backend serves the role "${role}".`,
    fix: "Name one under backend.",
    fault: "user",
  });
