import { describe, expect, it } from "vitest";
import { portablePaths } from "../src/output/portable-paths.ts";

const shown = portablePaths("/home/me/runs/x1", "/tmp/t1");

describe("paths in what scripts print", () => {
  it.each([
    ['File "/home/me/runs/x1/solution.py", line 3', 'File "./solution.py", line 3'],
    ["/tmp/t1/part", "./.tmp/part"],
    ['File "/opt/a/lib/python3.11/json/decoder.py", line 3', 'File "python3.11/json/decoder.py", line 3'],
    ["in /opt/a/lib/python3.11/site-packages/pandas/core.py:7", "in site-packages/pandas/core.py:7"],
    ["(/usr/lib/python3.12/dist-packages/x.py)", "(site-packages/x.py)"],
    ["/a/lib/python3.11/site-packages/b/lib/python3.11/c.py", "python3.11/c.py"],
    ["/srv/lib/data.csv", "/srv/lib/data.csv"],
  ])("%s", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it("are looked for in the longest word", () => {
    const word = "x".repeat(2_000_000);
    expect(shown(word)).toBe(word);
  });
});
