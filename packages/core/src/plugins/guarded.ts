import { AideError, type AnyPlugin, isStop } from "@aide-ts/plugin";
import { pluginThrew } from "../errors.ts";

const hooks = new Set<PropertyKey>(["create", "needs", "shape"]);

/** The plugin, of whose hooks each throws an error that says whose it is. Errors of ours, which say what to do, and stops pass as they are. */
export const guarded = <P extends AnyPlugin>(plugin: P): P =>
  // Of a frozen plugin a proxy could hand out nothing else: it stands before a copy.
  new Proxy<P>(
    { ...plugin },
    {
      get(_copy, key) {
        const value: unknown = Reflect.get(plugin, key);
        if (typeof value !== "function" || !hooks.has(key)) return value;
        return (...given: readonly unknown[]): unknown => {
          try {
            return Reflect.apply(value, plugin, given);
          } catch (cause) {
            if (AideError.is(cause) || isStop(cause)) throw cause;
            throw pluginThrew(plugin.kind, plugin.name, String(key), cause);
          }
        };
      },
    },
  );
