import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { admit } from "./access.ts";
import { chatCompletions } from "./chat-completions.ts";
import { parseTokenizeRequest } from "./chat-request.ts";
import { conversationOf } from "./conversation.ts";
import type { Exchange } from "./exchange.ts";
import { readJson } from "./read-json.ts";
import { noCompletions, noSuchPath, noTokenCount, wrongMethod } from "./errors/request.ts";
import { stopping } from "./errors/server.ts";
import type { ServedModel } from "./served-model.ts";

const modelBody = ({ id, created, capabilities: { has, contextTokens, details } }: ServedModel) => ({
  id,
  object: "model",
  created,
  owned_by: "aide",
  max_model_len: contextTokens,
  aide: { has, details },
});

/** What is served, by path; each request brings its exchange. */
export const endpoints = new Hono<{ Bindings: Exchange }>();

endpoints.use(async ({ env: { request, closing, key }, req: { path } }, next) => {
  if (closing.aborted) throw stopping();
  // Asked without a key: it says nothing.
  if (path !== "/health") admit(request.headers, key);
  await next();
});
endpoints.use(
  methodNotAllowed({
    app: endpoints,
    onMethodNotAllowed: ({ req: { path } }, methods) => {
      throw wrongMethod(path, methods.join(", "));
    },
  }),
);
endpoints.onError((thrown, { env }) => env.refuse(thrown));
endpoints.notFound(({ env }) => env.refuse(noSuchPath()));

endpoints.get("/health", (c) => c.json({ status: "ok" }));

endpoints.get("/v1/models", (c) => c.json({ object: "list", data: [modelBody(c.env.served)] }));

// Names of models hold slashes, which some clients encode.
endpoints.get("/v1/models/:name{.+}", (c) => {
  c.env.served.checkNamed(c.req.param("name"));
  return c.json(modelBody(c.env.served));
});

endpoints.post("/v1/chat/completions", chatCompletions);

endpoints.on(["GET", "POST"], "/v1/completions", () => {
  throw noCompletions();
});

endpoints.post("/tokenize", async (c) => {
  const { request, served, note } = c.env;
  const { model: given, messages } = parseTokenizeRequest(await readJson(request));
  served.checkNamed(given);
  const { backend, capabilities } = served;
  if (backend.countTokens === undefined) throw noTokenCount();
  const count = await backend.countTokens(conversationOf(messages, capabilities.has));
  note({ end: `${count} tokens counted` });
  return c.json({ count, max_model_len: capabilities.contextTokens });
});
