/**
 * Keys by which this node judges for organisations. Each is named as the party's delegate in the terms, and can sign no
 * more than delivery, acceptance, rejection and verdicts there; at rest they are encrypted by the node's secret.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { Secp256k1 } from "ox";
import type { State } from "../../agreement/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as Signer from "../../ledger/Signer.ts";
import type { Parts } from "../Call.ts";
import * as Secret from "../identity/Secret.ts";
import type { Subject } from "../relay/Subject.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { runner, seat, account } = schema;

export type Side = "client" | "provider";
type Needs = Pick<Parts, "config">;

/** A signer with the organisation that it signs for. */
export type Keyed = { readonly signer: Signer.Signer; readonly organisation: string };

/** The address of an organisation's key; a fresh one where it has none. Part of the transaction. */
export async function make({ config }: Needs, tx: Db, organisation: string): Promise<string> {
  const key = Secp256k1.randomPrivateKey();
  const { address } = Signer.fromKey(key);
  await tx
    .insert(runner)
    .values({ organisation, address, key: seal(config, key) })
    .onConflictDoNothing();
  const [row] = await tx.select().from(runner).where(eq(runner.organisation, organisation));
  return row?.address ?? address;
}

/**
 * Who signs here for a side: the delegate that the terms name, where its key is one of this node and the party has not
 * revoked it; of a demonstration's persona without a delegate the party itself. Nothing where the key is elsewhere.
 */
export async function of(
  { config }: Needs,
  tx: Db,
  { id, agreement }: Subject,
  { revokedDelegates }: Pick<State.State, "revokedDelegates">,
  side: Side,
): Promise<Keyed | undefined> {
  const { parties } = agreement;
  const delegate = side === "client" ? parties.clientDelegate : parties.providerDelegate;
  const rows = await tx
    .select({ organisation: seat.organisation })
    .from(seat)
    .where(and(eq(seat.agreement, id), eq(seat.role, side)));
  const seated = rows.map(({ organisation }) => organisation);
  if (seated.length === 0) return undefined;
  if (BigInt(delegate) !== 0n) {
    if (revokedDelegates.includes(delegate)) return undefined;
    const [own] = await tx
      .select()
      .from(runner)
      .where(and(inArray(runner.organisation, seated), eq(runner.address, delegate)));
    return own && { signer: Signer.fromKey(open(config, own.key)), organisation: own.organisation };
  }
  const [persona] = await tx
    .select({ key: account.demoKey, organisation: account.organisation })
    .from(account)
    .where(and(inArray(account.organisation, seated), eq(account.address, parties[side]), eq(account.kind, "demo")));
  if (!persona?.key) return undefined;
  return { signer: Signer.fromKey(persona.key as Hex), organisation: persona.organisation };
}

const CIPHER = "aes-256-gcm";

/** Of the node's secret, for nothing else. */
const secretOf = ({ secret, home }: Parts["config"]): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret ?? Secret.read(home), "", "commenda: keys of runners", 32));

function seal(config: Parts["config"], key: Hex): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(CIPHER, secretOf(config), nonce);
  const sealed = Buffer.concat([cipher.update(key, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
}

/** Throws where the node's secret is another than it was sealed with. */
function open(config: Parts["config"], text: string): Hex {
  const bytes = Buffer.from(text, "base64");
  const decipher = createDecipheriv(CIPHER, secretOf(config), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8") as Hex;
}
