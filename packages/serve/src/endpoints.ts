import { chatCompletions } from "./chat-completions.ts";
import { parseTokenizeRequest } from "./chat-request.ts";
import { conversationOf } from "./conversation.ts";
import { sendJson, type Endpoint } from "./exchange.ts";
import { readJson } from "./read-json.ts";
import { noCompletions, noSuchPath, noTokenCount, wrongMethod } from "./errors/request.ts";
import type { ServedModel } from "./served-model.ts";

const modelBody = ({ id, created, capabilities: { has, contextTokens, details } }: ServedModel) => ({
  id,
  object: "model",
  created,
  owned_by: "aide",
  max_model_len: contextTokens,
  aide: { has, details },
});

const models: Endpoint = ({ response, served }) => sendJson(response, { object: "list", data: [modelBody(served)] });

const listed = "/v1/models/";

const model: Endpoint = ({ response, served, path }) => {
  const given = decoded(path.slice(listed.length));
  served.checkNamed(given);
  sendJson(response, modelBody(served));
};

/** Names of models hold slashes, which some clients encode. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const health: Endpoint = ({ response }) => sendJson(response, { status: "ok" });

const tokenize: Endpoint = async ({ request, response, served, note }) => {
  const { model: given, messages } = parseTokenizeRequest(await readJson(request));
  served.checkNamed(given);
  const { backend, capabilities } = served;
  if (backend.countTokens === undefined) throw noTokenCount();
  const count = await backend.countTokens(conversationOf(messages, capabilities.has));
  sendJson(response, { count, max_model_len: capabilities.contextTokens });
  note({ end: `${count} tokens counted` });
};

const completions: Endpoint = () => {
  throw noCompletions();
};

interface Route {
  readonly methods: readonly string[];
  readonly endpoint: Endpoint;
}

const routes: Readonly<Record<string, Route>> = {
  "/health": { methods: ["GET", "HEAD"], endpoint: health },
  "/v1/models": { methods: ["GET", "HEAD"], endpoint: models },
  "/v1/chat/completions": { methods: ["POST"], endpoint: chatCompletions },
  "/v1/completions": { methods: ["GET", "HEAD", "POST"], endpoint: completions },
  "/tokenize": { methods: ["POST"], endpoint: tokenize },
};

const oneModel: Route = { methods: ["GET", "HEAD"], endpoint: model };

/** @throws AIDE_REQUEST_PATH, AIDE_REQUEST_METHOD */
export const endpointFor = (path: string, method: string): Endpoint => {
  const route = Object.hasOwn(routes, path) ? routes[path] : path.startsWith(listed) ? oneModel : undefined;
  if (route === undefined) throw noSuchPath();
  if (!route.methods.includes(method)) throw wrongMethod(path, route.methods.join(", "));
  return route.endpoint;
};

/** Asked without a key: it says nothing. */
export const isOpen = (path: string): boolean => path === "/health";
