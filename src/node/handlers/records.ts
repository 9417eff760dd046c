/** Track records: what the ledger paid and refunded, and nothing that anybody said. */
import { inArray } from "drizzle-orm";
import { InputError, Terms } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Deals from "../market/Deals.ts";
import * as Profile from "../market/Profile.ts";
import * as Record from "../market/Record.ts";
import * as RecordPack from "../market/RecordPack.ts";
import * as Trust from "../market/Trust.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { version } = schema;

const show: Handler<"record.show"> = async (call, { provider: id }) => {
  const { db, parts, caller } = call;
  const { name } = await Profile.rowOf(call, id);
  const at = parts.clock.now();
  const { anchors } = await Trust.of(db, { asker: Show.userOf(caller).key?.organisation, at });
  const lines = Record.linesOf(await Deals.all(db), id, anchors);
  return { provider: id, name, at: new Date(at * 1_000).toISOString(), lines };
};

const pack: Handler<"record.pack"> = async (call, { provider: id }) => {
  const { db, parts } = call;
  const { name } = await Profile.rowOf(call, id);
  const accounts = await Profile.accountsOf(db, id);
  const all = await Deals.all(db, { of: id });
  if (all.length === 0) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "Nothing was settled with this provider yet. A record begins with the first payout.",
        "该乙方尚无结算。首笔付款后即有记录。",
      ),
    );
  }
  const latest = all.toSorted((one, other) => other.settled.at - one.settled.at).slice(0, RecordPack.MOST);
  const ids = latest.map(({ ledgerId }) => ledgerId);
  const rows = await db
    .select({ ledgerId: version.ledgerId, document: version.document })
    .from(version)
    .where(inArray(version.ledgerId, ids));
  const documents = new Map(rows.map(({ ledgerId, document }) => [ledgerId, document]));
  const { ledger, escrow } = parts.place;
  const record = await RecordPack.make(ledger, {
    ...{ escrow, from: parts.config.chain?.firstBlock ?? 0, at: parts.clock.now() },
    provider: { id, name, accounts: [...accounts] },
    deals: latest.map(({ ledgerId, about: { skills, currency, held, target } }) => ({
      terms: Terms.parse(documents.get(ledgerId)),
      told: { skills: [...skills], currency, held, ...(target === undefined ? {} : { target: String(target) }) },
    })),
  });
  return { name: `record-${id}.json`, content: RecordPack.write(record) };
};

export const records = { "record.show": show, "record.pack": pack } satisfies Partial<Handlers>;
