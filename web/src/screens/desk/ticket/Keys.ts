/** What the keyboard does at a ticket. One table: the help is made of it too. Whoever types keeps every key. */

export type Action = { do: "pick"; at: number } | { do: "other" | "next" | "previous" | "queue" | "draft" | "help" };

/** What a key press tells, of a `KeyboardEvent` and of where it was. */
export type Press = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** An input method is putting a character together. */
  readonly isComposing: boolean;
  readonly defaultPrevented: boolean;
  readonly target: Target;
};
export type Target = { readonly tagName: string; readonly type?: string; readonly isContentEditable?: boolean };

/** By key, in the order in which the help lists them. */
export const ACTIONS: ReadonlyMap<string, Exclude<Action, { do: "pick" }>["do"]> = new Map([
  ["0", "other"],
  ["d", "draft"],
  ["j", "next"],
  ["k", "previous"],
  ["q", "queue"],
  ["?", "help"],
]);

/** Inputs that take no text. */
const SILENT = new Set(["radio", "checkbox", "button", "submit", "reset", "file", "range", "color", "image"]);

/** Whether keys pressed there are a text, or choose from a list by its first letters. */
export function isTyping({ tagName, type = "text", isContentEditable = false }: Target): boolean {
  const tag = tagName.toLowerCase();
  return isContentEditable || tag === "textarea" || tag === "select" || (tag === "input" && !SILENT.has(type));
}

/** @param guesses How many intents stand there to be picked by a digit. */
export function read(press: Press, guesses: number): Action | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing || press.defaultPrevented) return undefined;
  if (isTyping(press.target)) return undefined;
  const digit = /^[1-9]$/.test(press.key) ? Number(press.key) : 0;
  if (digit > 0) return digit <= guesses ? { do: "pick", at: digit - 1 } : undefined;
  const found = ACTIONS.get(press.key.length === 1 ? press.key.toLowerCase() : press.key);
  return found && { do: found };
}
