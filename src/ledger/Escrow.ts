/** The escrow's verbs: what an act sends, what it would do, what it did, and what the ledger knows of an agreement. */
import { Act, type Agreement, Codec, Refusal, State } from "../agreement/index.ts";
import * as Abi from "./Abi.ts";
import { ActRefused, NeedsRelayer, Reverted } from "./Errors.ts";
import * as Fact from "./Fact.ts";
import type { Address, Hex, Ledger, Receipt, Transaction } from "./Ledger.ts";
import type { Signer } from "./Signer.ts";

/**
 * An act as the ledger takes it. Tranches count from 0; `tranches` is a mask, `rounds` has two bits a tranche.
 * `deliverable`, `deliverables` and `reasons` are commitments (`Evidence.commit`).
 */
export type Call =
  | { verb: "open"; fundNow?: number; clientSignature?: Hex; providerSignature?: Hex }
  | { verb: "revoke"; byClient: boolean }
  | { verb: "fund"; tranches: number }
  | { verb: "deliver"; tranche: number; round: number; deliverable: Hex }
  | { verb: "accept"; tranches: number; rounds: number; deliverables: Hex }
  | { verb: "acceptPart"; tranche: number; round: number; shareBps: number; deliverable: Hex; reasons: Hex }
  | { verb: "reject"; tranche: number; round: number; deliverable: Hex; reasons: Hex }
  | { verb: "contest"; tranche: number; round: number; byClient: boolean; reasons: Hex }
  | { verb: "answer"; tranche: number; round: number }
  | { verb: "arbitrate"; tranche: number; value: bigint }
  | { verb: "claim"; tranche: number; number?: bigint }
  | { verb: "report"; value: bigint; proof: Hex }
  | { verb: "terminate"; tranches: number }
  | { verb: "extend"; tranche: number }
  | {
      verb: "amend";
      next: Agreement.Agreement;
      fundNow?: number;
      clientSignature?: Hex;
      providerSignature?: Hex;
    }
  | {
      verb: "settle";
      toProvider: bigint;
      toClient: bigint;
      depositsToProvider: bigint;
      depositsToClient: bigint;
      /** Of those who do not send it themselves. */
      clientAuth?: Hex;
      providerAuth?: Hex;
    }
  | { verb: "namePayee"; payee: Address; nonce?: bigint }
  | { verb: "revokeDelegate"; byClient: boolean }
  | { verb: "redirect"; token: Address; owner: Address; to: Address; amount: bigint; nonce?: bigint }
  | { verb: "push"; token: Address; owner: Address };

/** One agreement at one escrow. */
export type Subject = { readonly escrow: Address; readonly agreement: Agreement.Agreement };

/** A mined act and what it brought about, in order. */
export type Done = { readonly receipt: Receipt; readonly facts: readonly Fact.Fact[] };

/** Domain of the signatures. */
export const domain = (ledger: Pick<Ledger, "chainId">, escrow: Address): Codec.Domain => ({
  chainId: ledger.chainId,
  verifyingContract: escrow,
});

/** The id that both sign. */
export const idOf = (ledger: Pick<Ledger, "chainId">, { escrow, agreement }: Subject): Hex =>
  Codec.id(domain(ledger, escrow), agreement);

/** A party's signature over the terms, for `open` or, of the agreement that replaces, `amend`. */
export const signTerms = (
  ledger: Pick<Ledger, "chainId">,
  { escrow, agreement }: Subject,
  signer: Signer,
): Promise<Hex> => signer.sign(Codec.typedData(domain(ledger, escrow), agreement) as never);

/**
 * Does what the call says, in one transaction that `sender` sends: as the party itself, or with `auth`, the party's
 * signature (`Auth.sign`), for it. Nothing is sent that the rules refuse.
 * `at`: Unix seconds, of a rehearsal.
 * Throws `ActRefused` with the rule, `Reverted` where the token or an arbitrator refused, `NeedsRelayer`.
 */
export async function act(
  ledger: Ledger,
  subject: Subject,
  call: Call,
  { sender, auth, at }: { sender: Signer; auth?: Hex; at?: number },
): Promise<Done> {
  if (!sender.transaction) throw new NeedsRelayer(sender.address);
  const transaction = await prepare(ledger, subject, call, auth);
  const time = at === undefined ? {} : { at };
  await simulate(ledger, transaction, { from: sender.address, ...time });
  const receipt = await ledger.send(sender, transaction, time).catch((error) => {
    throw error instanceof Reverted ? explain(error) : error;
  });
  // It was good when it was tried: something came between.
  if (!receipt.ok) await simulate(ledger, transaction, { from: sender.address, at: receipt.block.time });
  if (!receipt.ok) throw new Reverted("0x");
  return { receipt, facts: factsOf(receipt, subject.escrow) };
}

/** The escrow's part of what a receipt tells. */
export function factsOf(receipt: Receipt, escrow: Address): readonly Fact.Fact[] {
  return receipt.logs.flatMap((log, index) => {
    const happening = same(log.address, escrow) ? Fact.read(log) : undefined;
    return happening ? [{ ...happening, block: receipt.block, transaction: receipt.hash, index }] : [];
  });
}

/** Runs it without a trace. Throws `ActRefused` with the rule, or `Reverted`. */
export async function simulate(
  ledger: Ledger,
  transaction: Transaction,
  options: { from?: Address; at?: number },
): Promise<Hex> {
  try {
    return await ledger.call(transaction, options);
  } catch (error) {
    throw error instanceof Reverted ? explain(error) : error;
  }
}

