import type { GenerateRequest, Json } from "@aide-ts/plugin";
import type { ChatRequest } from "./chat-request.ts";
import { conversationOf } from "./conversation.ts";
import type { ServedModel } from "./served-model.ts";

/** Every server takes seeds below this. */
const seeds = 2 ** 31;

/** What a backend is asked, for one request of a client. */
export interface AskedOf {
  readonly request: GenerateRequest;
  readonly seed: number;
  readonly grantedTokens: number;
}

/** Translates a request; what it does not say is the server's. */
export const askedOf = (body: ChatRequest, served: ServedModel): AskedOf => {
  const { sampling, capabilities } = served;
  const temperature = body.temperature ?? sampling.temperature;
  const topP = body.top_p ?? sampling.topP;
  const stop = typeof body.stop === "string" ? [body.stop] : (body.stop ?? []);
  const schema = schemaOf(body);
  const maxThoughtTokens = body.max_thought_tokens ?? undefined;
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? served.maxTokens;
  return {
    request: {
      ...conversationOf(body.messages, capabilities.has),
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { topP }),
      ...(stop.length === 0 ? {} : { stop }),
      ...(schema === undefined ? {} : { schema }),
      ...(maxThoughtTokens === undefined ? {} : { maxThoughtTokens }),
    },
    seed: body.seed === undefined || body.seed === null ? served.nextSeed() : folded(body.seed),
    grantedTokens: Math.min(maxTokens, capabilities.contextTokens),
  };
};

/** Clients may send any whole number, negative ones too. */
const folded = (seed: number): number => ((seed % seeds) + seeds) % seeds;

const schemaOf = ({ response_format: format }: ChatRequest): Json | undefined => {
  if (format?.type === "json_schema") return format.json_schema.schema;
  return format?.type === "json_object" ? { type: "object", additionalProperties: true } : undefined;
};
