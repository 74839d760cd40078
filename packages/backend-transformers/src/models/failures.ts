import { AideError } from "@aide-ts/plugin";
import type { Hub } from "./hub.ts";
import { Refusal } from "./refusal.ts";
import type { Repository } from "./repository.ts";
import { diskFull, gated, downloadFailed, noRevision, unknown } from "../errors.ts";

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

/** Says in a typed error what a failed request means. Errors that say it themselves stay. */
export const asFailure = (error: unknown, repository: Repository, hub: Hub): AideError => {
  if (AideError.is(error)) return error;
  const facts = { hub: hub.url, reason: hub.reasonOf(error) };
  if (error instanceof Refusal) {
    if (error.status === 403 || error.kind === "GatedRepo") return gated(repository, hub, facts);
    if (error.kind === "RevisionNotFound") return noRevision(repository, facts);
    if (error.status === 401 || error.status === 404) return unknown(repository, hub, facts);
  }
  return downloadFailed(repository, facts);
};

export const tooLarge = (repository: Repository, folder: string, needed: number, free: number): AideError =>
  diskFull(repository, { folder, needed: gigabytes(needed), free: gigabytes(free) });
