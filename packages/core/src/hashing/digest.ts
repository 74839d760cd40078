import { hash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256, as hex. Anything but text is hashed in its canonical JSON form (RFC 8785), so key order does not count. */
export const digest = (value: unknown): string =>
  hash("sha256", typeof value === "string" ? value : (canonicalize(value) ?? "undefined"));

/** The first 16 hex digits of the digest: enough to distinguish a run's requests and scripts. */
export const shortDigest = (value: unknown): string => digest(value).slice(0, 16);
