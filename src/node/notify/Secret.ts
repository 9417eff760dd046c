/** Secrets of webhooks. Kept as they are: a hash of one could not sign. */
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** 32 random bytes, as Standard Webhooks writes them. */
export const make = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** Headers of a message, with a signature for each secret. @param at Unix seconds. */
export function sign(secrets: readonly string[], message: { id: string; at: number; body: string }) {
  const { id, at, body } = message;
  return {
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, new Date(at * 1000), body)).join(" "),
  };
}
