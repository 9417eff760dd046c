/** Panels of arbitrators and reporters of an outcome: placed on the ledger at the node's cost, each of its kind once. */
import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Address, Ledger } from "../../ledger/Ledger.ts";
import * as Contract from "../../ledger/Quorum.ts";
import type { Handler, Handlers, Parts } from "../Call.ts";
import * as Quota from "../identity/Quota.ts";
import * as Relay from "../identity/Relay.ts";
import * as Lease from "../jobs/Lease.ts";
import * as Quorum from "../relay/Quorum.ts";
import * as schema from "../store/schema.ts";
import { userOf } from "./accounts.ts";

const { both } = InputError;
const { setting } = schema;

type Answer = Table.Output<"quorum.create">;

const KINDS = { panel: "Panel", reports: "SignedReports" } as const;

/** Contracts that the node pays for, for one user in an hour. */
const sponsored = Quota.open(20);

const create: Handler<"quorum.create"> = async (call, { kind, members, votes }) => {
  const { parts, caller } = call;
  const plan: Contract.Plan = { kind: KINDS[kind], members: members as Address[], votes };
  const ordered = [...Contract.ordered(plan)];
  sponsored.take(userOf({ caller }), parts.clock.now());
  call.note({ kind, members: ordered, votes });
  const about = { kind, members: ordered, votes };
  // The ledger is asked outside of the transaction; asked again, what is there is found.
  call.finish(async () => ({ ...about, ...(await placed(parts, plan)) }));
  return null as never;
};

async function placed(
  parts: Parts,
  plan: Contract.Plan,
): Promise<Pick<Answer, "address" | "deployed" | "transaction">> {
  const { store, place } = parts;
  const { ledger, relayer } = place;
  await demandWallets(ledger, plan);
  const foreseen = await Contract.isForeseen(ledger);
  const known = foreseen ? Contract.address(plan) : await kept(parts, plan);
  if (known !== undefined && (await ledger.code(known)) !== "0x") return { address: known, deployed: true };
  if (!relayer) {
    if (known === undefined) throw Relay.noRelayer();
    const { to = Contract.DEPLOYER, data } = Contract.deploy(plan);
    return { address: known, deployed: false, transaction: { to, data } };
  }
  const address = await Lease.sending(store, relayer, async () => {
    // Another request may have been faster.
    const there = foreseen ? undefined : await kept(parts, plan);
    return there ?? Contract.place(ledger, relayer, plan, await Relay.now(parts));
  });
  if (!foreseen) {
    const row = { name: nameOf(plan), value: { address } };
    await store.db.insert(setting).values(row).onConflictDoUpdate({ target: setting.name, set: row });
  }
  return { address, deployed: true };
}

const nameOf = (plan: Contract.Plan): string =>
  `quorum ${createHash("sha256").update(Contract.deploy(plan).data).digest("hex")}`;

/** Where a chain foretells no address: what this node has placed there before. */
async function kept({ store, place }: Parts, plan: Contract.Plan): Promise<Address | undefined> {
  const [row] = await store.db
    .select()
    .from(setting)
    .where(eq(setting.name, nameOf(plan)));
  const { address } = (row?.value ?? {}) as { address?: Address };
  return address !== undefined && (await place.ledger.code(address)) !== "0x" ? address : undefined;
}

/** A wallet that lends its address a contract's code (EIP-7702) signs as before. */
const DELEGATED = "0xef0100";

/** Throws `bad-input`: the contracts take signatures of keys, and none of contracts. */
async function demandWallets({ code }: Pick<Ledger, "code">, plan: Contract.Plan): Promise<void> {
  for (const member of Contract.ordered(plan)) {
    const found = await code(member);
    if (found === "0x" || found.startsWith(DELEGATED)) continue;
    throw new Problem.Problem(
      "bad-input",
      both(
        `members: found ${member}, which is a contract account. Panels and reports take the signatures of wallets only; name one of this member's.`,
        `members：现有 ${member}，为合约账户。仲裁小组与报告仅接受钱包签名；请提供该成员的钱包地址。`,
      ),
      { field: "members", member },
    );
  }
}

const show: Handler<"quorum.show"> = async ({ parts }, { kind, address }) => {
  const found = await Quorum.at(parts.place, KINDS[kind], address as Address);
  return { kind, address, members: [...found.members], votes: found.quorum, deployed: true };
};

export const quorums = { "quorum.create": create, "quorum.show": show } satisfies Partial<Handlers>;
