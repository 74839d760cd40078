import { addressInvalid } from "../errors.ts";

const defaultPorts: Readonly<Record<string, string>> = { http: "80", https: "443" };

/** Addresses that a server listens on and nobody can be asked at. */
const anywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "[::]": "[::1]" };

/**
 * The address that `OLLAMA_HOST` or the option `url` means, read as Ollama itself reads it: scheme and port may be missing, http://host means
 * port 80 and a bare host 11434.
 * @throws AIDE_BACKEND_URL
 */
export const serverUrl = (given: string | undefined): string => {
  const text = (given ?? "")
    .trim()
    .replaceAll(/^["']+|["']+$/g, "")
    .trim();
  const [, scheme, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
  const kind = scheme?.toLowerCase() ?? (rest === "ollama.com" ? "https" : "http");
  if (kind !== "http" && kind !== "https") throw addressInvalid(text);
  const port = scheme === undefined && kind === "http" ? "11434" : (defaultPorts[kind] ?? "");
  const [authority = "", ...path] = rest.split("/");
  const { host, port: named } = authorityOf(authority);
  const address = `${kind}://${anywhere[host] ?? host}:${named ?? port}/${path.join("/")}`;
  if (!URL.canParse(address)) throw addressInvalid(text);
  return new URL(address).href.replace(/\/+$/, "");
};

const authorityOf = (authority: string): { readonly host: string; readonly port: string | undefined } => {
  if (authority === "") return { host: "127.0.0.1", port: undefined };
  // An IPv6 address may come without its brackets, and then has no port.
  if (!authority.startsWith("[") && authority.split(":").length > 2) return { host: `[${authority}]`, port: undefined };
  const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority) ?? [];
  return { host: host === "" ? (port === undefined ? authority : "127.0.0.1") : host, port };
};
