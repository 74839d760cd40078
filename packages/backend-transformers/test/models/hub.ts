import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const commit = "0123456789abcdef0123456789abcdef01234567";
export const branchCommit = "89abcdef0123456789abcdef0123456789abcdef";

interface Asked {
  readonly host: "hub" | "cdn";
  readonly path: string;
  readonly range: string | undefined;
  readonly token: string | undefined;
}

export interface FakeHub extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Bytes of files sent. */
  readonly sent: number;
  /** Changed between requests. */
  faults: Faults;
}

interface Faults {
  /** Ends the connection after so many bytes of each answer. */
  readonly cutAfter?: number;
  readonly ranges?: boolean;
  /** Bytes a tick, with a pause between ticks: a slow line. */
  readonly slow?: number;
  /** What every request is answered with. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Changes a byte of each file. */
  readonly corrupt?: boolean;
  /** Only this token may read. */
  readonly token?: string;
  /** Listed besides the files that there are. */
  readonly listed?: readonly object[];
  /** Entries of a page of the listing, whose next page is elsewhere. */
  readonly page?: number;
  readonly nextPage?: string;
  readonly large?: number;
  readonly sha?: string;
}

export const gitOid = (content: Uint8Array): string =>
  createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
export const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

const listen = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** Files from this many bytes on lie with the CDN, as large files of the real hub do. */
const large = 1000;

/** A model hub on this machine with one repository, `owner/name`, whose large files are redirected to another port as to a CDN. */
export const startHub = async (
  contents: Readonly<Record<string, Uint8Array | string>>,
  faults: Faults = {},
): Promise<FakeHub> => {
  const files = new Map(Object.entries(contents).map(([path, content]) => [path, Buffer.from(content)]));
  const state = { asked: [] as Asked[], sent: 0, faults };
  const isLarge = (content: Uint8Array) => content.length >= (state.faults.large ?? large);

  const note = (host: Asked["host"], { url = "", headers }: IncomingMessage) =>
    state.asked.push({ host, path: url, range: headers.range, token: headers.authorization });

  const send = async (content: Buffer, request: IncomingMessage, response: ServerResponse) => {
    const { ranges, cutAfter, slow, corrupt } = state.faults;
    const from = ranges === false ? 0 : Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (from >= content.length && from > 0) return void response.writeHead(416).end();
    const sent = Buffer.from(content);
    if (corrupt && sent.length > 0) sent.writeUInt8(sent.readUInt8(0) ^ 1, 0);
    const body = sent.subarray(from, cutAfter === undefined ? undefined : from + cutAfter);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": content.length - from,
      ...(from > 0 ? { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    for (let at = 0; at < body.length && !response.destroyed; at += slow ?? body.length) {
      const chunk = body.subarray(at, at + (slow ?? body.length));
      state.sent += chunk.length;
      await new Promise((resolve) => response.write(chunk, resolve));
      if (slow !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (body.length < content.length - from) response.destroy();
    else response.end();
  };

  const cdn = await listen((request, response) => {
    note("cdn", request);
    const content = [...files.values()].find((one) => request.url === `/${sha256(one)}`);
    void (content === undefined ? response.writeHead(404).end() : send(content, request, response));
  });

  const entries = () => [
    ...[...new Set([...files.keys()].filter((path) => path.includes("/")).map((path) => path.split("/")[0]))].map(
      (path) => ({ type: "directory", oid: gitOid(Buffer.from("tree")), size: 0, path }),
    ),
    ...[...files].map(([path, content]) => ({
      type: "file",
      oid: isLarge(content) ? gitOid(Buffer.from(`pointer ${sha256(content)}`)) : gitOid(content),
      size: content.length,
      path,
      ...(isLarge(content) ? { lfs: { oid: sha256(content), size: content.length, pointerSize: 134 } } : {}),
    })),
    ...(state.faults.listed ?? []),
  ];

  const list = (url: URL, response: ServerResponse) => {
    const { page, nextPage } = state.faults;
    const start = Number(url.searchParams.get("cursor") ?? 0);
    const all = entries();
    const shown = page === undefined ? all : all.slice(start, start + page);
    const next = nextPage ?? `${hub.url}${url.pathname}?recursive=true&cursor=${start + shown.length}`;
    const more = start + shown.length < all.length;
    response
      .writeHead(200, { "content-type": "application/json", ...(more ? { link: `<${next}>; rel="next"` } : {}) })
      .end(JSON.stringify(shown));
  };

  const refuse = (response: ServerResponse, status: number, code?: string, message?: string) =>
    response
      .writeHead(status, {
        ...(code === undefined ? {} : { "x-error-code": code }),
        ...(message === undefined ? {} : { "x-error-message": message }),
      })
      .end();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    note("hub", request);
    const { status, code, message, token, sha } = state.faults;
    const url = new URL(request.url ?? "", hub.url);
    if (status !== undefined) return void refuse(response, status, code, message);
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      return void refuse(response, 401, "RepoNotFound", "Invalid username or password.");
    const revision = /^\/api\/models\/owner\/name\/revision\/([^/]+)$/.exec(url.pathname)?.[1];
    if (revision !== undefined) {
      const known: Readonly<Record<string, string>> = {
        main: commit,
        "refs/pr/1": branchCommit,
        v1: branchCommit,
        [commit]: commit,
      };
      const found = known[decodeURIComponent(revision)];
      if (found === undefined) return void refuse(response, 404, "RevisionNotFound", "Invalid rev id");
      response.writeHead(200, { "content-type": "application/json" });
      return void response.end(
        JSON.stringify({ _id: "1", id: "owner/name", sha: sha ?? found, lastModified: "2025-01-20T00:00:00.000Z" }),
      );
    }
    if (/^\/api\/models\/owner\/name\/tree\/[0-9a-f]{40}$/.test(url.pathname)) return list(url, response);
    const path = /^\/owner\/name\/resolve\/[0-9a-f]{40}\/(.*)$/.exec(url.pathname)?.[1];
    const content = path === undefined ? undefined : files.get(decodeURIComponent(path));
    if (content === undefined) return void refuse(response, 404, "RepoNotFound", "Repository not found");
    if (isLarge(content)) return void response.writeHead(302, { location: `${cdn.url}/${sha256(content)}` }).end();
    await send(content, request, response);
  };
  const hub = await listen((request, response) => void answer(request, response));

  return {
    url: hub.url,
    asked: state.asked,
    get sent() {
      return state.sent;
    },
    get faults() {
      return state.faults;
    },
    set faults(next) {
      state.faults = next;
    },
    async [Symbol.asyncDispose]() {
      for (const { server } of [hub, cdn]) {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      }
    },
  };
};
