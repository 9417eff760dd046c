/**
 * Lets receivers that fail again and again alone for a while: their deliveries would otherwise hold every worker for a
 * full timeout, and those of others would wait. Kept in this process; another learns it by itself.
 */

/** Failures in a row before a receiver is left alone. */
const PATIENCE = 5;
/** Seconds: doubled with each failure. */
const FIRST = 30;
const LONGEST = 900;

export type Rest = {
  /** Whether to try now; of those that failed one at a time tries. @param now Unix seconds. */
  isDue(name: string, now: number): boolean;
  failed(name: string, now: number): void;
  worked(name: string): void;
};

export function open(): Rest {
  const failing = new Map<string, { times: number; until: number }>();
  return {
    isDue(name, now) {
      const known = failing.get(name);
      if (known === undefined || known.times < PATIENCE) return true;
      if (now < known.until) return false;
      known.until = now + FIRST;
      return true;
    },
    failed(name, now) {
      const times = (failing.get(name)?.times ?? 0) + 1;
      const pause = Math.min(LONGEST, FIRST * 2 ** Math.min(16, Math.max(0, times - PATIENCE)));
      failing.set(name, { times, until: now + pause });
    },
    worked: (name) => void failing.delete(name),
  };
}
