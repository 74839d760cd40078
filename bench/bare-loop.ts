import { request, type Dispatcher } from "undici";

/** What a stream of chat pieces must at the least cost: undici, a decoder, and JSON. Gives text, and tokens as the server counts them, or else pieces. */
export const bareChat = async (
  url: string,
  body: string,
  dispatcher: Dispatcher,
): Promise<{ readonly text: string; readonly tokens: number }> => {
  const answer = await request(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
    dispatcher,
  });
  if (answer.statusCode !== 200) throw new Error(`The server says ${await answer.body.text()}`);
  const decoder = new TextDecoder();
  let held = "";
  let text = "";
  let pieces = 0;
  let tokens: number | undefined;
  for await (const chunk of answer.body) {
    held += decoder.decode(chunk, { stream: true });
    for (let end = held.indexOf("\n\n"); end !== -1; end = held.indexOf("\n\n")) {
      const data = held.slice(6, end);
      held = held.slice(end + 2);
      if (data === "[DONE]") continue;
      const { choices, usage } = JSON.parse(data);
      if (!Array.isArray(choices)) throw new Error(`The server says ${data}`);
      const piece = choices[0]?.delta?.content ?? "";
      text += piece;
      if (piece !== "") pieces += 1;
      tokens = usage?.completion_tokens ?? tokens;
    }
  }
  return { text, tokens: tokens ?? pieces };
};

/** Runs `count` calls, `concurrency` at a time. */
export const atATime = async <T>(
  count: number,
  concurrency: number,
  call: (at: number) => Promise<T>,
): Promise<readonly T[]> => {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) results.push(await call(next++));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
};
