import { prefixesOf, type SeenPrefixes } from "./prefixes.ts";

/** What is known of a server when a call is to be sent. */
export interface Candidate {
  /** Calls that it has or that wait for it. */
  readonly calls: number;
  readonly limit: number;
  readonly prefixes: SeenPrefixes;
  /** It did not answer lately. */
  readonly resting: boolean;
}

/** Calls that the server with the prompt's beginning may have beyond the idlest one: what a kept prefix is worth. */
const worth = (limit: number): number => Math.max(2, Math.ceil(limit / 8));

/**
 * The server for a prompt: of those that are about as idle as the idlest, the one that has seen most of its beginning. So samples of one prompt
 * stay together until their server is busier than the others.
 */
export const route = <C extends Candidate>(servers: readonly C[], prompt: string): C | undefined => {
  const awake = servers.filter(({ resting }) => !resting);
  const able = awake.length === 0 ? servers : awake;
  const idlest = Math.min(...able.map(({ calls }) => calls));
  const prefixes = prefixesOf(prompt);
  const [first] = able
    .filter(({ calls, limit }) => calls - idlest <= worth(limit))
    .map((server) => ({ server, seen: server.prefixes.matching(prefixes) }))
    .sort((a, b) => b.seen - a.seen || a.server.calls - b.server.calls);
  first?.server.prefixes.add(prefixes);
  return first?.server;
};
