import { spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { expect } from "vitest";
import { identify, type Owner } from "../src/index.ts";

export const thisProcess = async (): Promise<Owner> => {
  const known = await identify(process.pid);
  expect(known).toBeDefined();
  return { host: hostname(), ...known! };
};

/** What the lock of a process that ended says. */
export const deadOwner = async (): Promise<Owner> => {
  const child = spawn("sleep", ["60"]);
  const known = await identify(child.pid!);
  child.kill("SIGKILL");
  await once(child, "exit");
  return { host: hostname(), ...known! };
};
