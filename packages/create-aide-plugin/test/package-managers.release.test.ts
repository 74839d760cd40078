import { cpSync, existsSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventsIn } from "@aide-ts/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { fixtures, runFolder, smallTask } from "../../cli/test/aide.ts";
import { builtStrategy } from "./built.ts";
import { base, config, inTime as name } from "./in-time.ts";
import { command, packedPackages, type Ended } from "./installed.ts";
import { packageManagers, type PackageManager } from "./package-managers.ts";
import { freshFolder } from "./scaffolded.ts";

let tarballs: ReadonlyMap<string, string> = new Map();
let managers: ReadonlyMap<string, PackageManager> = new Map();

beforeAll(async () => {
  const plugin = await builtStrategy("in-time");
  const [{ filename }] = JSON.parse(await command("npm", ["pack", "--json"], plugin));
  tarballs = new Map([...(await packedPackages()), [name, join(plugin, filename)]]);
  managers = await packageManagers();
}, 300_000);

describe.each(["pnpm", "yarn, node-modules", "yarn, pnp"])("a project of %s", { timeout: 120_000 }, (managed) => {
  let user = "";

  const aide = async (args: readonly string[], text = config): Promise<Ended> => {
    writeFileSync(join(user, "aide.config.yaml"), text);
    const manager = managers.get(managed);
    if (manager === undefined) throw new Error(`no ${managed}`);
    return manager.run(["aide", ...args], user);
  };

  beforeAll(async () => {
    user = realpathSync(freshFolder());
    await managers.get(managed)?.install(user, tarballs, ["@aide-ts/cli", "@aide-ts/plugin", name]);
    smallTask(user);
    cpSync(join(fixtures, "scripted-plugin.mjs"), join(user, "scripted-plugin.mjs"));
  }, 200_000);

  it("lets nobody import what is not named, but where Yarn lays all packages side by side", () => {
    const reachable = existsSync(join(user, "node_modules/zod"));
    expect(reachable).toBe(managed === "yarn, node-modules");
  });

  it("uses a plugin by its short name", async () => {
    const { code, out, err } = await aide(["run"]);
    expect(code, out + err).toBe(0);
    const outcome = eventsIn(join(runFolder(user), "events.jsonl")).find((event) => event.type === "told");
    expect(outcome?.outcome.notes).toEqual({ "in-time": [{ inTime: true }] });
    expect(existsSync(join(runFolder(user), "best_submission.csv"))).toBe(true);
  });

  it("lists it among those that are installed", async () => {
    expect((await aide(["plugins"])).out).toContain(`${name} 0.0.0`);
  });

  it("is told by which names a plugin that is missing was looked for", async () => {
    const { code, err } = await aide(["run"], config.replace("use: in-time", "use: on-time"));
    expect(code).not.toBe(0);
    expect(err).toContain('AIDE_PLUGIN_NOT_FOUND  Could not find strategy "on-time".');
    expect(err).toContain(`looked for  on-time, @aide-ts/strategy-on-time, aide-strategy-on-time   (from ${user})`);
  });

  it("is told which kind a plugin has that is named as another", async () => {
    const { code, err } = await aide(["run"], `${base}search: in-time\n`);
    expect(code).not.toBe(0);
    expect(err).toContain('AIDE_PLUGIN_KIND  "in-time" is a strategy, but was named as a search.');
  });
});
