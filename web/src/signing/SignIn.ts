/** The ways in: a passkey, a wallet, a persona of a demonstration. Loaded when somebody takes one. */
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { Address, Siwe } from "ox";
import * as Client from "../../../src/api/client.ts";
import { i18n } from "../Language.tsx";
import * as Wallet from "./Wallet.ts";

/** What the node's sign-in answers; throws `ProblemError` as every other call does. */
async function send<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json().catch(() => ({}))) as T & Record<string, unknown>;
  if (!response.ok) throw new Client.ProblemError(answer, response.status);
  return answer;
}
const auth = <T>(path: string, body?: unknown): Promise<T> => send(`/v1/auth${path}`, body);

export async function byPersona(persona: string): Promise<void> {
  await send("/v1/demo/enter", { persona });
}

/** Somebody new; or another passkey of somebody signed in. `device`: how the passkey is called in lists. */
export async function registerPasskey(name: string, device: string): Promise<void> {
  const optionsJSON = await auth<Parameters<typeof startRegistration>[0]["optionsJSON"]>(
    `/passkey/generate-register-options?name=${encodeURIComponent(name)}`,
  );
  const response = await startRegistration({ optionsJSON });
  await auth("/passkey/verify-registration", { response, name: device });
  // What they chose before they were somebody.
  await Client.create().call("PATCH /v1/me", { language: i18n.locale === "zh" ? "zh" : "en", name });
}

/** A passkey of the person; `publicKey`: 64 bytes, x then y. */
export type Known = { id: string; name: string; credentialId: string; publicKey: `0x${string}`; createdAt: string };

/** The caller's, the oldest first. */
export const passkeys = (): Promise<readonly Known[]> => auth("/passkeys");

/** Refused for the last way in. */
export async function removePasskey(id: string): Promise<void> {
  await auth("/passkey/delete-passkey", { id });
}

export async function byPasskey(): Promise<void> {
  const optionsJSON = await auth<Parameters<typeof startAuthentication>[0]["optionsJSON"]>(
    "/passkey/generate-authenticate-options",
  );
  const response = await startAuthentication({ optionsJSON });
  await auth("/passkey/verify-authentication", { response });
}

/** Throws `Wallet.NoWallet`, and what the wallet throws where its owner says no. */
export async function byWallet(chainId: number): Promise<void> {
  const address = await Wallet.connect();
  const { nonce } = await auth<{ nonce: string }>("/siwe/nonce", {});
  const { host, origin } = window.location;
  const message = Siwe.createMessage({
    ...{ domain: host, uri: origin, chainId, nonce, version: "1" },
    address: Address.checksum(address),
    statement: "Sign in to Commenda. This moves no money. · 登录 Commenda，不涉及款项。",
  });
  await auth("/siwe/verify", { message, signature: await Wallet.signText(address, message) });
}

export async function signOut(): Promise<void> {
  await auth("/sign-out", {});
}
