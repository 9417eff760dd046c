/**
 * A node as a stage: every act goes through its API alone, asked for by the people whom it concerns, each with a client
 * and, unless the node keeps it for a demonstration, a key of their own.
 */

import type * as z from "zod";
import { Dispute, Evidence, type InputError, Outcome, Refusal, Share, State, Terms } from "../agreement/index.ts";
import { type Client, ProblemError } from "../api/client.ts";
import type { act as form } from "../api/operations/acts.ts";
import * as Abi from "../ledger/Abi.ts";
import type { Address, Hex, Ledger } from "../ledger/Ledger.ts";
import type { Typed } from "../ledger/Signer.ts";
import * as Cast from "./Cast.ts";
import * as LedgerStage from "./LedgerStage.ts";
import type { Deed, Listing, Needs, Performed, Stage } from "./Stage.ts";

type Act = z.input<typeof form>;
type Role = "client" | "provider" | "arbitrator" | "reporter";

/** Somebody at a node. */
export type Actor = {
  readonly client: Client;
  readonly organisation: string;
  /** Absent where the node keeps the key. */
  readonly sign?: (typed: Typed) => Promise<Hex>;
};

/** A node, and what lies outside of it: the ledger that it works on, the people, and time. */
export type Site = {
  readonly ledger: Ledger;
  readonly name: InputError.Words;
  readonly escrow: Address;
  readonly token: Address;
  /** Contracts that the agreement names: of a panel, and of those who attest. */
  place(needs: Needs): Promise<{ arbitrator: Address; source: Address }>;
  /** By the name of a stand-in. */
  actor(name: string): Promise<Actor>;
  /** Resolves when it is this minute; others may act in between. */
  reach(minute: number): Promise<void>;
  list?(listing: Listing): Promise<void>;
};

export async function open(site: Site, needs: Needs): Promise<Stage> {
  const { arbitrator, source } = await site.place(needs);
  const cast: Cast.Cast = {
    ...{ chainId: site.ledger.chainId, escrow: site.escrow, token: site.token },
    ...{ arbitrator, source },
  };
  const scene: Scene = { site, cast, needs, ids: new Map() };
  return {
    name: site.name,
    cast,
    async perform(minute, deed) {
      await site.reach(minute);
      try {
        return await perform(scene, deed);
      } catch (error) {
        const refusal = refusalIn(error);
        if (refusal) return refusal;
        throw error;
      }
    },
    async list(minute, listing) {
      await site.reach(minute);
      await site.list?.(listing);
    },
    close: async () => {},
  };
}

/** `ids`: of the node, by those of the ledger. */
type Scene = { site: Site; cast: Cast.Cast; needs: Needs; ids: Map<Hex, string> };

async function perform(scene: Scene, deed: Deed): Promise<Performed> {
  const { act, id, terms, sender } = deed;
  if (!scene.ids.has(id)) scene.ids.set(id, await agree(scene, terms, act.verb !== "revoke"));
  const by = Cast.nameOf("by" in act ? act.by : State.ZERO) ?? sender;
  switch (act.verb) {
    case "open": {
      const opened = await one(scene, deed, partyOf(sender), { verb: "open" });
      if (act.fundNow === 0) return opened;
      // Nobody else may fund while opening: through a relayer it takes a second act.
      return both(opened, await one(scene, deed, "client", { verb: "fund", milestones: names(terms, act.fundNow) }));
    }
    case "amend": {
      if (!deed.next) throw new Error("a change order has its terms");
      const next = await agree(scene, deed.next, true);
      scene.ids.set(act.nextId, next);
      const amended = await one(scene, deed, partyOf(sender), { verb: "amend", by: next });
      if (act.fundNow === 0) return amended;
      const later = { ...deed, id: act.nextId, terms: deed.next };
      return both(
        amended,
        await one(scene, later, "client", { verb: "fund", milestones: names(deed.next, act.fundNow) }),
      );
    }
    case "settle": {
      const { verb, toProvider, toClient, depositsToProvider, depositsToClient } = act;
      const split = { toProvider, toClient, depositsToProvider, depositsToClient };
      const asked = Object.fromEntries(Object.entries(split).map(([name, units]) => [name, units.toString()]));
      return several(scene, deed, ["provider", "client"], { verb, ...asked } as Act);
    }
    case "rule":
    case "rulePanel": {
      const members = Cast.ascending(scene.needs.panel.members, Cast.panelist).slice(0, scene.needs.panel.votes);
      const bps = Dispute.shareOf(act.ruling);
      const tranche = act.verb === "rulePanel" ? act.tranche : trancheOf(deed);
      const share = bps === undefined ? {} : { share: Share.format(bps) };
      const asked: Act = { verb: "rule", milestone: name(terms, tranche), ...share };
      return several(
        scene,
        deed,
        members.map((member) => member.name),
        asked,
      );
    }
    case "report": {
      const { count, quorum } = scene.needs.reporters;
      const reporters = Cast.ascending(count, Cast.reporter).slice(0, quorum);
      return several(
        scene,
        deed,
        reporters.map((reporter) => reporter.name),
        { verb: "report", value: act.value.toString() },
      );
    }
    default:
      return one(scene, deed, by === Cast.ANYONE ? "client" : by, plain(deed));
  }
}

