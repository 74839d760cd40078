import { freePort } from "./free-port.ts";
import { ManagedServer, type ServerStart } from "./managed-server.ts";

export interface ListeningStart extends Omit<ServerStart, "command" | "isReady"> {
  /** A free one without. */
  readonly port?: number | undefined;
  readonly command: (port: number) => ServerStart["command"];
  /** A path that answers with 200 once the server can be asked. */
  readonly health: string;
}

export interface ListeningServer {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly server: ManagedServer;
}

/**
 * Starts a server that listens on a port of the loopback address, and waits until it answers.
 * @throws AIDE_SERVER_START, and what `command` throws
 */
export const startListening = async ({ port, command, health, ...rest }: ListeningStart): Promise<ListeningServer> => {
  const chosen = port ?? (await freePort());
  const origin = `http://127.0.0.1:${chosen}`;
  const server = await ManagedServer.start({
    ...rest,
    command: command(chosen),
    isReady: async (signal) => {
      const { ok, body } = await fetch(origin + health, { signal });
      await body?.cancel();
      return ok;
    },
  });
  return { origin, server };
};
