import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Syntax } from "./syntax.ts";

const reader = fileURLToPath(new URL("read_python.py", import.meta.url));

/**
 * What Python files declare.
 * @throws Error for a text that Python cannot parse.
 */
export const readPython = (texts: readonly string[]): readonly Syntax[] => {
  if (texts.length === 0) return [];
  const options = { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  return JSON.parse(execFileSync("python3", [reader], { ...options, stdio: ["pipe", "pipe", "pipe"] }));
};
