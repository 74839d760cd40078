import { describe, expect, it } from "vitest";
import { Registry, token } from "../../src/registry/registry.ts";

const disposable = (name: string, closed: string[]): AsyncDisposable => ({
  [Symbol.asyncDispose]: async () => void closed.push(name),
});

describe("a registry", () => {
  it("builds a service once, on first use, from what it is given", () => {
    const root = new Registry();
    const [name, counter] = [token<string>("name"), token<{ readonly made: number; readonly name: string }>("counter")];
    let made = 0;
    root.shared(counter, (services) => ({ made: ++made, name: services.get(name) })).value(name, "a");
    expect(made).toBe(0);
    expect([root.get(counter), root.get(counter)]).toEqual([
      { made: 1, name: "a" },
      { made: 1, name: "a" },
    ]);
  });

  it("closes what was built, newest first, and once", async () => {
    const closed: string[] = [];
    const root = new Registry();
    const [server, client, idle] = [
      token<AsyncDisposable>("server"),
      token<AsyncDisposable>("client"),
      token<AsyncDisposable>("idle"),
    ];
    root.shared(idle, () => disposable("idle", closed));
    root.shared(client, (services) => {
      services.get(server);
      return disposable("client", closed);
    });
    root.shared(server, () => disposable("server", closed));
    root.get(client);
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