/** The refusal in an error of the ledger, if it is one of ours. */
export function explain(error: Reverted): ActRefused | Reverted {
  const found = Abi.error("Escrow", error.data);
  if (!found || !Refusal.isName(found.name)) return error;
  return new ActRefused(Refusal.of(found.name, found.args as Refusal.Facts));
}

/** The transaction of a call, with the branches of the terms that it needs as things stand. */
export async function prepare(ledger: Ledger, subject: Subject, call: Call, auth: Hex = "0x"): Promise<Transaction> {
  const to = subject.escrow;
  if (call.verb === "redirect" || call.verb === "push") return { to, data: encode("0x", call, auth) };
  const now = STATEFUL.has(call.verb) ? await state(ledger, subject) : State.unopened(subject.agreement);
  const branches = Act.branches(now, call as Act.Act);
  const data = encode(Codec.encode(subject.agreement, branches), call, auth);
  return call.verb === "arbitrate" ? { to, data, value: call.value } : { to, data };
}

/** Acts whose branches depend on where a tranche stands. */
const STATEFUL: ReadonlySet<Call["verb"]> = new Set(["deliver", "accept", "claim"]);

/** Calldata. `terms`: packed, with the branches that the verb needs. */
export function encode(terms: Hex, call: Call, auth: Hex = "0x"): Hex {
  return Abi.encode("Escrow", call.verb, [...args(terms, call, auth)]);
}

function args(terms: Hex, call: Call, auth: Hex): readonly unknown[] {
  switch (call.verb) {
    case "open":
      return [terms, big(call.fundNow), call.clientSignature ?? "0x", call.providerSignature ?? "0x"];
    case "amend": {
      const next = Codec.encode(call.next);
      return [terms, next, big(call.fundNow), call.clientSignature ?? "0x", call.providerSignature ?? "0x"];
    }
    case "revoke":
    case "revokeDelegate":
      return [terms, call.byClient, auth];
    case "fund":
    case "terminate":
      return [terms, big(call.tranches), auth];
    case "deliver":
      return [terms, big(call.tranche), big(call.round), call.deliverable, auth];
    case "accept":
      return [terms, big(call.tranches), big(call.rounds), call.deliverables, auth];
    case "acceptPart": {
      const { tranche, round, shareBps, deliverable, reasons } = call;
      return [terms, big(tranche), big(round), big(shareBps), deliverable, reasons, auth];
    }
    case "reject":
      return [terms, big(call.tranche), big(call.round), call.deliverable, call.reasons, auth];
    case "contest":
      return [terms, big(call.tranche), big(call.round), call.byClient, call.reasons, auth];
    case "answer":
      return [terms, big(call.tranche), big(call.round), auth];
    case "arbitrate":
      return [terms, big(call.tranche)];
    case "claim":
      return [terms, big(call.tranche), call.number ?? 0n];
    case "report":
      return [terms, call.value, call.proof];
    case "extend":
      return [terms, big(call.tranche), auth];
    case "settle": {
      const { toProvider, toClient, depositsToProvider, depositsToClient } = call;
      const auths = [call.clientAuth ?? "0x", call.providerAuth ?? "0x"];
      return [terms, toProvider, toClient, depositsToProvider, depositsToClient, ...auths];
    }
    case "namePayee":
      return [terms, call.payee, call.nonce ?? 0n, auth];
    case "redirect":
      return [call.token, call.owner, call.to, call.amount, call.nonce ?? 0n, auth];
    case "push":
      return [call.token, call.owner];
  }
}

/** Where an agreement stands, as the pure model sees it. Rulings and cases of outside arbitrators are not read. */
export async function state(ledger: Ledger, subject: Subject): Promise<State.State> {
  const { escrow, agreement } = subject;
  const id = idOf(ledger, subject);
  const cells = State.unpack((await read(ledger, escrow, "stages", [id])) as bigint);
  const notes = await Promise.all(
    cells.map(async ({ noted }, tranche) => {
      if (!noted) return State.BLANK;
      const note = (await read(ledger, escrow, "notes", [id, big(tranche)])) as State.Note | readonly unknown[];
      if (!Array.isArray(note)) return note as State.Note;
      const [shareBps, lateDays, shift, late, extended, value] = note as [
        number,
        number,
        number,
        boolean,
        boolean,
        bigint,
      ];
      return { shareBps, lateDays, shift, late, extended, value };
    }),
  );
  const payee = cells.some(({ noted }) => noted) ? await read(ledger, escrow, "payees", [id]) : State.ZERO;
  const { clientDelegate, providerDelegate } = agreement.parties;
  const revoked = await Promise.all(
    [clientDelegate, providerDelegate].map(async (delegate) => {
      if (delegate === State.ZERO) return [];
      return (await read(ledger, escrow, "delegateRevoked", [id, delegate])) ? [delegate] : [];
    }),
  );
  return { ...State.unopened(agreement, id), cells, notes, payee: payee as Address, revokedDelegates: revoked.flat() };
}

/** What one of the escrow's reads answers. */
export async function read(
  ledger: Ledger,
  escrow: Address,
  name: string,
  values: readonly unknown[],
): Promise<unknown> {
  return Abi.decode("Escrow", name, await ledger.call({ to: escrow, data: Abi.encode("Escrow", name, values) }));
}

/** What could not be paid out to `owner`, in base units. */
export async function credit(ledger: Ledger, escrow: Address, token: Address, owner: Address): Promise<bigint> {
  return (await read(ledger, escrow, "credits", [token, owner])) as bigint;
}

const big = (value: number | undefined): bigint => BigInt(value ?? 0);
const same = (one: Address, other: Address): boolean => one.toLowerCase() === other.toLowerCase();
