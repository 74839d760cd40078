import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pluginHost } from "@aide-ts/run";
import { BackendServer, findBackend, readAddress, readServeConfig, ServedModel } from "@aide-ts/serve";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";

interface ServeFlags {
  readonly port: string | undefined;
  readonly host: string | undefined;
  readonly key: string | undefined;
}

/** `aide serve`: the configured backend behind OpenAI's protocol, until it is stopped. */
export const serve = async (shell: Shell, flags: ServeFlags, ...args: readonly string[]): Promise<number> => {
  const keyVariable = flags.key;
  const host = runHost(shell);
  const config = await readServeConfig(await readConfigArguments(args, shell), host);
  const address = readAddress({ host: flags.host, port: flags.port, keyVariable }, shell);
  const found = await findBackend(config, host.builtins);
  for (const warning of config.warnings) shell.err(`note     ${warning}`);
  await makeReady({ backends: new Map([["code", found]]) }, shell);
  // Kept where it fails: errors name logs in it.
  const runFolder = await mkdtemp(join(tmpdir(), "aide-serve-"));
  {
    await using backend = found.create(pluginHost(host, runFolder, shell.out));
    const capabilities = await capabilitiesOf(backend, shell.signal);
    if (capabilities !== undefined) {
      const served = new ServedModel({
        backend,
        capabilities,
        sampling: config.sampling,
        seed: config.seed,
        now: Date.now,
      });
      const { out: say, err: warn, secrets } = shell;
      await using server = await BackendServer.listen({ served, address, mask: secrets.mask, say, warn });
      for (const line of greeting(server.url, served, keyVariable)) shell.out(line);
      if (!shell.signal.aborted) await once(shell.signal, "abort");
    }
  }
  await rm(runFolder, { recursive: true, force: true });
  return 0;
};

/** `undefined` where the start was stopped. */
const capabilitiesOf = async (
  backend: { capabilities: (signal: AbortSignal) => Promise<ServedModel["capabilities"]> },
  signal: AbortSignal,
): Promise<ServedModel["capabilities"] | undefined> => {
  try {
    return await backend.capabilities(signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
};

const greeting = (url: string, { id, capabilities, maxTokens }: ServedModel, keyVariable: string | undefined) => [
  `model    ${id}, ${capabilities.contextTokens} tokens of context, answers of ${maxTokens} at most where a request does not say`,
  `serves   ${url}/v1`,
  `clients  export OPENAI_BASE_URL=${url}/v1 OPENAI_API_KEY=${keyVariable === undefined ? "none" : `"$${keyVariable}"`}`,
];
