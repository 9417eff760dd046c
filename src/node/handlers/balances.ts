/** What an account has in a token, how much of it the escrow may take, and play money on a rehearsal. */
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import { Reverted } from "../../ledger/Errors.ts";
import type { Address } from "../../ledger/Ledger.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import type { Handler, Handlers, Parts, Place } from "../Call.ts";
import * as Quota from "../identity/Quota.ts";
import * as Relay from "../identity/Relay.ts";
import * as Lease from "../jobs/Lease.ts";
import { find, told, userOf } from "./accounts.ts";

const { both } = InputError;

const show: Handler<"account.show"> = async ({ db, parts }, { organisation, address, token }) => {
  const row = await find(db, organisation, address);
  const { place } = parts;
  const named = (token ?? place.token) as Address | undefined;
  const isContract = row.kind === "passkey" || row.kind === "threshold";
  return {
    ...told(row),
    ...(named ? { token: await holding(place, row.address as Address, named) } : {}),
    ...(isContract
      ? { nonce: String(await Passkey.nextNonce(place.ledger, { address: row.address as Address })) }
      : {}),
  };
};

async function holding({ ledger, escrow, token: play }: Place, owner: Address, token: Address) {
  const read = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const answer = await ledger.call({ to: token, data: Abi.encode("RehearsalToken", name, args) });
    return Abi.decode("RehearsalToken", name, answer);
  };
  try {
    const balance = (await read("balanceOf", [owner])) as bigint;
    const allowance = (await read("allowance", [owner, escrow])) as bigint;
    const scale = Number(await read("decimals", []));
    const amounts = { balance: String(balance), allowance: String(allowance), scale };
    return { address: token, ...amounts, play: ledger.kind === "rehearsal" && token === play };
  } catch (error) {
    // What is there answers otherwise than a token does.
    if (error instanceof InputError.CommendaError && !(error instanceof Reverted)) throw error;
    throw noToken(token);
  }
}

/** Play money that one user may ask for in an hour. */
const asked = Quota.open(60);
/** Base units up to which an account is filled: a trillion of what has 18 decimals. */
const MOST = 10n ** 30n;

const mint: Handler<"account.mint"> = async (call, { organisation, address, amount }) => {
  const { db, parts, note, finish } = call;
  const { ledger, token, relayer } = parts.place;
  if (ledger.kind !== "rehearsal" || !token || !relayer) throw realMoney();
  await find(db, organisation, address);
  if (BigInt(amount) > MOST) throw tooMuch(amount);
  asked.take(userOf(call), parts.clock.now());
  note({ account: address, upTo: amount });
  finish(async () => {
    await fill(parts, address as Address, BigInt(amount));
    return show({ ...call, db: parts.store.db } as never, { organisation, address });
  });
  // Asked again it is looked at again: an account that has enough gets nothing.
  return null as never;
};

/** Mints what is missing. */
async function fill({ store, place, clock }: Parts, owner: Address, upTo: bigint): Promise<void> {
  const { ledger, token, relayer } = place;
  if (!token || !relayer) return;
  await Lease.sending(store, relayer, async () => {
    const { balance } = await holding(place, owner, token);
    const missing = upTo - BigInt(balance);
    if (missing <= 0n) return;
    const data = Abi.encode("RehearsalToken", "mint", [owner, missing]);
    await ledger.send(relayer, { to: token, data }, await Relay.now({ place, clock }));
  });
}

const noToken = (token: Address) =>
  new Problem.Problem(
    "bad-input",
    both(
      `token: found ${token}, where no token answers on this ledger. Name the address of an ERC-20 token.`,
      `token：现为 ${token}，该账本此处没有代币应答。请提供 ERC-20 代币地址。`,
    ),
    { field: "token" },
  );

const realMoney = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "Play money is made on a rehearsal ledger only; this node's ledger has real money. Transfer some to the account.",
      "仅预演账本可生成游戏币；本节点账本使用真实资金。请向该账户转账。",
    ),
  );

const tooMuch = (amount: string) =>
  new Problem.Problem(
    "bad-input",
    both(
      `amount: found ${amount}, expected at most ${MOST} base units.`,
      `amount：现为 ${amount}，应不超过 ${MOST} 最小单位。`,
    ),
    { field: "amount" },
  );

export const balances = { "account.show": show, "account.mint": mint } satisfies Partial<Handlers>;
