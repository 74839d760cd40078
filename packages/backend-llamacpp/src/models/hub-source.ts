import { setTimeout as sleep } from "node:timers/promises";
import type { ModelSource } from "./catalogue.ts";
import type { Fetch } from "./fetching.ts";

const publicHub = "https://huggingface.co";
const fruitlessAttempts = 4;

type HubSource = Extract<ModelSource, { kind: "hub" }>;

const addressOf = (source: HubSource, fetching: Fetch): string => {
  const hub = fetching.env["HF_ENDPOINT"]?.replace(/\/+$/, "") || publicHub;
  return `${hub}/${source.repo}/resolve/main/${source.file}`;
};

/** A status that another attempt will not change. */
class Refusal extends Error {}

const attempt = async (source: HubSource, fetching: Fetch): Promise<void> => {
  const have = await fetching.length();
  const token = fetching.env["HF_TOKEN"];
  const response = await fetch(addressOf(source, fetching), {
    headers: {
      ...(have > 0 ? { range: `bytes=${have}-` } : {}),
      ...(token === undefined || token === "" ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(fetching.signal === undefined ? {} : { signal: fetching.signal }),
  });
  if (response.status === 416) {
    await response.body?.cancel();
    await fetching.restart();
    throw new Error("the hub has a shorter file than the one begun here");
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const text = `the hub answered ${response.status} ${response.statusText}`.trim();
    throw response.status < 500 && response.status !== 408 && response.status !== 429
      ? new Refusal(text)
      : new Error(text);
  }
  const from = Number(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1] ?? 0);
  // A server without ranges sends the file from its start.
  if (have > 0 && (response.status !== 206 || from !== have)) await fetching.restart();
  await fetching.append(response.body);
};

/** Fetches the rest of the file, going on where a broken connection left off. Rejects after four attempts that brought nothing. */
export const fetchFromHub = async (source: HubSource, fetching: Fetch): Promise<void> => {
  if (["1", "true", "yes", "on"].includes(fetching.env["HF_HUB_OFFLINE"]?.toLowerCase() ?? ""))
    throw new Error("HF_HUB_OFFLINE is set");
  for (let fruitless = 0; ;) {
    const before = await fetching.length();
    let failure: unknown;
    try {
      await attempt(source, fetching);
    } catch (error) {
      if (error instanceof Refusal || fetching.signal?.aborted) throw error;
      failure = error;
    }
    const after = await fetching.length();
    if (after >= fetching.bytes) return;
    fruitless = after > before ? 0 : fruitless + 1;
    if (fruitless >= fruitlessAttempts)
      throw failure instanceof Error
        ? failure
        : new Error(`the connection ended at ${after} of ${fetching.bytes} bytes`);
    await sleep(250 * 2 ** fruitless, undefined, fetching.signal === undefined ? {} : { signal: fetching.signal });
  }
};
