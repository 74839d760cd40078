export { Answer } from "./answer/answer.ts";
export { ChatTemplate, type RenderedChat } from "./answer/chat-template.ts";
export { Deltas, type Delta } from "./answer/deltas.ts";
export { hasBegun, resumedAnswer, type Resumed, type Stretch, type Thinking } from "./answer/resumed-answer.ts";
export { StopScanner } from "./answer/stop-scanner.ts";
export { ThoughtSplitter, type Beginning, type Piece } from "./answer/thought-splitter.ts";
export { backendClosed, disconnected, garbled, modelNotChosen, modelNotFound, weightsNotChosen } from "./errors.ts";
export { Connections, type Answered, type ConnectionLimits, type Posted } from "./http/connections.ts";
export { isOnThisMachine, leavesTheMachine } from "./http/destination.ts";
export { longestLine, readEvents, readLines, type Read } from "./http/events.ts";
export {
  connectionFailure,
  refusalFailure,
  refusalText,
  retryAfterMs,
  saysOverflow,
  type Refusal,
} from "./http/failures.ts";
export { Silence, type Patience } from "./http/silence.ts";
export { Slots, unlessStopped } from "./load/slots.ts";
export { distillShapes } from "./memory/distills.ts";
export { seenGpus, type Gpu } from "./memory/gpus.ts";
export {
  bitsPerWeight,
  cacheBytesPerToken,
  canShare,
  largestContext,
  memoryNeeded,
  type MemoryNeeded,
  type MemoryRequest,
  type WeightBits,
} from "./memory/memory-needed.ts";
export { parametersOf, type ModelShape, type Parameters } from "./memory/model-shape.ts";
export { neverSent, promptBounds, withoutSystem } from "./messages.ts";
export { hubName } from "./model-names.ts";
export { nearMiss } from "./near-miss.ts";
export { Once } from "./probe/once.ts";
export { ProbeCache } from "./probe/probe-cache.ts";
export { failureBehind } from "./serve/failure-behind.ts";
export { programOnPath } from "./serve/program-on-path.ts";
export { serverEnvironment } from "./serve/environment.ts";
export { freePort } from "./serve/free-port.ts";
export { startListening, type ListeningServer, type ListeningStart } from "./serve/listening-server.ts";
export { ManagedServer, type ServerStart } from "./serve/managed-server.ts";
export { diskSpaceFor, isNoSpace, type DiskSpace } from "./disk-space.ts";
export { downloadLine, downloadMinutes, type DownloadProgress } from "./download-line.ts";
