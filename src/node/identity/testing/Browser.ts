/** A browser before a node: keeps its cookies, says where it is, and signs in by wallet or passkey. */
import { Hash, Address as OxAddress, Hex as OxHex, PersonalMessage, Secp256k1, Signature, Siwe } from "ox";
import type { Hex } from "../../../ledger/Ledger.ts";
import * as Signer from "../../../ledger/Signer.ts";
import type * as Authenticator from "../../../ledger/testing/Authenticator.ts";
import type { Identity } from "../Identity.ts";

export type Browser = {
  readonly headers: Headers;
  readonly cookies: ReadonlyMap<string, string>;
  ask(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  take(response: Pick<Response, "headers">): void;
};

export function open(identity: Pick<Identity, "handle">, origin: string, address = "192.0.2.1"): Browser {
  const cookies = new Map<string, string>();
  const take = ({ headers }: Pick<Response, "headers">) => {
    for (const one of headers.getSetCookie()) {
      const [pair = ""] = one.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0\b/i.test(one)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  const sent = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    get headers() {
      return new Headers(cookies.size > 0 ? { cookie: sent() } : {});
    },
    cookies,
    async ask(path, body, headers = {}) {
      const given = { origin, ...(cookies.size > 0 ? { cookie: sent() } : {}), ...headers };
      const request = new Request(
        `${origin}/v1/auth${path}`,
        body === undefined
          ? { headers: given }
          : {
              method: "POST",
              headers: { "content-type": "application/json", ...given },
              body: JSON.stringify(body),
            },
      );
      const response = await identity.handle(request, address);
      take(response);
      return response;
    },
    take,
  };
}

/** A key made of a name, as a wallet has it. */
export function wallet(name: string) {
  const privateKey = Hash.keccak256(OxHex.fromString(`commenda wallet ${name}`));
  const { address } = Signer.fromKey(privateKey);
  return {
    address,
    privateKey,
    /** `personal_sign`. */
    sign: (text: string): Hex =>
      Signature.toHex(Secp256k1.sign({ payload: PersonalMessage.getSignPayload(OxHex.fromString(text)), privateKey })),
  };
}
export type Wallet = ReturnType<typeof wallet>;

/** The message that a page lets a wallet sign. */
export function message(
  origin: string,
  chainId: number,
  nonce: string,
  address: string,
  change: Partial<Siwe.Message> = {},
) {
  return Siwe.createMessage({
    ...{ domain: new URL(origin).host, uri: origin, chainId, nonce, version: "1" },
    address: OxAddress.checksum(address as Hex),
    ...change,
  });
}

export async function nonce(browser: Browser): Promise<string> {
  const response = await browser.ask("/siwe/nonce", {});
  return ((await response.json()) as { nonce: string }).nonce;
}

/** Signs in by wallet. */
export async function byWallet(browser: Browser, origin: string, chainId: number, by: Wallet): Promise<Response> {
  const text = message(origin, chainId, await nonce(browser), by.address);
  return browser.ask("/siwe/verify", { message: text, signature: by.sign(text) });
}

/** Registers a passkey: of the one who is signed in, or of a guest. */
export async function register(browser: Browser, by: Authenticator.Authenticator, name = "Ada"): Promise<Response> {
  const options = await browser.ask(`/passkey/generate-register-options?name=${encodeURIComponent(name)}`);
  return browser.ask("/passkey/verify-registration", {
    response: by.register((await options.json()) as never),
    name: "phone",
  });
}

/** Signs in by passkey. */
export async function byPasskey(browser: Browser, by: Authenticator.Authenticator): Promise<Response> {
  const options = await browser.ask("/passkey/generate-authenticate-options");
  return browser.ask("/passkey/verify-authentication", { response: by.assert((await options.json()) as never) });
}
