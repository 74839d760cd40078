import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { exportedTypes } from "./exported-types.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const packages = `${root}packages/`;
const names = readdirSync(packages);
const { repository } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

type Conditions = Readonly<Record<string, string>>;

/** What is published is built: its sources stay here. */
const withoutSource = (exports: Readonly<Record<string, string | Conditions>>): object =>
  Object.fromEntries(
    Object.entries(exports).map(([entry, target]) => {
      if (typeof target === "string") return [entry, target];
      const { "@aide-ts/source": _, ...published } = target;
      return [entry, published];
    }),
  );

/** `npm create aide-plugin` looks for that name and no other. */
const nameOf = (folder: string): string => (folder.startsWith("create-") ? folder : `@aide-ts/${folder}`);

describe.each(names)("package %s", (name) => {
  const folder = `${packages}${name}/`;
  const manifest = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));

  it("can be published and found", () => {
    expect(manifest).toMatchObject({
      name: nameOf(name),
      type: "module",
      license: "MIT",
      repository: { ...repository, directory: `packages/${name}` },
      engines: { node: ">=22.19" },
      publishConfig: { access: "public" },
      description: expect.stringMatching(/\.$/),
      keywords: expect.arrayContaining([expect.stringMatching(/^aide/)]),
    });
    const kind = /^(backend|executor)-(?!kit)/.exec(name)?.[1];
    if (kind !== undefined) expect(manifest.aide).toEqual({ kind });
  });

  it("says in its README what it is, with an example", () => {
    const readme = readFileSync(`${folder}README.md`, "utf8");
    expect(readme.split("\n")[0]).toBe(`# ${nameOf(name)}`);
    expect(readme).toMatch(/^```(ts|yaml)\b/m);
  });

  const entries = Object.entries<string | Conditions>(manifest.exports).flatMap(([entry, target]) =>
    typeof target === "string" ? [] : [[entry, target["@aide-ts/source"] ?? ""] as const],
  );

  it.each(entries)("exports these names by %s", async (entry, source) => {
    const values: object = await import(join(folder, source));
    const types = exportedTypes(join(folder, source)).map((type) => `type ${type}`);
    const list = [...Object.keys(values), ...types].toSorted();
    const file = [name, ...entry.split("/").slice(1)].join("-");
    await expect(`${list.join("\n")}\n`).toMatchFileSnapshot(`exports/${file}.txt`);
  });

  it("shows nobody who installs it where its sources would be", () => {
    expect(manifest.publishConfig.exports).toEqual(withoutSource(manifest.exports));
    expect(manifest.files).not.toContain("src");
  });

  it("is unpacked by package managers that would keep it in an archive, where other programs read its files", () => {
    const read = ["example_tasks", "python"].some((one) => existsSync(`${folder}${one}`));
    expect(manifest.preferUnplugged ?? false).toBe(read);
  });

  it("takes along what it reads", () => {
    const read = ["prompts", "python", "templates"].filter((one) => existsSync(`${folder}${one}`));
    expect(manifest.files).toEqual(expect.arrayContaining(["CHANGELOG.md", "dist", ...read]));
  });
});
