import { describe, expect, it } from "vitest";
import { Registry, token } from "../../src/registry/registry.ts";

const disposable = (name: string, closed: string[]): AsyncDisposable => ({
  [Symbol.asyncDispose]: async () => void closed.push(name),
});

describe("a registry", () => {
  it("builds a shared service once, in its own scope, for every scope below", () => {
    const root = new Registry();
    const counter = token<{ readonly made: number }>("counter");
    let made = 0;
    root.shared(counter, () => ({ made: ++made }));
    expect([root.scope().get(counter), root.scope().get(counter), root.get(counter)]).toEqual([
      { made: 1 },
      { made: 1 },
      { made: 1 },
    ]);
  });

  it("builds a scoped service once in each scope, from what that scope knows", () => {
    const root = new Registry();
    const name = token<string>("name");
    const greeting = token<{ readonly text: string }>("greeting");
    root.scoped(greeting, (services) => ({ text: `hello ${services.get(name)}` }));
    const [a, b] = [root.scope().value(name, "a"), root.scope().value(name, "b")];
    expect([a.get(greeting).text, b.get(greeting).text]).toEqual(["hello a", "hello b"]);
    expect(a.get(greeting)).toBe(a.get(greeting));
  });

  it("closes scopes before what they use, also where that was built after them, and each service once", async () => {
    const closed: string[] = [];
    const root = new Registry();
    const [server, client] = [token<AsyncDisposable>("server"), token<AsyncDisposable>("client")];
    root.shared(server, () => disposable("server", closed));
    root.scoped(client, (services) => {
      services.get(server);
      return disposable("client", closed);
    });
    const scope = root.scope();
    scope.get(client);
    await root[Symbol.asyncDispose]();
    await root[Symbol.asyncDispose]();
    expect(closed).toEqual(["client", "server"]);
  });

  it("closes the rest where one fails, and says so", async () => {
    const closed: string[] = [];
    const root = new Registry();
    const [good, bad] = [token<AsyncDisposable>("good"), token<AsyncDisposable>("bad")];
    root
      .shared(good, () => disposable("good", closed))
      .shared(bad, () => ({
        [Symbol.asyncDispose]: () => Promise.reject(new Error("no")),
      }));
    root.get(good);
    root.get(bad);
    await expect(root[Symbol.asyncDispose]()).rejects.toThrow("could not be closed");
    expect(closed).toEqual(["good"]);
  });

  it("names a service that nobody registered", () => {
    expect(() => new Registry().get(token<string>("clock"))).toThrow("No service is registered for clock");
  });
});
