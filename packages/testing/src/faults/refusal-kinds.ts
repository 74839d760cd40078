import type { FaultKind } from "./fault-kind.ts";
import { error, page, refuse } from "./playing.ts";

/** Statuses, and pages, in place of an answer. */
export const refusalKinds: readonly FaultKind[] = [
  {
    name: "context exceeded, new words",
    play: refuse(
      400,
      "You passed 9000 input tokens and requested 100 output tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 8092 tokens. Please reduce the length of the input prompt.",
      "BadRequestError",
    ),
    becomes: error("AIDE_CONTEXT_OVERFLOW", false),
  },
  {
    name: "context exceeded, old words",
    play: refuse(
      400,
      "This model's maximum context length is 8192 tokens. However, you requested 9100 tokens (9000 in the messages, 100 in the completion). Please reduce the length of the messages or completion.",
      "BadRequestError",
    ),
    becomes: error("AIDE_CONTEXT_OVERFLOW", false),
  },
  {
    name: "400",
    play: refuse(400, "messages: field required", "BadRequestError"),
    becomes: error("AIDE_BACKEND_REFUSED", false),
  },
  {
    name: "422",
    play: refuse(422, "value is not a valid float", "ValidationError"),
    becomes: error("AIDE_BACKEND_REFUSED", false),
  },
  { name: "413 page of a proxy", play: page(413), becomes: error("AIDE_BACKEND_REFUSED", false) },
  {
    name: "401",
    play: refuse(401, "Incorrect API key provided", "invalid_api_key"),
    becomes: error("AIDE_BACKEND_KEY", false, { user: true }),
  },
  {
    name: "403",
    play: refuse(403, "Not allowed", "permission_denied"),
    becomes: error("AIDE_BACKEND_KEY", false, { user: true }),
  },
  {
    name: "402",
    play: refuse(402, "Insufficient credits", "payment_required"),
    becomes: error("AIDE_BACKEND_QUOTA", false, { user: true }),
  },
  {
    name: "404 for the model",
    play: refuse(404, "The model `test-model` does not exist.", "NotFoundError"),
    becomes: error("AIDE_MODEL_NOT_FOUND", false, { user: true }),
  },
  { name: "404 page", play: page(404), becomes: error("AIDE_BACKEND_NOT_AN_API", false, { user: true }) },
  { name: "408", play: refuse(408, "Request timeout", "timeout"), becomes: error("AIDE_BACKEND_BUSY", true) },
  { name: "409", play: refuse(409, "Conflict", "conflict"), becomes: error("AIDE_BACKEND_BUSY", true) },
  {
    name: "429 without retry-after",
    play: refuse(429, "Rate limit reached", "rate_limit"),
    becomes: error("AIDE_BACKEND_BUSY", true),
  },
  {
    name: "429 with retry-after",
    play: refuse(429, "Rate limit reached", "rate_limit", { "retry-after": "7" }),
    becomes: error("AIDE_BACKEND_BUSY", true, { retryAfterMs: 7000 }),
  },
  {
    name: "429 with retry-after-ms",
    play: refuse(429, "Rate limit reached", "rate_limit", { "retry-after-ms": "250" }),
    becomes: error("AIDE_BACKEND_BUSY", true, { retryAfterMs: 250 }),
  },
  {
    name: "429 with a retry-after that says nothing",
    play: refuse(429, "Rate limit reached", "rate_limit", { "retry-after": "soon" }),
    becomes: error("AIDE_BACKEND_BUSY", true),
  },
  {
    name: "429 because the account is empty",
    play: refuse(
      429,
      "You exceeded your current quota, please check your plan and billing details.",
      "insufficient_quota",
    ),
    becomes: error("AIDE_BACKEND_QUOTA", false, { user: true }),
  },
  {
    name: "500",
    play: refuse(500, "CUDA error: an illegal memory access", "internal"),
    becomes: error("AIDE_BACKEND_FAILED", true),
  },
  { name: "502 page of a proxy", play: page(502), becomes: error("AIDE_BACKEND_FAILED", true) },
  {
    name: "503",
    play: refuse(503, "server busy, please try again.  maximum pending requests exceeded", "busy"),
    becomes: error("AIDE_BACKEND_BUSY", true),
  },
  {
    name: "503 with retry-after",
    play: refuse(503, "loading model", "unavailable", { "retry-after": "2" }),
    becomes: error("AIDE_BACKEND_BUSY", true, { retryAfterMs: 2000 }),
  },
  { name: "504 page of a proxy", play: page(504), becomes: error("AIDE_BACKEND_FAILED", true) },
  { name: "529", play: refuse(529, "Overloaded", "overloaded_error"), becomes: error("AIDE_BACKEND_BUSY", true) },
  { name: "a page for an answer", play: page(200), becomes: error("AIDE_BACKEND_NOT_AN_API", false, { user: true }) },
  {
    name: "a redirect to a page",
    play: ({ response }) =>
      void response
        .writeHead(302, { location: "/login", "content-type": "text/html" })
        .end("<html><body>Found</body></html>"),
    becomes: error("AIDE_BACKEND_NOT_AN_API", false, { user: true }),
  },
];
