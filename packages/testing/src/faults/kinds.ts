import { connectionKinds } from "./connection-kinds.ts";
import type { FaultKind } from "./fault-kind.ts";
import { refusalKinds } from "./refusal-kinds.ts";
import { streamKinds } from "./stream-kinds.ts";

/** Ways in which model servers, and what stands before them, go wrong. */
export const faultKinds: readonly FaultKind[] = [...connectionKinds, ...refusalKinds, ...streamKinds];
