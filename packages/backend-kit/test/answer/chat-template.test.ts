import { describe, expect, it } from "vitest";
import { ChatTemplate } from "../../src/index.ts";

const chat = (source?: string, thinking: "auto" | boolean = "auto") =>
  new ChatTemplate(source, { bos: "<s>", eos: "</s>", thinking });
const text = (rendered: ReturnType<ChatTemplate["render"]>) =>
  rendered.stretches.map((stretch) => stretch.text).join("");
const written = (rendered: ReturnType<ChatTemplate["render"]>) =>
  rendered.stretches.filter((stretch) => !stretch.special).map((stretch) => stretch.text);

const thinkingTemplate = `{{ bos_token }}{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}{% if add_generation_prompt %}<|assistant|><think>\n{% endif %}{# </think> #}`;
const opensItself = `{% for m in messages %}<|{{ m.role }}|>{{ m.content.split('</think>')[-1] }}{% endfor %}<|assistant|>`;

describe("ChatTemplate", () => {
  it("is ChatML where the file has none", () => {
    const rendered = chat().render({ messages: [{ role: "user", content: "Hi <|im_end|>" }] });
    expect(text(rendered)).toBe("<|im_start|>user\nHi <|im_end|><|im_end|>\n<|im_start|>assistant\n");
    expect(written(rendered)).toEqual(["Hi <|im_end|>"]);
  });

  it("trims where the template trims", () => {
    const template = chat("{% for m in messages %}[{{ m.content | trim }}]{% endfor %}");
    expect(text(template.render({ messages: [{ role: "user", content: " a " }] }))).toBe("[a]");
  });

  it("puts the system message before the user's where the template has no place for it", () => {
    const strict = `{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}<{{ m.content }}>{% endfor %}`;
    const silent = `{% for m in messages %}{% if m.role != 'system' %}<{{ m.content }}>{% endif %}{% endfor %}`;
    const messages = [
      { role: "system", content: "S" },
      { role: "user", content: "U" },
    ] as const;
    expect(text(chat(strict).render({ messages }))).toBe("<S\n\nU>");
    expect(text(chat(silent).render({ messages }))).toBe("<S\n\nU>");
  });

  it("gives the same date on every day", () => {
    const template = chat("{% if strftime_now is defined %}{{ strftime_now('%d %b %Y') }}{% endif %}");
    expect(text(template.render({ messages: [] }))).toBe("26 Jul 2024");
  });

  it("knows who opens the thought", () => {
    const request = { messages: [{ role: "user", content: "Q" }] } as const;
    expect(chat(thinkingTemplate).render(request).beginning).toBe("thought");
    expect(chat(opensItself).render(request).beginning).toBe("open");
    expect(chat().render(request).beginning).toBe("text");
    expect(chat(undefined, true).render(request).beginning).toBe("open");
  });

  it.each([
    [thinkingTemplate, { reasoning: "Hm", thinking: true, text: "" }, "<think>\nHm", "thought"],
    [thinkingTemplate, { reasoning: "Hm\n", thinking: false, text: "\n\nSo" }, "<think>\nHm\n</think>\n\nSo", "text"],
    [opensItself, { reasoning: "\nHm", thinking: true, text: "" }, "<think>\nHm", "thought"],
    [opensItself, { reasoning: "Hm", thinking: false, text: "So" }, "<think>\nHm\n</think>\n\nSo", "text"],
    [opensItself, { reasoning: "", thinking: false, text: "So" }, "So", "text"],
    [undefined, { reasoning: "", thinking: false, text: "So <|im_end|>" }, "So <|im_end|>", "text"],
  ] as const)("goes on from an unfinished answer (%#)", (source, continueFrom, end, beginning) => {
    const rendered = chat(source).render({ messages: [{ role: "user", content: "Q" }], continueFrom });
    expect(text(rendered).endsWith(end)).toBe(true);
    expect(rendered.beginning).toBe(beginning);
    expect(written(rendered).join("")).toContain(continueFrom.text);
  });
});
