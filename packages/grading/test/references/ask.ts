import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { z } from "zod";
import { findScriptsPython, variables } from "../../../../tools/vitest/scripts-python.ts";

const program = fileURLToPath(new URL("ask.py", import.meta.url));
const onPath = fileURLToPath(new URL("../../python/", import.meta.url));

/** What one of the program's functions gives for each list of arguments. */
export const ask = async <T>(
  what: "pipelines" | "pixels" | "scaled" | "target" | "labels" | "classes",
  given: readonly (readonly unknown[])[],
  schema: z.ZodType<T>,
): Promise<readonly T[]> => {
  const { stdout } = await execa(await findScriptsPython(), [program], {
    input: JSON.stringify({ ask: what, with: given }),
    env: { ...variables, PYTHONPATH: onPath, PYTHONDONTWRITEBYTECODE: "1" },
  });
  return z.array(schema).parse(JSON.parse(stdout));
};
