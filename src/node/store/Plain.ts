/** JSON for values that hold bigints: `{"$": "123"}`. */

type Rich = { readonly [name: string]: unknown };

/** As it can be kept in a JSON column. */
export function plain(value: Rich): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value, (_, one) => (typeof one === "bigint" ? { $: one.toString() } : one)));
}

/** As it was before `plain`. */
export function rich<T = Rich>(value: Record<string, unknown>): T {
  return revive(value) as T;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object" || value === null) return value;
  const { $, ...rest } = value as { $?: unknown };
  if (typeof $ === "string" && Object.keys(rest).length === 0) return BigInt($);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revive(one)]));
}
