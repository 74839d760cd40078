import type { IncomingMessage } from "node:http";
import type { Json } from "@aide-ts/plugin";
import { bodyTooLarge, notJson, notJsonType } from "./errors/request.ts";

const largestBodyMebibytes = 64;
const largestBody = largestBodyMebibytes * 2 ** 20;
/** Deeper than any schema, and far from where recursive readers of a schema run out of stack. */
const deepest = 100;

/**
 * The JSON body of a request.
 * @throws AIDE_REQUEST_TYPE, AIDE_REQUEST_TOO_LARGE, AIDE_REQUEST_JSON
 */
export const readJson = async (request: IncomingMessage): Promise<Json> => {
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = request.headers;
  if (!/^application\/json\s*(;|$)/i.test(type)) throw notJsonType("The body's content type is not application/json.");
  if (encoding !== "identity") throw notJsonType("The body is compressed.");
  const text = decode(await readBody(request));
  const body = parse(text);
  if (isDeeperThan(body, deepest)) throw notJson(`it is nested more than ${deepest} levels deep`);
  return body;
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  if (Number(request.headers["content-length"] ?? 0) > largestBody) throw bodyTooLarge(largestBodyMebibytes);
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the request: its socket takes the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Buffer)) continue;
    size += chunk.length;
    if (size > largestBody) throw bodyTooLarge(largestBodyMebibytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notJson("it is not in UTF-8");
  }
};

const parse = (text: string): Json => {
  try {
    const body: Json = JSON.parse(text);
    return body;
  } catch {
    // V8's own message quotes the body.
    throw notJson(text.trim() === "" ? "it is empty" : "it cannot be parsed");
  }
};

/** Without recursion: that is what deep bodies would break. */
const isDeeperThan = (body: Json, limit: number): boolean => {
  let level: readonly Json[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((value): readonly Json[] =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
  return false;
};
