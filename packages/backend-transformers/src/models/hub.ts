import { retryAfterMs } from "@aide-ts/backend-kit";
import type { AideError } from "@aide-ts/plugin";
import { listFiles, modelInfo } from "@huggingface/hub";
import { z } from "zod";
import { Refusal } from "./refusal.ts";
import { commitPattern, type Repository, type Variables } from "./repository.ts";
import { hubAddressInvalid, listingUnusable } from "../errors.ts";

const publicHub = "https://huggingface.co";

/** A file of a repository, as the hub lists it. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** Its checksum and the name of its blob: SHA-256 of a large file, Git's SHA-1 of any other. */
  readonly oid: string;
  readonly large: boolean;
}

const bytes = z.int().nonnegative();
const listed = z.looseObject({
  type: z.string(),
  path: z.string().min(1),
  size: bytes,
  oid: z.string().regex(/^[0-9a-f]{40}$/),
  lfs: z.looseObject({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: bytes }).nullish(),
});
const described = z.looseObject({ sha: z.string().regex(commitPattern) });

/**
 * Hugging Face's hub, or one that speaks as it does: `HF_ENDPOINT`, with the token `HF_TOKEN`.
 *
 * The token goes to the hub's own origin and nowhere else: the library would send it to any page that a listing names as its next one, and takes no
 * tokens of other hubs. Redirects to other origins lose it by the rules of fetch.
 */
export class Hub {
  readonly url: string;
  readonly #token: string | undefined;
  readonly #signal: AbortSignal | undefined;

  /** @throws AIDE_HUB_ADDRESS */
  constructor(env: Variables, signal: AbortSignal | undefined) {
    this.url = endpoint(env["HF_ENDPOINT"] || publicHub);
    this.#token = env["HF_TOKEN"]?.trim() || undefined;
    this.#signal = signal;
  }

  get hasToken(): boolean {
    return this.#token !== undefined;
  }

  /** What went wrong, without the token, which a server may repeat in what it says. */
  reasonOf(error: unknown): string {
    const errors = error instanceof Error ? [error, error.cause].filter((one) => one instanceof Error) : [];
    const text = errors.length === 0 ? String(error) : errors.map(({ message }) => message).join(": ");
    return this.#masked(text);
  }

  #masked(text: string): string {
    return this.#token === undefined ? text : text.replaceAll(this.#token, "***");
  }

  #strange(reason: string): AideError {
    return listingUnusable(this.url, this.#masked(reason));
  }

  /** The commit that a revision is now. Rejects with Refusal, and AIDE_HUB_LISTING. */
  async commitOf({ name, revision }: Repository): Promise<string> {
    const info: unknown = await modelInfo({
      name,
      revision,
      hubUrl: this.url,
      additionalFields: ["sha"],
      fetch: this.#fetch,
    });
    const found = described.safeParse(info);
    if (!found.success) throw this.#strange(`the commit of ${name} is not one`);
    return found.data.sha;
  }

  /** Every file of a commit. Rejects with Refusal, and AIDE_HUB_LISTING. */
  async filesOf({ name }: Repository, commit: string): Promise<readonly ListedFile[]> {
    const files = new Map<string, ListedFile>();
    const entries = listFiles({
      repo: { type: "model", name },
      revision: commit,
      recursive: true,
      hubUrl: this.url,
      fetch: this.#fetch,
    });
    for await (const entry of entries) {
      if (entry.type === "directory") continue;
      const { data } = listed.safeParse(entry);
      if (data === undefined) throw this.#strange(`an entry is no file: ${JSON.stringify(entry).slice(0, 200)}`);
      const { path, lfs } = data;
      if (!isInside(path)) throw this.#strange(`a path leads out of the snapshot: ${path}`);
      files.set(path, { path, bytes: lfs?.size ?? data.size, oid: lfs?.oid ?? data.oid, large: lfs != null });
    }
    return [...files.values()];
  }

  /** Asks for a file from a byte on. The answer may begin elsewhere. Rejects with Refusal. */
  open({ name }: Repository, commit: string, { path }: ListedFile, from: number): Promise<Response> {
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    // What is compressed on the way has no ranges.
    const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    return this.#fetch(`${this.url}/${name}/resolve/${commit}/${encoded}`, { headers });
  }

  readonly #fetch = async (address: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(address, { ...init, ...(this.#signal === undefined ? {} : { signal: this.#signal }) });
    if (this.#token !== undefined && new URL(request.url).origin === new URL(this.url).origin)
      request.headers.set("authorization", `Bearer ${this.#token}`);
    const response = await fetch(request);
    if (response.ok) return response;
    await response.body?.cancel();
    const header = (name: string) => response.headers.get(name) ?? undefined;
    throw new Refusal(
      response.status,
      header("x-error-message") ?? response.statusText,
      header("x-error-code"),
      retryAfterMs(header),
    );
  };
}

/** A path that stays in the folder it is joined to, on Windows as well. */
const isInside = (path: string): boolean =>
  path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !/[\\:\0]/.test(part));

const endpoint = (text: string): string => {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "")
    return text.replace(/\/+$/, "");
  throw hubAddressInvalid();
};
