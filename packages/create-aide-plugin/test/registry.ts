import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@aide-ts/backend-kit";
import { command, repository } from "./installed.ts";
import { freshFolder } from "./scaffolded.ts";

export interface Registry {
  readonly url: string;
  /** The variables of somebody whose npm, pnpm and changesets use the registry and nothing else, in a home folder without anything. */
  readonly newcomer: () => Readonly<Record<string, string>>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

const ours = { access: "$all", publish: "$all" };

const settings = (folder: string, elsewhere: string): object => ({
  storage: join(folder, "storage"),
  uplinks: { elsewhere: { url: elsewhere, cache: false, maxage: "10m", timeout: "60s" } },
  packages: {
    "@aide-ts/*": ours,
    "create-aide-plugin": ours,
    "aide-*": ours,
    // All others come from the registry that npm is configured with.
    "**": { access: "$all", proxy: "elsewhere" },
  },
  web: { enable: false },
  log: { type: "stdout", format: "pretty", level: "error" },
});

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}-/ping`)).ok;
  } catch {
    return false;
  }
};

/** Starts an empty registry on the loopback address. */
export const startRegistry = async (): Promise<Registry> => {
  const folder = freshFolder();
  const program = (await command("bash", [join(repository, "tools/release/install-registry.sh")], folder)).trim();
  const elsewhere = (await command("npm", ["config", "get", "registry"], folder)).trim();
  // JSON is YAML.
  writeFileSync(join(folder, "config.yaml"), JSON.stringify(settings(folder, elsewhere)));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [program, "--config", join(folder, "config.yaml"), "--listen", address];
  const server = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const url = `http://${address}/`;
  for (const until = Date.now() + 30_000; !(await answers(url)); await sleep(100))
    if (Date.now() > until || server.exitCode !== null)
      throw new Error(`The registry did not start:\n${said.join("")}`);
  return {
    url,
    newcomer: () => {
      const home = freshFolder();
      const lines = [`registry=${url}`, `//${address}/:_authToken=anybody`, "audit=false", "fund=false"];
      writeFileSync(join(home, ".npmrc"), [...lines, "update-notifier=false", ""].join("\n"));
      return {
        HOME: home,
        // npm tells the programs that it starts which files it reads itself, and variables are worth more than files.
        npm_config_userconfig: join(home, ".npmrc"),
        npm_config_cache: join(home, ".npm"),
        npm_config_registry: url,
        NPM_CONFIG_REGISTRY: url,
      };
    },
    [Symbol.asyncDispose]: async () => {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    },
  };
};
