import local from "@aide-ts/executor-local";
import { definePlugin, type Executor } from "@aide-ts/plugin";

/**
 * Scripts run as processes of this machine, as the executor `local` runs them and with its options; one whose process died, as where the system was out of
 * memory for a moment, is run once more.
 */
export default definePlugin({
  ...local,
  name: "PLUGIN_NAME",
  summary: "The executor `local`, which runs a script again whose process died.",
  create(options, host): Executor {
    const inner = local.create(options, host);
    return {
      async execute(script, call) {
        const first = await inner.execute(script, call);
        if (first.fate !== "crash") return first;
        host.log(`The process of ${first.id} died: its script is run once more.`);
        return inner.execute(script, call);
      },
      environment: (signal) => inner.environment(signal),
      start: (program, call) => inner.start(program, call),
      read: (execution, path) => inner.read(execution, path),
      [Symbol.asyncDispose]: async () => inner[Symbol.asyncDispose](),
    };
  },
});
