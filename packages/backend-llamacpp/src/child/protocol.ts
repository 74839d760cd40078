import type { CallProgress, Capabilities, GenerateRequest, Generation } from "@aide-ts/plugin";

/** What the child needs to load its model. Sent once, as its only argument. */
export interface ChildSetup {
  readonly modelPath: string;
  readonly contextTokens: number;
  readonly threads: number;
  readonly gpu: false | "auto" | "cuda" | "vulkan" | "metal";
  readonly sampling: {
    readonly temperature: number;
    readonly topP: number;
    readonly topK: number;
    readonly minP: number;
    readonly repeatPenalty: number;
  };
}

export type ToChild =
  | { readonly kind: "generate"; readonly id: number; readonly request: GenerateRequest; readonly seed: number; readonly grantedTokens: number }
  | { readonly kind: "count"; readonly id: number; readonly request: GenerateRequest }
  | { readonly kind: "describe"; readonly id: number }
  | { readonly kind: "abort"; readonly id: number };

export interface ChildError {
  readonly code: `AIDE_${string}`;
  readonly message: string;
  readonly fix: string;
  readonly fault: "user" | "backend";
}

export type Answer =
  | { readonly kind: "generated"; readonly generation: Generation }
  | { readonly kind: "counted"; readonly tokens: number }
  | { readonly kind: "described"; readonly capabilities: Capabilities }
  | { readonly kind: "failed"; readonly error: ChildError };

export type FromChild =
  | { readonly kind: "progress"; readonly id: number; readonly progress: CallProgress }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer };

/** Both ends are this package's own code; the check guards against a stray message of another library. */
export const isFromChild = (message: unknown): message is FromChild =>
  typeof message === "object" && message !== null && "kind" in message && "id" in message && (message.kind === "progress" || message.kind === "answer");

export const isToChild = (message: unknown): message is ToChild =>
  typeof message === "object" && message !== null && "kind" in message && "id" in message && typeof message.id === "number";
