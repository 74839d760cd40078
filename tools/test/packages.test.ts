import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));
const names = readdirSync(packages);

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
    expect(readme).toContain("```");
  });

  it("exports these names", async () => {
    const exported: object = await import(`${folder}src/index.ts`);
    await expect(`${Object.keys(exported).sort().join("\n")}\n`).toMatchFileSnapshot(`exports/${name}.txt`);
  });

  it("takes along what it reads", () => {
    const read = ["prompts", "python", "templates"].filter((one) => existsSync(`${folder}${one}`));
    expect(manifest.files).toEqual(expect.arrayContaining(["dist", ...read]));
  });
});
