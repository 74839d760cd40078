import type { ManagedServer } from "@aide-ts/backend-kit";
import { apiUrl, ChatServer } from "@aide-ts/backend-openai";
import type { Host } from "@aide-ts/plugin";
import type { TransformersOptions } from "../options.ts";
import { startServing } from "./start.ts";

/** A server that can be asked. */
export interface Running {
  readonly server: ChatServer;
  readonly managed: ManagedServer | undefined;
}

/** @throws what starting throws, and what asking a running server for its health throws. */
export const startRunning = async (
  options: TransformersOptions,
  model: string,
  host: Host,
  signal: AbortSignal,
): Promise<Running> => {
  const { url, concurrency, firstTokenSeconds, stallSeconds } = options;
  const serving = url === undefined ? await startServing(options, model, host, signal) : undefined;
  const server = new ChatServer({
    url: apiUrl(serving?.origin ?? url ?? ""),
    key: undefined,
    keyFix: "none is sent to transformers serve",
    sockets: concurrency + 1,
    patience: { firstSeconds: firstTokenSeconds, nextSeconds: stallSeconds },
  });
  const running = { server, managed: serving?.server };
  try {
    if (serving === undefined) await server.text({ path: "/health", root: true }, signal);
    return running;
  } catch (error) {
    await endRunning(running);
    throw error;
  }
};

export const endRunning = async ({ server, managed }: Running): Promise<void> => {
  await server[Symbol.asyncDispose]();
  await managed?.[Symbol.asyncDispose]();
};
