import type { Execution, Work } from "@aide-ts/plugin";
import type { Test } from "../patch/index.ts";

/** What a run failed with, so that two runs can be recognised as failing alike: numbers and places in messages do not count. */
const failureOf = ({ fate, exception, artifacts }: Execution): string => {
  if (exception !== undefined) return `${fate} ${exception.type}: ${exception.message.replaceAll(/\d+/g, "#")}`;
  if (fate !== "ok") return fate;
  return artifacts.some((path) => /(^|\/)submission\.csv$/.test(path)) ? "" : "no submission";
};

/** Runs scripts and compares how they end with how the original did. Scores are not looked at. */
export const testAgainst = (original: Execution, work: Work): Test => {
  const failure = failureOf(original);
  return async (code) => {
    const found = failureOf(await work.execute({ code }));
    if (found === "") return "pass";
    return found === failure ? "same-failure" : "other";
  };
};
