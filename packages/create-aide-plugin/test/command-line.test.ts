import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "@aide-ts/plugin";
import { beforeEach, describe, expect, it } from "vitest";
import { runCommandLine, type Questions } from "../src/index.ts";
import { freshFolder, kind } from "./scaffolded.ts";

let cwd = "";

beforeEach(() => {
  cwd = freshFolder();
});

const run = async (args: readonly string[], questions?: Questions) => {
  const [out, err]: [string[], string[]] = [[], []];
  const shell = { cwd, out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const code = await runCommandLine(args, questions === undefined ? shell : { ...shell, questions });
  return { code, out: out.join("\n"), err: err.join("\n") };
};

const nameIn = (folder: string): string => JSON.parse(readFileSync(join(cwd, folder, "package.json"), "utf8")).name;

describe("npm create aide-plugin", () => {
  it("writes what its flags say into a folder called as the package, and says what comes next", async () => {
    const { code, out, err } = await run(["--kind", "strategy", "--name", "in-time"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(nameIn("aide-strategy-in-time")).toBe("aide-strategy-in-time");
    expect(out).toContain(join("aide-strategy-in-time", "src", "index.ts"));
    expect(out).toContain("configs call it in-time");
    expect(out).toMatch(/cd aide-strategy-in-time\n {2}npm install\n {2}npm test\n {2}npm run example$/);
  });

  it("writes one in a scope into a folder without it", async () => {
    await run(["--kind", "task suite", "--name", "@them/boats"]);
    expect(nameIn("aide-task-suite-boats")).toBe("@them/aide-task-suite-boats");
  });

  it("writes into the folder that is named, this one too, and an empty repository", async () => {
    mkdirSync(join(cwd, "there", ".git"), { recursive: true });
    await run(["there", "-k", "search", "-n", "two-step"]);
    expect(nameIn("there")).toBe("aide-strategy-two-step");
    mkdirSync(join(cwd, "here"));
    cwd = join(cwd, "here");
    const { out } = await run([".", "-k", "search", "-n", "two-step"]);
    expect(nameIn(".")).toBe("aide-strategy-two-step");
    expect(out).not.toContain("cd ");
  });

  it("asks on a terminal for what no flag says", async () => {
    const questions: Questions = { kind: async () => kind("backend"), name: async () => "fast" };
    expect((await run([], questions)).code).toBe(0);
    expect(nameIn("aide-backend-fast")).toBe("aide-backend-fast");
    expect((await run(["--kind", "search"], questions)).code).toBe(0);
    expect(nameIn("aide-strategy-fast")).toBe("aide-strategy-fast");
  });

  it("writes nothing where the person who is asked gives up", async () => {
    const stop = (): never => {
      throw new Stop("user", "Nothing was written.");
    };
    const { code, err } = await run([], { kind: async () => stop(), name: async () => stop() });
    expect({ code, err }).toEqual({ code: 130, err: "Nothing was written." });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("asks nothing with --yes: a strategy, called as its folder", async () => {
    const questions: Questions = { kind: () => Promise.reject(new Error()), name: () => Promise.reject(new Error()) };
    expect((await run(["--yes"], questions)).code).toBe(0);
    expect(nameIn("aide-strategy-my-strategy")).toBe("aide-strategy-my-strategy");
    expect((await run(["quick", "--yes", "--kind", "backend"], questions)).code).toBe(0);
    expect(nameIn("quick")).toBe("aide-backend-quick");
  });

  it.each([["--help"], ["-h"], ["update", "--help"]])("explains itself by %s %s", async (...args) => {
    const { code, out } = await run(args.filter((arg) => arg !== undefined));
    expect(code).toBe(0);
    for (const name of ["strategy", "task-suite", "--dry-run", "--kind"]) expect(out).toContain(name);
  });

  it.each([
    [[], "AIDE_NO_TERMINAL", "--kind, --name"],
    [["--name", "x"], "AIDE_NO_TERMINAL", "missing: --kind."],
    [["--kind", "strategy"], "AIDE_NO_TERMINAL", "missing: --name."],
    [["--kind", "stratgy", "--name", "x"], "AIDE_ARGUMENT", "is no kind of plugin"],
    [["--knd", "strategy"], "AIDE_ARGUMENT", "Unknown option '--knd'."],
    [["--kind"], "AIDE_ARGUMENT", "argument missing"],
    [["a", "b", "--yes"], "AIDE_ARGUMENT", "One folder is written, not 2: a, b."],
    [["update", "--name", "x"], "AIDE_ARGUMENT", "Unknown option '--name'."],
    [["--kind", "strategy", "--name", "../../x"], "AIDE_PLUGIN_NAME", "cannot be the name of a plugin"],
    [["--kind", "strategy", "--name", "reflection"], "AIDE_PLUGIN_NAME", "aide comes with a strategy of that name"],
    [["update"], "AIDE_SCAFFOLD_RECORD", "holds no plugin"],
  ])("refuses %j by %s, with what to do, and writes nothing", async (args, code, text) => {
    const ended = await run(args);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(`${code}  `);
    expect(ended.err).toContain(text);
    expect(ended.err).toMatch(/^ {2}fix +\S/m);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("refuses a folder that is not empty, and leaves it as it is", async () => {
    mkdirSync(join(cwd, "aide-strategy-x"));
    writeFileSync(join(cwd, "aide-strategy-x", "notes"), "mine");
    const { code, err } = await run(["--kind", "strategy", "--name", "x"]);
    expect(code).toBe(2);
    expect(err).toContain("AIDE_FOLDER_TAKEN");
    expect(readdirSync(join(cwd, "aide-strategy-x"))).toEqual(["notes"]);
  });

  it("says of a folder that cannot be written which it is", async () => {
    writeFileSync(join(cwd, "file"), "");
    const { code, err } = await run([join("file", "below"), "--yes"]);
    expect(code).toBe(2);
    expect(err).toContain("AIDE_SCAFFOLD_UNWRITABLE");
    expect(err).toContain(join(cwd, "file", "below"));
    expect(existsSync(join(cwd, "file", "below"))).toBe(false);
  });
});
