/** A certificate as a file: what its issuer signed. Whether it did is for the node to judge. */
import type { Input } from "../../Node.ts";

type Attestation = Omit<Input<"POST /v1/organisations/{organisation}/attestations">, "organisation">;

/** Nothing for what is no such file. */
export function attestationOf(text: string): Attestation | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { what, issuer, from, until, signature } = (value ?? {}) as Record<string, unknown>;
  const areTexts = [what, issuer, signature].every((one) => typeof one === "string");
  const areTimes = [from, until].every(Number.isSafeInteger);
  return areTexts && areTimes ? ({ what, issuer, from, until, signature } as Attestation) : undefined;
}
