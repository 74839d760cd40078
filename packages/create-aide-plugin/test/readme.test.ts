import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { pluginKinds, runCommandLine } from "../src/index.ts";
import { freshFolder, packageFolder } from "./scaffolded.ts";

const readme = readFileSync(join(packageFolder, "README.md"), "utf8");

describe("the README", () => {
  it("shows commands that work, up to those of npm itself", async () => {
    const cwd = freshFolder();
    const [, flags = "", folder = ""] = /npm create aide-plugin -- (.+)\ncd (.+)/.exec(readme) ?? [];
    const shell = { cwd, out: () => undefined, err: () => undefined };
    expect(await runCommandLine(flags.split(" "), shell)).toBe(0);
    const { scripts } = JSON.parse(readFileSync(join(cwd, folder, "package.json"), "utf8"));
    const named = [...readme.matchAll(/(?:^|`)npm (?:run )?(test|build|example)(?:$|`)/gm)].map(([, name]) => name);
    expect(named).toEqual(["build", "test", "example"]);
    expect(scripts).toMatchObject(Object.fromEntries(named.map((name) => [name, expect.any(String)])));
    for (const [, update = ""] of readme.matchAll(/^npm create aide-plugin@latest (update.*)$/gm)) {
      const args = update.split(" ").filter((arg) => arg !== "--");
      expect(await runCommandLine(args, { ...shell, cwd: join(cwd, folder) })).toBe(0);
    }
    expect(existsSync(join(cwd, folder, "aide.config.yaml"))).toBe(true);
  });

  it("shows a program that runs", async () => {
    const cwd = freshFolder();
    mkdirSync(join(cwd, "node_modules"));
    symlinkSync(packageFolder, join(cwd, "node_modules/create-aide-plugin"));
    const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    writeFileSync(join(cwd, "program.ts"), `${program}console.log(changes.length);`);
    const args = ["--conditions=@aide-ts/source", "program.ts"];
    expect((await promisify(execFile)(process.execPath, args, { cwd })).stdout).toBe("0\n");
    expect(existsSync(join(cwd, "aide-strategy-my-idea/src/index.ts"))).toBe(true);
  });

  it("names every kind, and the suite that it is held against", () => {
    for (const { kind } of pluginKinds) {
      const suite = `${kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Conformance`;
      expect(readme).toMatch(new RegExp(`^\\| \`${kind}\` .*\`${suite}\``, "m"));
    }
  });
});
