import { execa } from "execa";
import type { Variables } from "./process-environment.ts";
import { totalmem } from "node:os";

/** Names of the visible NVIDIA GPUs; none where the driver's tool is missing, fails or hangs. */
export const gpuNames = async (env: Variables): Promise<readonly string[]> => {
  if (env["CUDA_VISIBLE_DEVICES"] === "" || env["CUDA_VISIBLE_DEVICES"] === "-1") return [];
  const asked = await execa("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"], {
    env,
    extendEnv: false,
    reject: false,
    timeout: 5000,
    forceKillAfterDelay: 500,
    stdin: "ignore",
  });
  if (asked.failed) return [];
  return asked.stdout
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
};

/** Bytes of memory that this process may use: the machine's, or its container's where that is less. */
export const machineMemory = (): number => {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
};
