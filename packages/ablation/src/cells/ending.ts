import type { Ran } from "@aide-ts/core";
import { AideError, messageOf } from "@aide-ts/plugin";
import { asSystemError } from "@aide-ts/run";
import { z } from "zod";

const failed = z.object({
  kind: z.literal("failed"),
  /** Who must act. What infrastructure made fail says nothing of the arm, and is made again. */
  cause: z.enum(["infrastructure", "plugin", "user"]),
  code: z.string(),
  message: z.string(),
});

/** How a cell's run ended. */
export const cellEnding = z.discriminatedUnion("kind", [
  /** As it was meant to: by its steps, its budget or its search. */
  z.object({ kind: z.literal("finished"), reason: z.enum(["steps", "budget", "search-done"]), message: z.string() }),
  failed,
  /** By the person who started it; it continues where it stopped. */
  z.object({ kind: z.literal("stopped") }),
]);
export type CellEnding = z.output<typeof cellEnding>;

/** What infrastructure made fail, and so says nothing of the arm. */
export const isOfInfrastructure = (
  ending: CellEnding,
): ending is Extract<CellEnding, { kind: "failed" }> & { readonly cause: "infrastructure" } =>
  ending.kind === "failed" && ending.cause === "infrastructure";

/** Whether the next cell would fail alike: nobody answers where the model should, or nothing can be written. */
export const isLasting = (ending: CellEnding): boolean => isOfInfrastructure(ending) && lasting.includes(ending.code);

const lasting: readonly string[] = [
  "AIDE_BACKEND_DISCONNECTED",
  "AIDE_BACKEND_UNREACHABLE",
  "AIDE_DISK_FULL",
  "AIDE_SERVER_DIED",
  "AIDE_SERVER_START",
];

export const endingOf = ({ ending }: Ran): CellEnding => {
  switch (ending.reason) {
    case "steps":
    case "budget":
    case "search-done":
      return { kind: "finished", reason: ending.reason, message: ending.message };
    case "user":
    case "log-end":
      return { kind: "stopped" };
    case "divergence":
    case "failure":
      return failureOf(ending.error);
  }
};

/** An unreachable server, a full disk and an error of our own are infrastructure; a wrong config is the user's, whatever a plugin throws the plugin's. */
export const failureOf = (error: unknown): CellEnding => {
  const known = AideError.is(error) ? error : asSystemError(error);
  const { code = "none", fault = "internal" } = known ?? {};
  const message = messageOf(error);
  if (fault === "plugin") return { kind: "failed", cause: "plugin", code, message };
  if (fault === "user" && !ofTheMachine.includes(code)) return { kind: "failed", cause: "user", code, message };
  return { kind: "failed", cause: "infrastructure", code, message };
};

/** A user's to put right, and no arm's doing. */
const ofTheMachine: readonly string[] = [
  "AIDE_DISK_FULL",
  "AIDE_FILE_FORBIDDEN",
  "AIDE_FOLDER_UNWRITABLE",
  "AIDE_PYTHON_ABSENT",
  "AIDE_PYTHON_BROKEN",
  "AIDE_PYTHON_NOT_FOUND",
  "AIDE_RUN_LOCKED",
];