/** An act of one person, as the API asks for it. */
function plain({ act, terms, id }: Deed): Act {
  const paper = (what: string, ...numbers: number[]): Hex => Evidence.contentHash([id, what, ...numbers].join(" "));
  switch (act.verb) {
    case "revoke":
    case "revokeDelegate":
      return { verb: act.verb };
    case "fund":
    case "terminate":
    case "accept":
      return { verb: act.verb, milestones: [...names(terms, act.tranches)] };
    case "deliver":
      return {
        verb: act.verb,
        milestone: name(terms, act.tranche),
        commitment: paper("deliverable", act.tranche, act.round),
      };
    case "acceptPart": {
      const commitment = paper("reasons", act.tranche, act.round);
      return { verb: act.verb, milestone: name(terms, act.tranche), share: Share.format(act.shareBps), commitment };
    }
    case "reject":
    case "contest":
      return {
        verb: act.verb,
        milestone: name(terms, act.tranche),
        commitment: paper("reasons", act.tranche, act.round),
      };
    case "answer":
    case "arbitrate":
    case "claim":
    case "extend":
      return { verb: act.verb, milestone: name(terms, act.tranche) };
    case "namePayee":
      return { verb: act.verb, payee: lower(act.payee) };
    case "redirect":
      return { verb: act.verb, to: lower(act.to), amount: act.amount.toString() };
    case "push":
      return { verb: act.verb, owner: lower(act.owner) };
    default:
      throw new Error(`${act.verb} is nobody's alone`);
  }
}

/** Client and provider agree at the node: a draft, an invitation, and two signatures. @returns its id there. */
async function agree({ site, needs }: Scene, terms: Terms.Terms, signed: boolean): Promise<string> {
  const [client, provider] = [await site.actor("client"), await site.actor("provider")];
  const document = JSON.parse(Terms.canonical(terms)) as Record<string, unknown>;
  const draft = { organisation: client.organisation, side: "client", document } as const;
  const { id: agreement } = await client.client.call("POST /v1/agreements", draft);
  const invite = async (role: Role, { client: invited, organisation }: Actor) => {
    const { url } = await client.client.call("POST /v1/agreements/{agreement}/invitations", { agreement, role });
    const token = url.slice(url.lastIndexOf("/") + 1);
    await invited.call("POST /v1/invitations/{token}/accept", { token, organisation });
  };
  await invite("provider", provider);
  if (terms.arbitration.by) {
    for (const member of Cast.ascending(needs.panel.members, Cast.panelist))
      await invite("arbitrator", await site.actor(member.name));
  }
  if (terms.outcome?.metric === "reported") {
    for (const one of Cast.ascending(needs.reporters.count, Cast.reporter))
      await invite("reporter", await site.actor(one.name));
  }
  if (signed) {
    for (const [side, { client: signing, sign }] of [
      ["client", client],
      ["provider", provider],
    ] as const) {
      const { version, typedData } = await signing.call("GET /v1/agreements/{agreement}/signing", { agreement });
      const signature = sign ? { signature: await sign(typed(typedData)) } : {};
      await signing.call("POST /v1/agreements/{agreement}/signatures", { agreement, side, version, ...signature });
    }
  }
  return agreement;
}

