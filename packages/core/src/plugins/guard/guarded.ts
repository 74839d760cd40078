import type { AnyPlugin } from "@aide-ts/plugin";
import { awaited, called, standardPatience, type Patience } from "./hook.ts";
import { guardedService } from "./services.ts";

/**
 * The plugin, all of whose hooks, those of what it makes too, throw errors that say whose they are: for what they throw, for answers that are none, and for none at
 * all once the run was stopped. Errors of ours, which say what to do, and stops pass as they are.
 */
export const guarded = <P extends AnyPlugin>(plugin: P, patience: Patience = standardPatience): P => {
  const of = (hook: string) => ({ kind: plugin.kind, plugin: plugin.name, hook });
  const hooks: Readonly<Record<string, (call: () => unknown, given: readonly unknown[]) => unknown>> = {
    needs: (call) => called(of("needs"), call),
    shape: (call) => called(of("shape"), call),
    prepare: (call, [, host]) => awaited(of("prepare"), async () => call(), signalIn(host), patience),
    share: (call, [, , signal]) => awaited(of("share"), async () => call(), signalIn(signal), patience),
    create: (call) => guardedService(plugin.kind, called(of("create"), call), of, patience),
  };
  // Of a frozen plugin a proxy could hand out nothing else: it stands before a copy.
  return new Proxy<P>(
    { ...plugin },
    {
      get(_copy, key) {
        const value: unknown = Reflect.get(plugin, key);
        const hook = typeof key === "string" && Object.hasOwn(hooks, key) ? hooks[key] : undefined;
        if (typeof value !== "function" || hook === undefined) return value;
        return (...given: readonly unknown[]): unknown => hook(() => Reflect.apply(value, plugin, given), given);
      },
    },
  );
};

const signalIn = (value: unknown): AbortSignal | undefined => {
  if (value instanceof AbortSignal) return value;
  const signal = typeof value === "object" && value !== null && "signal" in value ? value.signal : undefined;
  return signal instanceof AbortSignal ? signal : undefined;
};
