import { describe, expect, it } from "vitest";
import { helpedCommands, helpOf } from "../../../tools/docs/reference/help-texts.ts";
import { commandNames } from "../src/declarations/application.ts";
import { freshFolder } from "./aide.ts";
import { aideHere } from "./aide-here.ts";

describe("the help", () => {
  it("written ahead is the one that follows from the declarations", async () => {
    await expect(await helpOf()).toMatchFileSnapshot("../help.txt");
  });

  it.each(helpedCommands)("of %s has usage, an example, and what each flag does", async (name) => {
    const help = await helpOf(...name.split(" "));
    expect(help).toContain(`usage\n  aide ${name}`);
    expect(help).toContain(`\nexample\n  aide ${name}`);
    const [, flags = ""] = /\nflags\n(.*?)(\n\n|$)/s.exec(help) ?? [];
    for (const line of flags.trimEnd().split("\n")) expect(line).toMatch(/--\S*\s+\w+ \w+/);
  });

  it("of a command is given wherever it is asked for", async () => {
    for (const args of [
      ["help", "fork"],
      ["fork", "-h"],
      ["fork", "0", "--at", "--help"],
    ])
      expect(await aideHere(args, freshFolder())).toMatchObject({
        code: 0,
        out: expect.stringContaining("aide fork <run>"),
      });
  });
});

describe("what no command takes is refused:", () => {
  it.each([
    [["clean", "--all"], "AIDE_ARGUMENT"],
    [["show", "0", "1", "2"], "AIDE_ARGUMENT"],
    [["pool", "frez"], 'did you mean "freeze"?'],
    [["models", "list", "--jsno"], "fix  aide models --help"],
    [["explain", "--jsn"], "did you mean --json?"],
    [["constructor"], "AIDE_COMMAND_UNKNOWN"],
  ])("%j", async (args, told) => {
    expect(await aideHere(args, freshFolder())).toMatchObject({ code: 2, out: "", err: expect.stringContaining(told) });
  });

  it("every command can be named", () => {
    expect(commandNames).toHaveLength(29);
  });
});
