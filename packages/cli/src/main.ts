import { runCommandLine } from "./command-line.ts";
import { completeFileHandles } from "./plug-and-play.ts";

await completeFileHandles();
process.exitCode = await runCommandLine(process.argv.slice(2));
