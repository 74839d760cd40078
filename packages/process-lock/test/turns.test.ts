import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { turnsIn } from "../src/index.ts";

const freshFolder = (): string => join(mkdtempSync(join(tmpdir(), "aide-turns-")), "turns");
const { signal } = new AbortController();

describe("turns", () => {
  it("are never held by more than so many, however many want one, and all get theirs", async () => {
    const folder = freshFolder();
    let [held, most, done] = [0, 0, 0];
    const work = async (): Promise<void> => {
      await using _turn = await turnsIn(folder, 3).take(signal);
      held += 1;
      most = Math.max(most, held);
      await pause(30);
      held -= 1;
      done += 1;
    };
    await Promise.all(Array.from({ length: 12 }, work));
    expect([held, most, done]).toEqual([0, 3, 12]);
  });

  it("of a process that was killed go to another one", async () => {
    const folder = freshFolder();
    const program = join(folder, "..", "hold.ts");
    writeFileSync(
      program,
      `import { turnsIn } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
await turnsIn(${JSON.stringify(folder)}, 1).take(new AbortController().signal);
process.send("held");
setInterval(() => {}, 1000);`,
    );
    const child: ChildProcess = fork(program);
    await once(child, "message");
    const stopped = turnsIn(folder, 1).take(AbortSignal.timeout(200));
    await expect(stopped).rejects.toThrow();
    child.kill("SIGKILL");
    await once(child, "exit");
    await using _turn = await turnsIn(folder, 1).take(AbortSignal.timeout(5000));
  });
});
