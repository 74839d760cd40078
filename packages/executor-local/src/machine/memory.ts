import { totalmem } from "node:os";

/** Bytes of memory that this process may use: the machine's, or its container's where that is less. */
export const machineMemory = (): number => {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
};
