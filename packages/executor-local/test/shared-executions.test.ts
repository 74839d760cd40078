import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { local, until, type Local } from "./local.ts";

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "shared-")), "scripts");
});

const sharing = (given: Record<string, unknown> = {}): Promise<Local> =>
  local({ seconds: 20, ...given }, {}, undefined, 1, { sharedFolder: folder });

/** Says when it ran, in its output and in its submission. */
const script = `import time, uuid
name = str(uuid.uuid4())
time.sleep(0.3)
open("./submission/submission.csv", "w").write(name)
open("./working/note.txt", "w").write(name)
print(name)`;

const submissionOf = async ({ executor }: Local, execution: Parameters<Local["executor"]["read"]>[0]) =>
  new TextDecoder().decode(await executor.read(execution, "submission/submission.csv"));

describe("a script that another run has run", () => {
  it("is not run again: its output, its seconds and what it left are this run's too, in a folder of its own", async () => {
    await using one = await sharing();
    await using other = await sharing();
    const first = await one.run(script);
    await other.run("print(1)");
    const second = await other.run(script);
    expect(second).toEqual({ ...first, id: "x000002" });
    expect(await submissionOf(other, second)).toBe(first.output.trim());
    const left = (box: Local, id: string) => readdirSync(join(box.workspaceFolder, id), { recursive: true }).toSorted();
    expect(left(other, second.id)).toEqual(left(one, first.id));
    expect(await readFile(join(other.workspaceFolder, second.id, "runfile.py"), "utf8")).toBe(script);
  });

  it("fails as it did there", async () => {
    await using one = await sharing();
    await using other = await sharing();
    const failing = "import uuid\nraise ValueError(uuid.uuid4())";
    const first = await one.run(failing);
    expect(first).toMatchObject({ fate: "exception", exception: { type: "ValueError" } });
    expect(await other.run(failing)).toEqual(first);
  });

  it.each([
    ["other code", {}, { code: `${script}\n` }],
    ["other files", {}, { files: { "more.txt": "1" } }],
    ["less time", {}, { seconds: 10 }],
    ["other limits", { threads: 1 }, {}],
  ])("is run again with %s", async (_, given, more) => {
    await using one = await sharing({ threads: 2 });
    await using other = await sharing({ threads: 2, ...given });
    const { code = script, ...rest }: { code?: string; files?: Record<string, string>; seconds?: number } = more;
    const [first, second] = [await one.run(script), await other.run(code, rest)];
    expect([first.fate, second.fate]).toEqual(["ok", "ok"]);
    expect(second.output).not.toBe(first.output);
  });

  it("is waited for while it runs there, however many ask, and holds up no other script", async () => {
    await using one = await sharing();
    await using other = await sharing();
    const running = one.run(script);
    await until(() => existsSync(join(one.workspaceFolder, "x000001")));
    const ended: string[] = [];
    const waiting = [other, other, one].map(async (box) => {
      const { output } = await box.run(script);
      ended.push("shared");
      return output;
    });
    await other.run("print(1)").then(() => ended.push("quick"));
    const outputs = [(await running).output, ...(await Promise.all(waiting))];
    expect(new Set(outputs).size).toBe(1);
    expect(ended).toEqual(["quick", "shared", "shared", "shared"]);
  });

  it("is run by the next one where it was stopped, and where what it left is damaged", async () => {
    await using one = await sharing();
    await using other = await sharing();
    const stop = new AbortController();
    const stopped = one.run(script, {}, stop.signal);
    setTimeout(() => stop.abort(new Error("stopped")), 100);
    await expect(stopped).rejects.toThrow("stopped");
    const first = await other.run(script);
    const kept = readdirSync(folder).find((name) => /^[0-9a-f]+$/.test(name))!;
    rmSync(join(folder, kept, "execution.json"));
    mkdirSync(join(folder, `${kept}.part`));
    writeFileSync(join(folder, `${kept}.part`, "half"), "");
    const second = await one.run(script);
    expect(second.output).not.toBe(first.output);
    expect((await other.run(script)).output).toBe(second.output);
  });
});

it("runs that share no folder run everything themselves", async () => {
  await using one = await local();
  await using other = await local();
  expect((await one.run(script)).output).not.toBe((await other.run(script)).output);
});
