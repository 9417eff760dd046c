/** An act by a contract account of the caller's: with the approval that it needs, in one execution and one signature. */
import { and, eq, gte, inArray, isNull, or } from "drizzle-orm";
import { TypedData } from "ox";
import type { Table } from "../../api/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import type { Address, Transaction } from "../../ledger/Ledger.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import type { Place, Seat } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Funds from "./Funds.ts";
import type { Subject } from "./Subject.ts";

const { account, organisation } = schema;

type Execution = NonNullable<Table.Output<"act.prepare">["execution"]>;

type Wish = {
  readonly place: Place;
  readonly subject: Subject;
  /** Whose act it is: any one of these. */
  readonly owners: readonly Address[];
  readonly seats: readonly Seat[];
  readonly transaction: Transaction;
  /** What the escrow takes for it. */
  readonly pulls: readonly Funds.Pull[];
  /** Unix seconds. */
  readonly validUntil: number;
};

/** Nothing where no contract account of the caller's is one of the owners, or it is not on the ledger yet. */
export async function of(db: Db, wish: Wish): Promise<Execution | undefined> {
  const { place, subject, owners, seats, transaction, pulls, validUntil } = wish;
  if (owners.length === 0 || transaction.to === undefined) return undefined;
  const [row] = await db
    .select({ address: account.address, organisation: account.organisation })
    .from(account)
    .innerJoin(organisation, eq(organisation.id, account.organisation))
    .where(
      and(
        inArray(account.kind, ["passkey", "threshold"]),
        inArray(account.address, [...owners]),
        inArray(
          account.organisation,
          seats.map(({ organisation }) => organisation),
        ),
        eq(account.deployed, true),
        // Past the second person that this node asks it does not go.
        or(isNull(organisation.above), gte(account.threshold, 2)),
      ),
    )
    .limit(1);
  if (!row) return undefined;
  const address = row.address as Address;
  const needed = pulls.reduce((sum, { owner, amount }) => (owner === address ? sum + amount : sum), 0n);
  const { allowance } = needed > 0n ? await Funds.of(place, subject, address) : { allowance: 0n };
  const { token } = subject.agreement.work;
  // Exactly what it takes: nothing is left that the escrow could take another time.
  const approval = { target: token, data: Abi.encode("RehearsalToken", "approve", [place.escrow, needed]) };
  const { to, data, value = 0n } = transaction;
  const calls = [...(allowance < needed ? [approval] : []), { target: to, data, value }];
  const nonce = await Passkey.nextNonce(place.ledger, { address });
  const typed = Passkey.typedData({ chainId: place.ledger.chainId, address }, { calls, nonce, validUntil });
  return {
    ...{ organisation: row.organisation, address, nonce: String(nonce), validUntil },
    calls: calls.map(({ target, data, ...call }) => ({
      ...{ to: target, data, value: "value" in call ? String(call.value) : "0" },
    })),
    typedData: JSON.parse(TypedData.serialize(typed as TypedData.Definition)) as Record<string, unknown>,
  };
}
