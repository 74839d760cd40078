import { garbled } from "../errors.ts";

/**
 * Text from bytes that come in any pieces.
 * @throws AIDE_BACKEND_GARBLED for bytes that are no UTF-8: a replacement character would be text that nobody sent.
 */
export class Utf8 {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  readonly #server: string;

  constructor(server: string) {
    this.#server = server;
  }

  push(bytes: Uint8Array): string {
    return this.#decode(() => this.#decoder.decode(bytes, { stream: true }));
  }

  end(): string {
    return this.#decode(() => this.#decoder.decode());
  }

  #decode(decode: () => string): string {
    try {
      return decode();
    } catch (cause) {
      throw garbled(this.#server, "It sent bytes that are no UTF-8 text.", cause);
    }
  }
}
