import { isIP } from "node:net";
import type { RunHost } from "@aide-ts/run";
import { exposed, keyMissing, portInvalid } from "./errors/server.ts";

/** Where a server listens, and the key that it asks for. */
export interface Address {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly key: string | undefined;
}

export interface AddressFlags {
  readonly host: string | undefined;
  readonly port: string | undefined;
  /** Name of the environment variable that holds the key. */
  readonly keyVariable: string | undefined;
}

const standardPort = 8642;
/** Shorter ones can neither be masked nor be called a secret. */
const shortestKey = 8;

/**
 * Checks where to listen; the key is learnt as a secret.
 * @throws AIDE_ARGUMENT, AIDE_SERVE_KEY_MISSING, AIDE_SERVE_EXPOSED
 */
export const readAddress = (
  { host = "127.0.0.1", port, keyVariable }: AddressFlags,
  { env, secrets }: Pick<RunHost, "env" | "secrets">,
): Address => {
  const key = keyVariable === undefined ? undefined : env[keyVariable]?.trim();
  if (keyVariable !== undefined && (key === undefined || key.length < shortestKey))
    throw keyMissing(keyVariable, shortestKey);
  if (key === undefined && !isLoopback(host)) throw exposed(host);
  if (key !== undefined) secrets.learn([key]);
  return { host, port: port === undefined ? standardPort : readPort(port), key };
};

/** Whether only this machine reaches it. */
export const isLoopback = (host: string): boolean => {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
};

const readPort = (port: string): number => {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : Infinity;
  if (number <= 65_535) return number;
  throw portInvalid(port, standardPort);
};
