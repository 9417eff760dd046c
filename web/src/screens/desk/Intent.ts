/** Names of intents, as people read them. */

/** `payment_failed` as "payment failed". A taxonomy is its client's own: what its names say is left as it is. */
export const nameOf = (intent: string): string => intent.replaceAll(/[_-]+/g, " ").trim() || intent;
