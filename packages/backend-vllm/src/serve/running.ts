import { ProbeCache, type ManagedServer } from "@aide-ts/backend-kit";
import { apiUrl, ChatServer, type Served } from "@aide-ts/backend-openai";
import type { Capabilities, Capability, Host } from "@aide-ts/plugin";
import { Replica } from "../load/replica.ts";
import type { VllmOptions } from "../options.ts";
import { describe, type Description } from "../probe/describe.ts";
import { startServing } from "./start.ts";

/** Servers that can be asked, and what they say of themselves. */
export interface Running {
  readonly model: string;
  /** What is known of each, with the shortest context of all. */
  readonly served: ReadonlyMap<Replica, Served>;
  readonly capabilities: Capabilities;
  readonly managed: ManagedServer | undefined;
}

/** @throws what starting and describing throw; a server that was started is ended then. */
export const startRunning = async (options: VllmOptions, host: Host, signal: AbortSignal): Promise<Running> => {
  const { concurrency, firstTokenSeconds, stallSeconds, keyVariable, url = [] } = options;
  const given = [url].flat();
  const serving = given.length === 0 ? await startServing(options, host, signal) : undefined;
  const replicas = (serving === undefined ? given : [serving.origin]).map((address) => {
    const server = new ChatServer({
      url: apiUrl(address),
      key: host.env(keyVariable),
      keyFix: `export ${keyVariable}=…`,
      sockets: concurrency + 8,
      patience: { firstSeconds: firstTokenSeconds, nextSeconds: stallSeconds },
    });
    return new Replica(server, concurrency);
  });
  try {
    const probes = new ProbeCache(host);
    const described = await Promise.all(
      replicas.map(async (replica) => ({
        replica,
        ...(await describe(replica.server, options, probes, signal)),
      })),
    );
    await Promise.all(replicas.map((replica) => replica.look()));
    return { ...together(described, options), managed: serving?.server };
  } catch (error) {
    await Promise.all(replicas.map(({ server }) => server[Symbol.asyncDispose]()));
    await serving?.server[Symbol.asyncDispose]();
    throw error;
  }
};

/** `say` takes what came of each server's calls. */
export const endRunning = async (
  { served, managed }: Running,
  say: ((line: string) => void) | undefined,
): Promise<void> => {
  for (const replica of served.keys()) {
    replica.stopLooking();
    if (say !== undefined) await replica.look();
    const summary = replica.summary();
    if (summary !== undefined) say?.(`vLLM     ${summary}`);
    await replica.server[Symbol.asyncDispose]();
  }
  await managed?.[Symbol.asyncDispose]();
};

const together = (
  described: readonly (Description & { readonly replica: Replica })[],
  options: VllmOptions,
): Pick<Running, "model" | "served" | "capabilities"> => {
  const [first, ...others] = described;
  if (first === undefined) throw new Error("At least one server is asked.");
  const contextTokens = Math.min(...described.map(({ served }) => served.contextTokens));
  const urls = described.map(({ details }) => details["url"] ?? null);
  return {
    model: first.served.model,
    served: new Map(described.map(({ replica, served }) => [replica, { ...served, contextTokens }])),
    capabilities: {
      has: capabilitiesOf(first.served, options),
      contextTokens,
      details: others.length === 0 ? first.details : { ...first.details, url: urls },
    },
  };
};

const capabilitiesOf = (
  { renderer, thinks, budgets }: Served,
  { batchInvariant }: Pick<VllmOptions, "batchInvariant">,
): readonly Capability[] => [
  "jsonSchema",
  ...(renderer !== undefined ? (["continuation"] as const) : []),
  ...(thinks && (renderer !== undefined || budgets) ? (["thoughtBudget"] as const) : []),
  ...(batchInvariant ? (["seed"] as const) : []),
];