type Sent = {
  status: string;
  transaction?: string | undefined;
  problem?: Readonly<Record<string, unknown>> | undefined;
};

async function one(scene: Scene, deed: Deed, name: string, act: Act): Promise<Performed> {
  const sent = await send(scene, deed, name, act);
  return done(scene, sent);
}

/** The same act by each, until enough have signed it. */
async function several(scene: Scene, deed: Deed, people: readonly string[], act: Act): Promise<Performed> {
  let sent: Sent = { status: "waiting" };
  for (const name of people) sent = await send(scene, deed, name, act);
  return done(scene, sent);
}

async function send({ site, ids }: Scene, { id }: Deed, name: string, act: Act): Promise<Sent> {
  const { client, sign } = await site.actor(name);
  const agreement = ids.get(id) ?? "";
  if (!sign) return client.call("POST /v1/agreements/{agreement}/acts", { agreement, act });
  const prepared = await client.call("POST /v1/agreements/{agreement}/acts/prepare", { agreement, act });
  if (prepared.refusal) throw new ProblemError(prepared.refusal, 422);
  const { typedData, validUntil } = prepared;
  const signed = typedData ? { signature: await sign(typed(typedData)) } : {};
  const until = validUntil === undefined ? {} : { validUntil };
  return client.call("POST /v1/agreements/{agreement}/acts", { agreement, act, ...signed, ...until });
}

async function done({ site, cast }: Scene, { status, transaction, problem }: Sent): Promise<Performed> {
  if (problem) throw new ProblemError(problem, 422);
  const receipt = transaction === undefined ? undefined : await site.ledger.receipt(transaction as Hex);
  if (status !== "done" || !receipt) throw new Error(`the act is ${status}, and not done`);
  return LedgerStage.told(receipt, cast);
}

const both = (first: Performed, second: Performed): Performed => ({
  movements: [...first.movements, ...second.movements],
  facts: [...first.facts, ...second.facts],
  gas: (first.gas ?? 0n) + (second.gas ?? 0n),
  transactions: [...first.transactions, ...second.transactions],
});

/** A rule's refusal, as the node told it. */
function refusalIn(error: unknown): Refusal.Refusal | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const { refused, facts } = error.problem;
  if (typeof refused !== "string" || !Refusal.isName(refused)) return undefined;
  return Refusal.of(refused, (facts ?? {}) as Refusal.Facts);
}

const partyOf = (sender: string): "client" | "provider" => (sender === "provider" ? "provider" : "client");
const lower = (address: Address): Address => address.toLowerCase() as Address;
const name = ({ milestones }: Terms.Terms, tranche: number): string => milestones[tranche]?.name ?? Outcome.NAME;
const names = (terms: Terms.Terms, mask: number): string[] =>
  [0, 1, 2, 3, 4, 5, 6, 7].filter((tranche) => (mask >> tranche) & 1).map((tranche) => name(terms, tranche));
/** Integers come as text. */
const typed = (data: Record<string, unknown>): Typed => data as unknown as Typed;

/** Of an outside arbitrator's ruling: the one tranche that is before it. */
function trancheOf({ agreement }: Deed): number {
  if (agreement.work.tranches.length === 1) return 0;
  throw new Error("an outside arbitrator's ruling names no milestone");
}

/** Play money for a stand-in, and leave for the escrow to take it. */
export async function endow(
  ledger: Ledger,
  token: Address,
  escrow: Address,
  owner: string,
  at?: number,
): Promise<void> {
  const time = at === undefined ? {} : { at };
  const call = (name: string, args: readonly unknown[]) => ({
    to: token,
    data: Abi.encode("RehearsalToken", name, args),
  });
  const signer = LedgerStage.signer(owner);
  await ledger.send(signer, call("mint", [signer.address, 2n ** 100n]), time);
  await ledger.send(signer, call("approve", [escrow, 2n ** 256n - 1n]), time);
}
