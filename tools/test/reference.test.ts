import { configJsonSchema } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { commandsPage } from "../docs/reference/commands-page.ts";
import { configNotes } from "../docs/reference/config-notes.ts";
import { configKeys, configPage } from "../docs/reference/config-page.ts";
import { pluginsPage } from "../docs/reference/plugins-page.ts";
import { keysIn } from "../docs/reference/schema.ts";

describe("the reference is what `npm run docs:reference` makes of the sources:", () => {
  it("docs/reference/config.md", async () => {
    await expect(configPage()).toMatchFileSnapshot("../../docs/reference/config.md");
  });

  it("docs/reference/plugins.md", async () => {
    await expect(await pluginsPage()).toMatchFileSnapshot("../../docs/reference/plugins.md");
  });

  it("docs/reference/commands.md", async () => {
    await expect(await commandsPage()).toMatchFileSnapshot("../../docs/reference/commands.md");
  });
});

describe("a key of a config", () => {
  it("is explained", () => {
    expect(configKeys().filter(({ text }) => text === undefined)).toEqual([]);
  });

  it("is explained in one place", () => {
    const keys = new Map(keysIn(configJsonSchema(), undefined).map(({ name, text }) => [name, text]));
    const needless = Object.keys(configNotes).filter((name) => !keys.has(name) || keys.get(name) !== undefined);
    expect(needless).toEqual([]);
  });
});
