/** The embedded rehearsal ledger as a stage: the very contracts, with stand-ins who sign, and a clock that is moved. */
import { AbiParameters } from "ox";
import { type Act, type Agreement, Codec, Evidence, Machine, Refusal } from "../agreement/index.ts";
import * as Abi from "../ledger/Abi.ts";
import * as Auth from "../ledger/Auth.ts";
import { ActRefused, Reverted } from "../ledger/Errors.ts";
import * as Escrow from "../ledger/Escrow.ts";
import type { Log, Receipt, Transaction } from "../ledger/Ledger.ts";
import * as Quorum from "../ledger/Quorum.ts";
import * as Rehearsal from "../ledger/Rehearsal.ts";
import * as Signer from "../ledger/Signer.ts";
import * as Cast from "./Cast.ts";
import type { Deed, Movement, Needs, Performed, Stage } from "./Stage.ts";

type Address = Agreement.Address;
type Hex = Agreement.Hex;

/** What each party has to play with: more than any deal asks, less than the token can count. */
const PLAY_MONEY = 2n ** 127n;
/** How long a relayed act may wait: a day. */
const PATIENCE = 86_400;

/** A fresh ledger in memory, gone when it closes. */
export async function open(needs: Needs): Promise<Stage> {
  const genesis = (needs.from - 1) * 60;
  const ledger = await Rehearsal.open({ genesis });
  try {
    return await prepare(ledger, needs, genesis);
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

async function prepare(ledger: Rehearsal.Rehearsal, needs: Needs, genesis: number): Promise<Stage> {
  const { escrow } = ledger.deployment;
  const members = Cast.ascending(needs.panel.members, Cast.panelist);
  const reporters = Cast.ascending(needs.reporters.count, Cast.reporter);
  const addresses = (list: typeof members) => list.map(({ address }) => address);
  const at = { at: genesis };
  const token = await ledger.deploy("ListedToken", [needs.scale], at);
  const { votes } = needs.panel;
  const panel: Quorum.Plan = { kind: "Panel", members: addresses(members), votes };
  const reports: Quorum.Plan = { kind: "SignedReports", members: addresses(reporters), votes: needs.reporters.quorum };
  const arbitrator = await Quorum.place(ledger, ledger.house, panel, at);
  const source = await Quorum.place(ledger, ledger.house, reports, at);
  const tokenCall = (name: string, args: readonly unknown[]) => ({
    to: token,
    data: Abi.encode("ListedToken", name, args),
  });
  for (const name of ["client", "provider"]) {
    await ledger.send(ledger.house, tokenCall("mint", [Cast.account(name), PLAY_MONEY]), at);
    await ledger.send(signer(name), tokenCall("approve", [escrow, 2n ** 256n - 1n]), at);
  }
  const cast: Cast.Cast = {
    chainId: ledger.chainId,
    escrow,
    token: lower(token),
    arbitrator: lower(arbitrator),
    source: lower(source),
  };
  const scene = { ledger, cast, members, reporters, needs };
  return {
    name: ledger.name,
    cast,
    async perform(minute, deed) {
      try {
        return told(await perform(scene, minute * 60, deed), cast);
      } catch (error) {
        if (error instanceof ActRefused) return error.refusal;
        // Whatever the token says, the rules call it a failed transfer.
        if (error instanceof Reverted) return Refusal.of("TransferFailed", { from: deed.act.by });
        throw error;
      }
    },
    async list(minute, { account, refused }) {
      await ledger.send(ledger.house, tokenCall("refuse", [account, refused]), { at: minute * 60 });
    },
    close: () => ledger.close(),
  };
}

type Scene = {
  ledger: Rehearsal.Rehearsal;
  cast: Cast.Cast;
  members: readonly { name: string; address: Address }[];
  reporters: readonly { name: string; address: Address }[];
  needs: Needs;
};

/** A stand-in's key. */
export const signer = (name: string): Signer.Signer => Signer.fromKey(Cast.key(name));

async function perform(scene: Scene, at: number, deed: Deed): Promise<Receipt> {
  const { ledger, cast } = scene;
  const { act, agreement } = deed;
  if (act.verb === "rulePanel") return rulePanel(scene, at, deed, act);
  if (act.verb === "rule") return rule(scene, at, act);
  const subject = { escrow: cast.escrow, agreement };
  const call = await callOf(scene, at, deed);
  const auth = await authOf(scene, at, deed, call);
  const options = { sender: signer(deed.sender), at, ...(auth === undefined ? {} : { auth }) };
  const { receipt } = await Escrow.act(ledger, subject, call, options);
  return receipt;
}

/** The act as the ledger takes it, with what stands for documents here. */
async function callOf({ ledger, cast, reporters, needs }: Scene, at: number, deed: Deed): Promise<Escrow.Call> {
  const { act, agreement, id, sender } = deed;
  const paper = (what: string, ...numbers: number[]): Hex => Evidence.contentHash([id, what, ...numbers].join(" "));
  const terms = async (subject: Agreement.Agreement) => {
    const sign = (name: string) => Escrow.signTerms(ledger, { escrow: cast.escrow, agreement: subject }, signer(name));
    return {
      ...(sender === "client" ? {} : { clientSignature: await sign("client") }),
      ...(sender === "provider" ? {} : { providerSignature: await sign("provider") }),
    };
  };
  switch (act.verb) {
    case "open":
      return { verb: "open", fundNow: act.fundNow, ...(await terms(agreement)) };
    case "amend":
      return { verb: "amend", next: act.next, fundNow: act.fundNow, ...(await terms(act.next)) };
    case "deliver":
      return { ...only(act), deliverable: paper("deliverable", act.tranche, act.round) };
    case "accept": {
      const rounds = act.rounds.reduce((bits, round, tranche) => bits | (round << (2 * tranche)), 0);
      return {
        verb: "accept",
        tranches: act.tranches,
        rounds,
        deliverables: paper("deliverables", act.tranches, rounds),
      };
    }
    case "acceptPart": {
      const { verb, tranche, round, shareBps } = act;
      const [deliverable, reasons] = [paper("deliverable", tranche, round), paper("reasons", tranche, round)];
      return { verb, tranche, round, shareBps, deliverable, reasons };
    }
    case "reject":
      return {
        ...only(act),
        deliverable: paper("deliverable", act.tranche, act.round),
        reasons: paper("reasons", act.tranche, act.round),
      };
    case "contest":
      return { ...only(act), byClient: act.byClient, reasons: paper("reasons", act.tranche, act.round) };
    case "answer":
      return only(act);
    case "arbitrate":
      return { verb: "arbitrate", tranche: act.tranche, value: act.cost };
    case "claim":
      return act.number === undefined
        ? { verb: "claim", tranche: act.tranche }
        : { verb: "claim", tranche: act.tranche, number: act.number };
    case "report":
      return {
        verb: "report",
        value: act.value,
        proof: await proof(cast, reporters, needs.reporters.quorum, id, act.value),
      };
    case "settle": {
      const { verb, toProvider, toClient, depositsToProvider, depositsToClient } = act;
      const call = { verb, toProvider, toClient, depositsToProvider, depositsToClient };
      const sign = (name: string) => Auth.sign(signer(name), domainOf(cast), id, call, { validUntil: at + PATIENCE });
      return {
        ...call,
        ...(sender === "client" ? {} : { clientAuth: await sign("client") }),
        ...(sender === "provider" ? {} : { providerAuth: await sign("provider") }),
      };
    }
    case "namePayee":
      return { verb: "namePayee", payee: act.payee, nonce: await nonce(ledger, cast, act.by) };
    case "redirect": {
      const { owner, to, amount } = act;
      return { verb: "redirect", token: cast.token, owner, to, amount, nonce: await nonce(ledger, cast, owner) };
    }
    case "push":
      return { verb: "push", token: cast.token, owner: act.owner };
    case "revoke":
    case "revokeDelegate":
      return { verb: act.verb, byClient: act.byClient };
    case "fund":
    case "terminate":
      return { verb: act.verb, tranches: act.tranches };
    case "extend":
      return { verb: "extend", tranche: act.tranche };
    default:
      throw new Error(`${act.verb} is no call of the escrow`);
  }
}

const only = <V extends "deliver" | "reject" | "contest" | "answer">({
  verb,
  tranche,
  round,
}: {
  verb: V;
  tranche: number;
  round: number;
}) => ({ verb, tranche, round });

const domainOf = ({ chainId, escrow }: Cast.Cast): Codec.Domain => ({ chainId, verifyingContract: escrow });

async function nonce(ledger: Rehearsal.Rehearsal, { escrow }: Cast.Cast, owner: Address): Promise<bigint> {
  return (await Escrow.read(ledger, escrow, "nonces", [owner])) as bigint;
}

/** The party's signature, where somebody else sends. */
async function authOf({ cast }: Scene, at: number, deed: Deed, call: Escrow.Call): Promise<Hex | undefined> {
  const { act, agreement, id, sender } = deed;
  const party = Cast.nameOf(act.by);
  const isRelayed = party !== undefined && party !== sender && !("signers" in act);
  if (!isRelayed || !Auth.isSignable(call.verb)) return undefined;
  const deadline = at + PATIENCE;
  const asked = act.tip?.amount ?? 0n;
  const terms = { validUntil: deadline, ...(asked > 0n ? { tip: { token: cast.token, cap: asked, deadline } } : {}) };
  const { clientDelegate, providerDelegate } = agreement.parties;
  const delegate = act.verb === "revokeDelegate" ? (act.byClient ? clientDelegate : providerDelegate) : undefined;
  const typed = Auth.typedData(
    domainOf(cast),
    id,
    call as Extract<Escrow.Call, { verb: Auth.Signable }>,
    terms,
    delegate,
  );
  return Auth.pack(terms, await signer(party).sign(typed), asked);
}

/** What the reporters sign, of whom as many as are needed do. */
async function proof(
  cast: Cast.Cast,
  reporters: Scene["reporters"],
  quorum: number,
  id: Hex,
  value: bigint,
): Promise<Hex> {
  const typed = named("Commenda Reports", cast, cast.source, "Report", "bytes32 agreement,uint256 value", {
    agreement: id,
    value,
  });
  const signatures = await Promise.all(reporters.slice(0, quorum).map(({ name }) => signer(name).sign(typed)));
  return AbiParameters.encode(AbiParameters.from("address[], bytes[]"), [
    reporters.map(({ address }) => address),
    signatures,
  ]);
}

/** The panel rules and pays in one transaction. What the escrow would refuse is not sent: the panel would only record it. */
async function rulePanel(
  { ledger, cast, members }: Scene,
  at: number,
  { agreement, id }: Deed,
  act: Act.Of<"rulePanel">,
): Promise<Receipt> {
  const terms = Codec.encode(agreement, ["parties", "work", "arbitration"]);
  const { tranche, ruling, payees } = act;
  const direct = { to: cast.escrow, data: Abi.encode("Escrow", "rulePanel", [terms, BigInt(tranche), ruling, payees]) };
  await Escrow.simulate(ledger, direct, { from: cast.arbitrator, at });
  const number = Machine.panelNumber(id, tranche);
  const signatures = await votes(cast, members, payees.length, number, ruling);
  const args = [cast.escrow, terms, BigInt(tranche), ruling, members.map(({ address }) => address), signatures];
  return send(ledger, { to: cast.arbitrator, data: Abi.encode("Panel", "decide", args) }, at);
}

/** An ERC-792 ruling: the panel plays the outside arbitrator. */
async function rule(
  { ledger, cast, members, needs }: Scene,
  at: number,
  { number, ruling }: Act.Of<"rule">,
): Promise<Receipt> {
  const signatures = await votes(cast, members, needs.panel.votes, number, ruling);
  const args = [number, ruling, members.map(({ address }) => address), signatures];
  return send(ledger, { to: cast.arbitrator, data: Abi.encode("Panel", "give", args) }, at);
}

async function send(ledger: Rehearsal.Rehearsal, transaction: Transaction, at: number): Promise<Receipt> {
  const sender = signer(Cast.ANYONE);
  await Escrow.simulate(ledger, transaction, { from: sender.address, at });
  const receipt = await ledger.send(sender, transaction, { at });
  if (!receipt.ok) throw new Reverted("0x");
  return receipt;
}

function votes(
  cast: Cast.Cast,
  members: Scene["members"],
  count: number,
  number: bigint,
  choice: bigint,
): Promise<readonly Hex[]> {
  const fields = "address arbitrable,uint256 number,uint256 choice";
  const typed = named("Commenda Panel", cast, cast.arbitrator, "Ruling", fields, {
    arbitrable: cast.escrow,
    number,
    choice,
  });
  return Promise.all(members.slice(0, count).map(({ name }) => signer(name).sign(typed)));
}

function named(
  name: string,
  { chainId }: Cast.Cast,
  verifyingContract: Address,
  primaryType: string,
  fields: string,
  message: Record<string, unknown>,
): Signer.Typed {
  const list = fields.split(",").map((field) => {
    const [type = "", label = ""] = field.split(" ");
    return { type, name: label };
  });
  return {
    domain: { name, version: "1", chainId, verifyingContract },
    types: { [primaryType]: list },
    primaryType,
    message,
  };
}

/** keccak256 of `Transfer(address,address,uint256)`. */
const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

/** What a receipt tells of the escrow and its token. */
export function told(receipt: Receipt, { token, escrow }: Cast.Cast): Performed {
  const movement = ({ topics, data }: Log): Movement => ({
    from: addressIn(topics[1]),
    to: addressIn(topics[2]),
    amount: BigInt(data),
  });
  const movements = receipt.logs
    .filter((log) => lower(log.address) === token && log.topics[0] === TRANSFER)
    .map(movement);
  return { movements, facts: Escrow.factsOf(receipt, escrow), gas: receipt.gasUsed, transactions: [receipt.hash] };
}

const addressIn = (topic: Hex = "0x"): Address => `0x${topic.slice(-40).toLowerCase()}`;
const lower = (address: Address): Address => address.toLowerCase() as Address;
