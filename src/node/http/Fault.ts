/** Where a text stops being JSON: the engine does not always say. */

type May = "value" | "value?" | "key" | "key?" | "colon" | "after";

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
/** Characters in which it is looked for: a longer text is a program's, which does not read messages. */
const MOST = 200_000;

/** Index of the first token that cannot stand there, or of the end; nothing in a text too long to look through. */
export function find(text: string): number | undefined {
  if (text.length > MOST) return undefined;
  const open: string[] = [];
  let may: May = "value";
  for (let at = 0; ; ) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return at;
    const next = after(may, token, open);
    if (next === undefined) return at;
    may = next;
    at += token.length;
  }
}

/** What may come next; nothing if the token may not come here. */
function after(may: May, token: string, open: string[]): May | undefined {
  const isText = token.startsWith('"');
  const isEnd = (may === "value?" || may === "after") && token === "]" && open.at(-1) === "[";
  if (isEnd || ((may === "key?" || may === "after") && token === "}" && open.at(-1) === "{")) {
    open.pop();
    return "after";
  }
  switch (may) {
    case "key":
    case "key?":
      return isText ? "colon" : undefined;
    case "colon":
      return token === ":" ? "value" : undefined;
    case "after":
      if (token !== "," || open.length === 0) return undefined;
      return open.at(-1) === "{" ? "key" : "value";
    default:
      if (token === "{" || token === "[") {
        open.push(token);
        return token === "{" ? "key?" : "value?";
      }
      return isText || !/^[\]},:]$/.test(token) ? "after" : undefined;
  }
}
