/** Accounts by which an organisation acts on the ledger. */
import { createPublicKey, randomBytes } from "node:crypto";
import { and, asc, count, eq, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import * as WalletProof from "../../api/WalletProof.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Deploy from "../identity/Deploy.ts";
import * as Quota from "../identity/Quota.ts";
import * as Relay from "../identity/Relay.ts";
import * as Site from "../identity/Site.ts";
import * as Wallet from "../identity/Wallet.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { account } = schema;

type Row = typeof account.$inferSelect;

export function told({
  address,
  kind,
  name,
  deployed,
  signers,
  threshold,
  createdAt,
}: Row): Table.Output<"account.create"> {
  return { address, kind, name, deployed, signers, threshold, createdAt: createdAt.toISOString() };
}

const list: Handler<"account.list"> = async ({ db }, { organisation, after, limit }) => {
  const from = Page.afterTime(after, Page.TEXT);
  const rows = await db
    .select()
    .from(account)
    .where(
      and(
        eq(account.organisation, organisation),
        from && sql`(${account.createdAt}, ${account.address}) > (${from.at.toISOString()}::timestamptz, ${from.id})`,
      ),
    )
    .orderBy(asc(account.createdAt), asc(account.address))
    .limit(limit + 1);
  return Page.cut(rows.map(told), limit, ({ createdAt, address }) => [createdAt, address]);
};

const addWallet: Handler<"account.addWallet"> = async (call, { organisation, name, address, signature }) => {
  const { db, parts } = call;
  const text = WalletProof.text({ origin: Site.originOf(parts.config), organisation, address });
  if (!(await Wallet.signed(parts.place.ledger, address as Address, text, signature))) {
    throw new Problem.Problem(
      "wrong-signature",
      both(
        `signature: not by ${address} over the expected text. Let that wallet sign exactly this (personal_sign):\n${text}`,
        `signature：并非 ${address} 对所需文本的签名。请用该钱包原样签署以下文本（personal_sign）：\n${text}`,
      ),
      { field: "signature", text },
    );
  }
  const signers = [{ signer: address, name }];
  await db.insert(account).values({ address, organisation, kind: "wallet", name, signers }).onConflictDoNothing();
  call.note({ account: address });
  return told(await find(db, organisation, address));
};

/** Accounts that one user may found in an hour, and calls that the node sends for them: it pays for both. */
const founded = Quota.open(20);
const relayed = Quota.open(60);
/** Contract accounts of one organisation. */
const MOST = 100;

const create: Handler<"account.create"> = async (call, { organisation, name, signers, threshold }) => {
  const { db, parts } = call;
  const { accounts: factory } = parts.place;
  if (!factory) throw noFactory();
  for (const [k, { signer }] of signers.entries()) if (!canSign(signer)) throw badSigner(k, signer);
  const salt: Hex = `0x${randomBytes(32).toString("hex")}`;
  const plan = { factory, signers: signers.map(({ signer }) => Deploy.signerBytes(factory, signer)), threshold, salt };
  const address = Passkey.address(plan);
  const [held] = await db.select({ held: count() }).from(account).where(eq(account.organisation, organisation));
  if ((held?.held ?? 0) >= MOST) throw tooMany();
  founded.take(userOf(call), parts.clock.now());
  const kind = threshold >= 2 || signers.every(({ signer }) => signer.length === 42) ? "threshold" : "passkey";
  const row = { address, organisation, kind, name, signers, threshold, salt, deployed: false } as const;
  await db.insert(account).values(row);
  call.note({ account: address, threshold });
  const answer = told(await find(db, organisation, address));
  // It can be named in terms before it is there, so a ledger that does not answer is no reason to fail.
  call.finish(async (kept) => ({
    ...kept,
    deployed: await Deploy.deploy(parts, { ...row, signers }).catch(() => false),
  }));
  return answer;
};

const execute: Handler<"account.execute"> = async (call, input) => {
  const { db, parts } = call;
  const row = await find(db, input.organisation, input.address);
  if (row.kind !== "passkey" && row.kind !== "threshold") {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `${row.address} is a ${row.kind} account, which sends its own transactions. Only contract accounts are relayed.`,
        `${row.address} 为 ${row.kind} 账户，自行发送交易。仅代发合约账户的调用。`,
      ),
    );
  }
  if (!parts.place.relayer) throw Relay.noRelayer();
  await demandSecond(db, row, input.calls, parts.place.escrow);
  relayed.take(userOf(call), parts.clock.now());
  call.note({ account: row.address, nonce: input.nonce, to: input.calls.map(({ to }) => to) });
  const execution = {
    calls: input.calls.map(({ to, data, value }) => ({
      ...{ target: to as Address, data: data as Hex, value: BigInt(value) },
    })),
    ...{ nonce: BigInt(input.nonce), validUntil: input.validUntil },
  };
  call.finish(() => Relay.execute(parts, row, execution, input.signature as Hex));
  // Nothing is known yet that could be repeated: asked again with the same key, it is tried again, and the account's
  // nonce lets it be done once only.
  return null as never;
};

