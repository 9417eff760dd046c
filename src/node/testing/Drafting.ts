/** A node for tests of agreements: a real store and ledger, a clock that the test moves, people in organisations. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InputError, Terms } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import * as Audit from "../Audit.ts";
import type { Caller, Handlers, Parts, Place, Role, User } from "../Call.ts";
import * as Config from "../Config.ts";
import * as Dispatch from "../Dispatch.ts";
import * as Events from "../Events.ts";
import * as Files from "../evidence/Files.ts";
import { agreements } from "../handlers/agreements.ts";
import { attestations } from "../handlers/attestations.ts";
import { briefs } from "../handlers/briefs.ts";
import { calls } from "../handlers/calls.ts";
import { cases } from "../handlers/cases.ts";
import { ci } from "../handlers/ci.ts";
import { comments } from "../handlers/comments.ts";
import { evidence } from "../handlers/evidence.ts";
import { homes } from "../handlers/home.ts";
import { invitations } from "../handlers/invitations.ts";
import { manifests } from "../handlers/manifests.ts";
import { members } from "../handlers/members.ts";
import { packs } from "../handlers/packs.ts";
import { papers } from "../handlers/papers.ts";
import { persons } from "../handlers/persons.ts";
import { proofs } from "../handlers/proofs.ts";
import { providers } from "../handlers/providers.ts";
import { rankings } from "../handlers/rankings.ts";
import { records } from "../handlers/records.ts";
import { standings } from "../handlers/standings.ts";
import { statements } from "../handlers/statements.ts";
import { versions } from "../handlers/versions.ts";
import * as schema from "../store/schema.ts";
import * as Database from "./Database.ts";

const OURS = {
  ...agreements,
  ...versions,
  ...comments,
  ...invitations,
  ...standings,
  ...statements,
  ...packs,
  ...homes,
};
/** What comes after: who tests it opens the agreement first. */
const LATER = {
  ...{ ...evidence, ...manifests, ...ci, ...papers, ...persons, ...members },
  ...{ ...providers, ...cases, ...proofs, ...attestations, ...records, ...briefs, ...rankings, ...calls },
};
export type Ours = keyof typeof OURS;
export const NAMES = Object.keys(OURS) as readonly Ours[];

/** Somebody in an organisation. */
export type Person = { caller: User; organisation: string };

export type Node = {
  parts: Parts;
  /** Unix seconds. */
  clock: { time: number };
  /** A person with an organisation of their own, or in another's. */
  person(name: string, given?: { organisation?: string; role?: Role; account?: string }): Promise<Person>;
  ask<N extends Ours | keyof typeof LATER>(
    name: N,
    input: unknown,
    caller?: Person | Caller,
    key?: string,
  ): Promise<Table.Output<N>>;
  close(): Promise<void>;
};

/** @param options `files`: evidence can be kept. */
export async function begin(place: Place, time: number, { files = false } = {}): Promise<Node> {
  const store = await Database.fresh();
  const events = await Events.open(store);
  const clock = { time };
  const home = mkdtempSync(join(tmpdir(), "commenda-drafting-"));
  const config = Config.read({ COMMENDA_PUBLIC_URL: "https://node.example" }, { home });
  const parts = {
    ...{ store, place, events, audit: Audit.open(), config },
    ...(files ? { files: await Files.open(config) } : {}),
    clock: { now: () => clock.time },
    // Nobody is mailed here.
    jobs: { add: async () => {} },
    // Who tests reads the ledger by hand.
    indexer: { nudge() {}, caughtUp: async () => {} },
  } as unknown as Parts;
  return {
    parts,
    clock,
    async person(name, { organisation, role = "owner", account } = {}) {
      const { db } = store;
      const user = randomUUID();
      await db.insert(schema.user).values({ id: user, name, email: `${user}@example.com` });
      const of = organisation ?? randomUUID();
      if (organisation === undefined) await db.insert(schema.organisation).values({ id: of, name: `${name} Ltd.` });
      await db.insert(schema.member).values({ organisation: of, user, role });
      if (account !== undefined) {
        const address = account.toLowerCase();
        await db.insert(schema.account).values({ address, organisation: of, kind: "wallet", name, signers: [] });
      }
      const language: InputError.Language = "en";
      return { caller: { kind: "user", user, name, language, demo: false, operator: false }, organisation: of };
    },
    async ask(name, input, who = { kind: "nobody" }, key) {
      const caller = "caller" in who ? who.caller : who;
      const request = { name, input, caller, ...(key === undefined ? {} : { key }) };
      return (await Dispatch.dispatch(parts, { ...OURS, ...LATER } as unknown as Handlers, request)) as never;
    },
    async close() {
      await events.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The example's terms at this node's escrow. */
export function termsAt({ ledger, escrow }: Place, changes: Partial<Terms.Terms> = {}): Terms.Terms {
  return Terms.example({ registrar: { kind: "chain", chainId: ledger.chainId, escrow }, ...changes });
}

/** Unix seconds at which all dates of the example lie ahead. */
export const EARLY = Date.parse("2026-12-01T00:00Z") / 1000;

/** The code of the problem, or what was thrown in its place. */
export const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "done",
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );
