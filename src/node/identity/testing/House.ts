/** A node's inside for tests of handlers: a real store, identity and, if given, ledger; people who are signed in. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Table } from "../../../api/index.ts";
import * as Audit from "../../Audit.ts";
import type { Caller, Handlers, Parts, Place, Role, User } from "../../Call.ts";
import * as Config from "../../Config.ts";
import * as Dispatch from "../../Dispatch.ts";
import * as Events from "../../Events.ts";
import { accounts } from "../../handlers/accounts.ts";
import { balances } from "../../handlers/balances.ts";
import { emails } from "../../handlers/emails.ts";
import { keys } from "../../handlers/keys.ts";
import { me } from "../../handlers/me.ts";
import { members } from "../../handlers/members.ts";
import { organisations } from "../../handlers/organisations.ts";
import { quorums } from "../../handlers/quorums.ts";
import * as schema from "../../store/schema.ts";
import { fresh } from "../../testing/Database.ts";
import * as SignIn from "../SignIn.ts";
import * as Browser from "./Browser.ts";

export type House = {
  readonly parts: Parts;
  /** Moves the node's clock, in seconds. */
  wait(seconds: number): void;
  /** Signs in by a wallet whose key is made of the name. */
  user(name: string): Promise<User>;
  /** In an organisation, past all operations. */
  join(organisation: string, user: User, role: Role): Promise<void>;
  /** By an API key, as it came over the wire. */
  byKey(secret: string): Promise<Caller>;
  call<N extends Table.Name>(
    name: N,
    caller: Caller,
    input: Table.Input<N> | object,
    key?: string,
  ): Promise<Table.Output<N>>;
  /** The code of the problem, or `ok`. */
  codeOf<N extends Table.Name>(name: N, caller: Caller, input: object): Promise<string>;
  close(): Promise<void>;
};

const origin = "http://localhost:8420";

type Options = {
  env?: Record<string, string>;
  /** Who is told of jobs. */
  jobs?: Pick<Parts["jobs"], "add">;
};

export async function open(place: Place, begin: number, { env = {}, jobs }: Options = {}): Promise<House> {
  const home = mkdtempSync(join(tmpdir(), "commenda-house-"));
  const config = { ...Config.read(env, { home }), publicUrl: origin };
  const store = await fresh();
  let now = begin;
  const clock = {
    now: () => now,
    advance(seconds: number) {
      now += seconds;
    },
  };
  const identity = await SignIn.open({ config, store, ledger: place.ledger, clock });
  const events = await Events.open(store);
  // What these operations do not touch is not there.
  const parts = { config, store, place, clock, events, identity, jobs, audit: Audit.open() } as unknown as Parts;
  const handlers = {
    ...me,
    ...emails,
    ...organisations,
    ...members,
    ...accounts,
    ...balances,
    ...quorums,
    ...keys,
  } as unknown as Handlers;
  const house: House = {
    parts,
    wait: (seconds) => clock.advance(seconds),
    async user(name) {
      const page = Browser.open(identity, origin, `192.0.2.${name.length}`);
      await Browser.byWallet(page, origin, place.ledger.chainId, Browser.wallet(name));
      const caller = await identity.callerOf(page.headers);
      if (caller.kind !== "user") throw new Error(`${name} is not signed in`);
      return caller;
    },
    async join(organisation, { user }, role) {
      await store.db.insert(schema.member).values({ organisation, user, role });
    },
    byKey: (secret) => identity.callerOf(new Headers({ authorization: `Bearer ${secret}` })),
    call: (name, caller, input, key) =>
      Dispatch.dispatch(parts, handlers, { name, caller, input, ...(key === undefined ? {} : { key }) }) as never,
    codeOf: (name, caller, input) =>
      house.call(name, caller, input).then(
        () => "ok",
        (error) => error.code ?? error.name,
      ),
    async close() {
      await identity.close();
      await events.close();
      await store.close();
      rmSync(home, { recursive: true });
    },
  };
  return house;
}
