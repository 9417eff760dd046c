/** What no input may hold, whatever its field: the store keeps no such text, and no number is written like that. */
import { InputError } from "../agreement/index.ts";

const { both } = InputError;

export type Step = string | number;
/** What was found, and what to do about it. */
export type Fault = { readonly path: readonly Step[]; readonly words: InputError.Words };

/** Levels of lists and objects within each other; a terms document has 8. */
const DEPTH = 64;

/** The first such thing in a value made of JSON. */
export function fault(value: unknown, path: readonly Step[] = []): Fault | undefined {
  if (typeof value === "string") {
    const words = ofText(value);
    return words && { path, words };
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    const words = both("a number beyond all that are kept. Send a smaller one", "超出范围的数字。请改用较小的数");
    return { path, words };
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (path.length >= DEPTH) {
    const words = both(`more than ${DEPTH} levels within each other. Flatten it`, `超过 ${DEPTH} 层嵌套。请减少嵌套`);
    return { path: path.slice(0, 3), words };
  }
  for (const [key, item] of Object.entries(value)) {
    const words = ofText(key);
    if (words) return { path, words };
    const found = fault(item, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}

function ofText(text: string): InputError.Words | undefined {
  if (text.includes("\0")) return both("the character U+0000. Take it out", "字符 U+0000。请删除");
  if (!text.isWellFormed())
    return both("half of a character (a lone surrogate). Send whole ones", "半个字符（孤立代理项）。请发送完整字符");
  return undefined;
}
