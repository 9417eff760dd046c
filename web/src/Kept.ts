/** What was typed survives a reload and a session that ended: kept in this tab until it was sent. */
import { useCallback, useState } from "react";

const PREFIX = "commenda.kept.";

function read<T>(name: string, initial: T): T {
  const text = sessionStorage.getItem(PREFIX + name);
  if (text === null) return initial;
  try {
    return JSON.parse(text) as T;
  } catch {
    return initial;
  }
}

/** Keeps a value under a name, for a page that is gone to next. */
export function keep(name: string, value: unknown): void {
  sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
}

/** Like `useState`, kept under `name`. The third forgets it, once it was sent. */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void, () => void] {
  const [value, set] = useState(() => read(name, initial));
  const change = useCallback(
    (next: T) => {
      keep(name, next);
      set(next);
    },
    [name],
  );
  const forget = useCallback(() => sessionStorage.removeItem(PREFIX + name), [name]);
  return [value, change, forget];
}
