import { readFileSync } from "node:fs";
import { withCommand } from "./shell.ts";

/** What `aide --help` prints, written ahead: it is asked for most often, and making it takes half as long again as all else of a start. */
const overview = new URL("../help.txt", import.meta.url);

/** Runs one command line and gives its exit code: 0 done, 1 failed, 2 wrongly asked, 130 stopped. */
export const runCommandLine = async (given: readonly string[]): Promise<number> => {
  const args = withCommand(given);
  if (args[0] === "--help" || args[0] === "-h") {
    process.stdout.write(readFileSync(overview, "utf8"));
    return 0;
  }
  if (args[0] === "complete") {
    const [{ complete }, { processShell }] = await Promise.all([import("./complete.ts"), import("./process-shell.ts")]);
    return complete(args[1] === "--" ? args.slice(2) : args.slice(1), await processShell());
  }
  const [{ runCommand }, { processShell }] = await Promise.all([
    import("./run-command.ts"),
    import("./process-shell.ts"),
  ]);
  return runCommand(args, process.stdout, processShell);
};
