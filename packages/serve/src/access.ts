import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "./address.ts";
import { foreignHost, keyRefused } from "./errors/request.ts";

const hashed = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Lets a request in by its bearer token or, where no key is asked for, by the name under which it reached this machine: a web page that
 * rebinds its own name to the loopback address still says its own.
 * @throws AIDE_REQUEST_KEY, AIDE_REQUEST_HOST
 */
export const admit = ({ authorization, host }: IncomingHttpHeaders, key: string | undefined): void => {
  if (key === undefined) {
    if (host !== undefined && !isLoopback(URL.parse(`http://${host}`)?.hostname ?? "")) throw foreignHost();
    return;
  }
  const given = /^Bearer +(.+)$/i.exec(authorization ?? "")?.[1]?.trim() ?? "";
  // Digests have one length, whatever was given.
  if (!timingSafeEqual(hashed(given), hashed(key))) throw keyRefused();
};
