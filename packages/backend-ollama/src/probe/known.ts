import { leavesTheMachine, ProbeCache } from "@aide-ts/backend-kit";
import type { Capabilities, Capability, Host } from "@aide-ts/plugin";
import { describe, type Description } from "./describe.ts";
import type { OllamaOptions } from "../options.ts";
import { ServerTraits, probe } from "./traits.ts";
import { sampling, type Chat } from "../protocol/requests.ts";
import type { OllamaServer } from "../protocol/server.ts";

/** What is known of server and model before the first call. */
export interface Known extends Description, ServerTraits {
  readonly think: Chat["think"];
  /** The model's thoughts stand between <think> and </think>, and it is let think. */
  readonly thinksInTags: boolean;
  /** An answer may begin with a thought. */
  readonly mayThink: boolean;
}

/** @throws what describing and probing throw. */
export const learn = async (
  server: OllamaServer,
  options: OllamaOptions,
  host: Pick<Host, "runFolder" | "log">,
  signal: AbortSignal,
): Promise<Known> => {
  const say = (line: string) => host.log(line);
  const description = await describe(server, options, { signal, say });
  tellWhatLeaves(server, description, say);
  const { contextTokens, canThink, version, digest } = description;
  const think = options.thinking === "auto" ? (canThink ? true : undefined) : thinkAsked(options.thinking, canThink);
  const chat = {
    model: server.model,
    keepAlive: options.keepAlive,
    think,
    options: sampling(options, { messages: [], temperature: 0 }, { contextTokens, seed: 1, tokens: 1 }),
  };
  const patience = { firstSeconds: options.firstTokenSeconds, nextSeconds: options.stallSeconds };
  const key = ["ollama 1", server.url, version, digest ?? server.model, `think ${String(think)}`].join(" ");
  const found = await new ProbeCache(host).found(key, () =>
    probe(server, { chat, contextTokens, canThink }, { signal, patience }),
  );
  const traits = ServerTraits.parse(found);
  if (!traits.refuses)
    say(
      "ollama   this version cuts prompts that are too long, and says nothing; aide looks for it by the counts. Newer ones refuse.",
    );
  const letThink = options.thinking !== false;
  return {
    ...description,
    ...traits,
    think,
    thinksInTags: letThink && (description.templateHasTags || traits.rendersThoughts),
    mayThink: description.templateHasTags || (letThink && canThink),
  };
};

/** A model that cannot think refuses a request that asks it to, and `think: false` is not needed for it. */
const thinkAsked = (think: Exclude<OllamaOptions["thinking"], "auto">, canThink: boolean): Chat["think"] =>
  think === false && !canThink ? undefined : think;

export const capabilitiesOf = (known: Known): Capabilities => {
  const { renders, refuses, countsCached, thinksInTags, contextTokens, details } = known;
  const has: Capability[] = ["jsonSchema"];
  if (renders) has.push("continuation");
  if (renders && thinksInTags) has.push("thoughtBudget");
  return { has, contextTokens, details: { ...details, contextTokens, refusesLongPrompts: refuses, countsCached } };
};

/** A model of Ollama's cloud is asked through a server on this machine, and runs elsewhere. */
const tellWhatLeaves = (server: OllamaServer, { remoteHost }: Description, say: (line: string) => void): void => {
  const line = leavesTheMachine(remoteHost !== undefined && URL.canParse(remoteHost) ? remoteHost : server.url);
  if (line !== undefined) say(line);
};
