import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../", import.meta.url));

const build = (from: string, to: string): void => {
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true }).filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const target = join(to, file.slice(from.length)).replace(/\.ts$/, ".js");
    mkdirSync(dirname(target), { recursive: true });
    const code = stripTypeScriptTypes(readFileSync(file, "utf8"));
    writeFileSync(target, code.replaceAll(/((?:from|import\() ?"\..*)\.ts"/g, '$1.js"'));
  }
};

/** What others wrote is not copied. */
const linkOthers = (from: string, to: string): void => {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from).filter((one) => !one.startsWith(".") && one !== "@aide-ts")) {
    mkdirSync(to, { recursive: true });
    symlinkSync(join(from, name), join(to, name));
  }
};

/** A package of this repository as npm would install it a second time for somebody who needs another version of it. */
export const installCopy = (name: string, version: string, modules: string): void => {
  const source = join(packages, name);
  const target = join(modules, "@aide-ts", name);
  mkdirSync(target, { recursive: true });
  const { exports } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")).publishConfig;
  writeFileSync(
    join(target, "package.json"),
    JSON.stringify({ name: `@aide-ts/${name}`, version, type: "module", exports }),
  );
  build(join(source, "src"), join(target, "dist"));
  if (existsSync(join(source, "prompts")))
    cpSync(join(source, "prompts"), join(target, "prompts"), { recursive: true });
  linkOthers(join(source, "node_modules"), join(target, "node_modules"));
};
