/** Who gets which part of a sum, drawn: provider, fee, and what goes back to the client. Words stand beside it. */
export type Parts = { provider: bigint; fee: bigint; client: bigint };

/** For drawing only: a part of a whole in percent. */
export const percent = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 100_000n) / whole) / 1_000;

export function MoneyBar({ provider, fee, client }: Parts) {
  const whole = provider + fee + client;
  return (
    <span aria-hidden="true" className="flex h-3 w-full overflow-hidden rounded-full bg-sunken">
      <span className="bg-accent transition-[width] duration-150" style={{ width: `${percent(provider, whole)}%` }} />
      <span className="bg-play transition-[width] duration-150" style={{ width: `${percent(fee, whole)}%` }} />
      <span
        className="border border-edge bg-[repeating-linear-gradient(135deg,transparent_0_4px,var(--color-line)_4px_6px)] transition-[width] duration-150"
        style={{ width: `${percent(client, whole)}%` }}
      />
    </span>
  );
}
