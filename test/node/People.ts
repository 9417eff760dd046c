/** People with wallets of their own, who come to a node by HTTP alone. */
import { Address as OxAddress, Hex as OxHex, PersonalMessage, Secp256k1, Signature, Siwe } from "ox";
import * as Client from "../../src/api/client.ts";
import * as WalletProof from "../../src/api/WalletProof.ts";
import * as Cast from "../../src/cli/Cast.ts";
import * as LedgerStage from "../../src/cli/LedgerStage.ts";
import type { Hex } from "../../src/ledger/Ledger.ts";
import type { Typed } from "../../src/ledger/Signer.ts";

export type Person = {
  readonly name: string;
  readonly organisation: string;
  /** Session, `name=value` pairs. */
  readonly cookie: string;
  readonly apiKey: string;
  readonly sign: (typed: Typed) => Promise<Hex>;
};

/** Signs in with a wallet, gives it to the own organisation, and makes a key for a program. */
export async function enrol(url: string, chainId: number, name: string): Promise<Person> {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  const ask = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json", origin: url, cookie: cookie() };
    const answer = await fetch(`${url}/v1/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    for (const one of answer.headers.getSetCookie()) {
      const [pair = ""] = one.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return (await answer.json()) as { nonce: string };
  };
  const { nonce } = await ask("/siwe/nonce", {});
  const message = Siwe.createMessage({
    ...{ domain: new URL(url).host, uri: url, chainId, nonce, version: "1" },
    address: OxAddress.checksum(Cast.account(name)),
  });
  await ask("/siwe/verify", { message, signature: personal(name, message) });
  const session = Client.create({ url, cookie: cookie() });
  const { organisations } = await session.call("GET /v1/me");
  const organisation = organisations[0]?.id ?? "";
  const address = Cast.account(name);
  const text = WalletProof.text({ origin: url, organisation, address });
  const wallet = { organisation, name, address, signature: personal(name, text) };
  await session.call("POST /v1/organisations/{organisation}/accounts/wallet", wallet);
  const { secret } = await session.call("POST /v1/organisations/{organisation}/keys", {
    ...{ organisation, name: "agent", scopes: ["read", "write", "sign"] },
  });
  return { name, organisation, cookie: cookie(), apiKey: secret, sign: LedgerStage.signer(name).sign };
}

function personal(name: string, text: string): Hex {
  const payload = PersonalMessage.getSignPayload(OxHex.fromString(text));
  return Signature.toHex(Secp256k1.sign({ payload, privateKey: Cast.key(name) }));
}
