export { identify, isAlive, type Identity } from "./identity.ts";
export { lock, tryLock, type BusyLock, type HeldLock, type WaitOptions } from "./lock.ts";
export type { Owner } from "./owner.ts";
export { turnsIn, type SharedTurns } from "./turns.ts";
