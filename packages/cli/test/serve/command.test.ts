import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, fixtures, freshFolder } from "../aide.ts";
import { chat, jsonOf, user } from "../../../serve/test/serving.ts";
import { StartedServer } from "./started.ts";

const scripted = `backend.use=${join(fixtures, "scripted-plugin.mjs")}`;
const key = "correct-horse-battery";

describe("aide serve", { timeout: 60_000 }, () => {
  it("serves any plugin, from a run's own config, and says how to reach it", async () => {
    const cwd = freshFolder();
    const backend = { use: join(fixtures, "scripted-plugin.mjs"), answers: ["Hello."], model: "mine" };
    writeFileSync(join(cwd, "run.yaml"), `data_dir: nowhere\ngoal: Predict y\nbackend: ${JSON.stringify(backend)}\n`);
    await using served = await StartedServer.start(["run.yaml"], { cwd });
    const answer = await jsonOf(await chat(served.url, { messages: user("My prompt."), model: "mine" }));
    expect(answer.choices[0].message.content).toBe("Hello.");
    expect(await served.stop("SIGTERM")).toBe(0);
    expect(served.out).toContain("model    mine, 8192 tokens of context");
    expect(served.out).toContain(`clients  export OPENAI_BASE_URL=${served.url}/v1 OPENAI_API_KEY=none`);
    expect(served.out).toMatch(/mine {2}100 tokens in \(0 cached\) {2}10 out {2}\d+ ms {2}stop\n$/);
    expect(served.out + served.err).not.toContain("My prompt.");
    expect(served.err).toBe("");
  });

  it("demands the key that a variable holds, and never shows it", async () => {
    await using served = await StartedServer.start(["--key", "MY_SERVER", "--host", "0.0.0.0", scripted], {
      env: { MY_SERVER: key },
    });
    const url = served.url.replace("0.0.0.0", "127.0.0.1");
    const body = { messages: user("x") };
    expect((await chat(url, body)).status).toBe(401);
    expect((await chat(url, body, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    const echoed = await chat(url, { ...body, model: key }, { headers: { authorization: `Bearer ${key}` } });
    expect(echoed.status).toBe(404);
    expect(await echoed.text()).not.toContain(key);
    expect(served.out).toContain('OPENAI_API_KEY="$MY_SERVER"');
    expect(served.out + served.err).not.toContain(key);
  });

  it("says what is wrong before it starts", async () => {
    const cwd = freshFolder();
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = String(typeof address === "object" ? address?.port : 0);
    for (const [args, said] of [
      [["--host", "0.0.0.0", scripted], "AIDE_SERVE_EXPOSED"],
      [["--key", "UNSET_VARIABLE", scripted], "AIDE_SERVE_KEY_MISSING"],
      [["--port", port, scripted], "AIDE_SERVE_PORT"],
      [["--host", "203.0.113.7", "--key", "MY_SERVER", scripted], "AIDE_SERVE_HOST"],
      [["--prt", "1"], "AIDE_ARGUMENT"],
      [["backend.contxtTokens=1024"], 'did you mean "contextTokens"'],
      [["samplng.topP=1"], 'did you mean "sampling"'],
      [["backend.use=llamacp"], 'did you mean  "llamacpp"'],
    ] as const) {
      const { code, err } = await aide(["serve", ...args], cwd, { MY_SERVER: key });
      expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    }
    taken.close();
  });
});
