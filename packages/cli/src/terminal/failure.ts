import { suggest } from "@aide-ts/core";
import type { AideError } from "@aide-ts/plugin";
import { type Actions, actionMissing, actionUnknown, argumentsRefused, commandUnknown } from "../errors.ts";
import { renderError } from "./error.ts";

/** Why a command line did not end with an exit code of its own. */
export type Failure =
  | { readonly kind: "unknown-command"; readonly name: string }
  | { readonly kind: "arguments"; readonly error: unknown }
  | { readonly kind: "command"; readonly error: unknown };

/** How a command line that failed reads, and its exit code. */
export const renderFailure = (failure: Failure, args: readonly string[], known: readonly string[]) =>
  renderError(errorOf(failure, args, known));

const errorOf = (failure: Failure, [command = ""]: readonly string[], known: readonly string[]): unknown => {
  switch (failure.kind) {
    case "unknown-command":
      return commandUnknown(failure.name, suggest(failure.name, known));
    case "arguments":
      return argumentsRefused(command, failure.error);
    case "command":
      return failure.error;
  }
};

/** Of a command that is made of others: the word after it is none of them, or there is none. */
export const unknownAction = (given: string | undefined, actions: Actions): AideError =>
  given === undefined ? actionMissing(actions) : actionUnknown(given, suggest(given, actions.names), actions);
