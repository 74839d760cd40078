import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** A client that takes nothing for so long is gone. */
const patienceMs = 300_000;

/** Resolves when the client has taken what was written, or is gone. */
export const taken = async (response: ServerResponse, by: "drain" | "finish", patience = patienceMs): Promise<void> => {
  if (response.destroyed || (by === "finish" ? response.writableFinished : !response.writableNeedDrain)) return;
  const over = new AbortController();
  const timer = setTimeout(() => response.destroy(), patience);
  try {
    await Promise.race([once(response, by, over), once(response, "close", over)]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
};
