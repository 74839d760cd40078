import type { Usage } from "./generation.ts";

const mark: unique symbol = Symbol.for("@aide-ts/error");
const stop: unique symbol = Symbol.for("@aide-ts/stop");

/** Who must act: the person who ran it, the plugin's author, the model server, or us. */
export type Fault = "user" | "plugin" | "backend" | "internal";

export interface ErrorDetails {
  /** Stable and public, as `AIDE_PLUGIN_NOT_FOUND`. */
  readonly code: `AIDE_${string}`;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What to do about it, as a command or one sentence. */
  readonly fix: string;
  readonly fault: Fault;
  /** Labelled facts, printed one a line: where it was asked for, what was looked at. */
  readonly facts?: Readonly<Record<string, string>>;
  /** The same call may succeed when it is sent again. */
  readonly transient?: boolean;
  /** How long to wait before it is sent again, where the server says so. */
  readonly retryAfterMs?: number | undefined;
  /** Tokens that the failed call has used. */
  readonly spent?: Usage | undefined;
  readonly cause?: unknown;
}

/** The one error of aide. Recognised by a registered symbol, never by `instanceof`, so that it survives two copies of this package. */
export class AideError extends Error {
  override readonly name = "AideError";
  readonly code: `AIDE_${string}`;
  readonly fix: string;
  readonly fault: Fault;
  readonly facts: Readonly<Record<string, string>>;
  readonly transient: boolean;
  readonly retryAfterMs: number | undefined;
  readonly spent: Usage | undefined;
  readonly [mark] = true;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.fix = details.fix;
    this.fault = details.fault;
    this.facts = details.facts ?? {};
    this.transient = details.transient ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.spent = details.spent;
  }

  /** The same error, with other details. */
  static with(error: AideError, details: Partial<ErrorDetails>): AideError {
    const { code, message, fix, fault, facts, transient, retryAfterMs, spent, cause } = error;
    return new AideError({ code, message, fix, fault, facts, transient, retryAfterMs, spent, cause, ...details });
  }

  static is(error: unknown): error is AideError {
    return typeof error === "object" && error !== null && mark in error;
  }
}

/** Why a run stops: its budget is gone, the user aborted, a replay diverged. Thrown through strategies, which let it pass. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly reason: "budget" | "user" | "divergence" | "failure";
  readonly [stop] = true;

  constructor(reason: Stop["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Budget gone, user abort, replay divergence: let it pass. Generations that fail after retries are ordinary errors. */
export const isStop = (error: unknown): error is Stop => typeof error === "object" && error !== null && stop in error;

/** The message of whatever was thrown. Of a failed validation (Zod's, Valibot's), whose message is a list in JSON, what is wrong at which place. */
export const messageOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  const issues: unknown = "issues" in thrown ? thrown.issues : undefined;
  return Array.isArray(issues) && issues.length > 0 ? issues.map(issueText).join("; ") : thrown.message;
};

const issueText = (issue: unknown): string => {
  if (typeof issue !== "object" || issue === null || !("message" in issue)) return String(issue);
  const path = "path" in issue && Array.isArray(issue.path) ? issue.path.map(stepText).join(".") : "";
  return `${path === "" ? "" : `${path}: `}${String(issue.message)}`;
};

const stepText = (step: unknown): string =>
  String(typeof step === "object" && step !== null && "key" in step ? step.key : step);
