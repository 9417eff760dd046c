/** Which ticket comes after one, in the queue as it was shown. */

/** The one below; after the last, the most urgent of those above. Nothing where it is the only one. */
export function after(queue: readonly string[], ticket: string): string | undefined {
  const at = queue.indexOf(ticket);
  return queue[at + 1] ?? queue.find((one) => one !== ticket);
}

/** The one above; before the first there is none. One that is not in the queue any more has none either. */
export function before(queue: readonly string[], ticket: string): string | undefined {
  return queue[queue.indexOf(ticket) - 1];
}
