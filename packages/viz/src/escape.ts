/** Text that stands in HTML or SVG as it is, in attributes too. */
export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** JSON that cannot end the script element in which it stands. */
export const jsonInScript = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");
