/** Who called lately, for a few seconds: so that a page of twenty requests asks the store once. */

/** Milliseconds that what was looked up may be used, unless it is forgotten before. */
const KEEP = 5_000;
/** Beyond it the oldest go. */
const MOST = 10_000;

export type Found<T> = { readonly value: T; isGood(): boolean };
export type Lately<T> = {
  /** What was found lately under the name, or what `look` finds now. What is not found is not kept. */
  of(name: string, look: () => Promise<Found<T> | undefined>): Promise<T | undefined>;
  forget(): void;
};

/** @param now Milliseconds that never go back. */
export function open<T>(now: () => number = () => performance.now()): Lately<T> {
  const kept = new Map<string, Found<T> & { until: number }>();
  let forgotten = 0;
  return {
    async of(name, look) {
      const known = kept.get(name);
      if (known && now() < known.until && known.isGood()) return known.value;
      kept.delete(name);
      const before = forgotten;
      const found = await look();
      // What was read before something changed is of no use after it.
      if (found && before === forgotten) {
        kept.set(name, { ...found, until: now() + KEEP });
        const [oldest] = kept.keys();
        if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      }
      return found?.value;
    },
    forget() {
      forgotten += 1;
      kept.clear();
    },
  };
}