/** Throws `approval-needed` where an act would go past the rule of two persons that this node keeps. */
async function demandSecond(db: Db, row: Row, calls: readonly { to: string }[], escrow: string): Promise<void> {
  if (row.threshold >= 2 || !calls.some(({ to }) => to === escrow)) return;
  const { organisation } = schema;
  const [rule] = await db
    .select({ above: organisation.above })
    .from(organisation)
    .where(eq(organisation.id, row.organisation));
  if ((rule?.above ?? null) === null) return;
  throw new Problem.Problem(
    "approval-needed",
    both(
      "A second person of your organisation approves its acts above an amount, so this account calls the escrow by act.submit, which asks them. Or make an account of two signatures.",
      "贵组织的操作超过限额须由第二人批准，故该账户须经 act.submit 操作托管合约，由其征求批准。亦可建立须两人签名的账户。",
    ),
  );
}

export async function find(db: Db, organisation: string, address: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(account)
    .where(and(eq(account.organisation, organisation), eq(account.address, address)));
  if (!row) throw Problem.notFound(both("account", "账户"));
  return row;
}

export const userOf = ({ caller }: Pick<Call, "caller">): string => (caller.kind === "user" ? caller.user : "");

/** A wallet's address, or a point of P-256. */
function canSign(signer: string): boolean {
  if (signer.length === 42) return !/^0x0{40}$/.test(signer);
  const part = (from: number) => Buffer.from(signer.slice(from, from + 64), "hex").toString("base64url");
  try {
    createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: part(2), y: part(66) } });
    return true;
  } catch {
    return false;
  }
}

const badSigner = (k: number, found: string) =>
  new Problem.Problem(
    "bad-input",
    both(
      `signers[${k}].signer: found ${InputError.show(found)}, which could never sign. Name a wallet's address, or the 64 bytes of a passkey's P-256 key.`,
      `signers[${k}].signer：现为 ${InputError.show(found)}，无法签名。请提供钱包地址，或通行密钥 P-256 公钥的 64 字节。`,
    ),
    { field: `signers[${k}].signer` },
  );

const tooMany = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      `The organisation has ${MOST} accounts already. Use one of them.`,
      `该组织已有 ${MOST} 个账户。请使用现有账户。`,
    ),
  );

const noFactory = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "This ledger has no account factory, so there are no contract accounts. Use a wallet; an operator sets COMMENDA_ACCOUNTS.",
      "该账本未部署账户工厂，无法建立合约账户。请使用钱包；运营者可设置 COMMENDA_ACCOUNTS。",
    ),
  );

export const accounts = {
  "account.list": list,
  "account.addWallet": addWallet,
  "account.create": create,
  "account.execute": execute,
} satisfies Partial<Handlers>;
