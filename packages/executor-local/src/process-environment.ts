/** What installers need of the caller's environment: where programs are, and how to reach the network. Never handed to scripts. */
const passedOn = [
  "PATH",
  "HOME",
  "LANG",
  "TMPDIR",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "LD_LIBRARY_PATH",
  "CUDA_VISIBLE_DEVICES",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "all_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "PIP_CERT",
  "PIP_CONFIG_FILE",
  "PIP_INDEX_URL",
  "PIP_EXTRA_INDEX_URL",
  "PIP_FIND_LINKS",
  "PIP_NO_INDEX",
  "PIP_CACHE_DIR",
  "PIP_DEFAULT_TIMEOUT",
  "PIP_PROXY",
  "UV_CACHE_DIR",
  "UV_DEFAULT_INDEX",
  "UV_INDEX_URL",
  "UV_FIND_LINKS",
  "UV_OFFLINE",
  "UV_NATIVE_TLS",
  "PYENV_ROOT",
  "PYENV_VERSION",
];

export type Variables = Readonly<Record<string, string>>;

export const processEnvironment = (host: { env(name: string): string | undefined }): Variables =>
  Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = host.env(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
