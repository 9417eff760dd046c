/** Takes an agreement over by its pack: what it proves is judged against the ledger, and who asks proves a right to a seat. */
import { eq, inArray, sql } from "drizzle-orm";
import { InputError, Party, type Terms } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Pack from "../../ledger/Pack.ts";
import * as Access from "../Access.ts";
import type { Call, Place, SeatRole } from "../Call.ts";
import * as Standings from "../index/Standings.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Save from "./Save.ts";
import * as Show from "./Show.ts";

const { both } = InputError;
const { agreement, account, seat } = schema;

type Whole = Pack.Pack & { readonly agreement: { readonly kind: "terms"; readonly terms: Terms.Terms } };
type Wish = { organisation: string; role: SeatRole };

type Here = Pick<Call, "parts" | "db" | "caller" | "note">;

/** Reads it. Throws `wrong-file` for what is no pack, keeps its terms private, or belongs to another escrow. */
export function read(file: string, { ledger, escrow }: Place): Whole {
  const pack = parsed(file);
  if (pack.ledger.chainId !== ledger.chainId || pack.ledger.escrow !== escrow) {
    throw wrong(
      both(
        `The pack is of chain ${pack.ledger.chainId}, escrow ${pack.ledger.escrow}; this node works on chain ${ledger.chainId}, escrow ${escrow}. Use a node of that chain.`,
        `该证明包属于链 ${pack.ledger.chainId} 的托管合约 ${pack.ledger.escrow}；本节点位于链 ${ledger.chainId}、托管合约 ${escrow}。请使用该链的节点。`,
      ),
    );
  }
  if (!isWhole(pack)) {
    throw wrong(
      both(
        "The pack keeps the terms private. Ask for one made with the terms.",
        "该证明包未公开条款。请索取含条款的证明包。",
      ),
    );
  }
  return pack;
}

const isWhole = (pack: Pack.Pack): pack is Whole => pack.agreement.kind === "terms";

/** Throws `wrong-file` for what is no pack. */
export function parsed(file: string): Pack.Pack {
  try {
    return Pack.read(file);
  } catch (error) {
    if (error instanceof InputError.BadInput) {
      const [first] = error.problems;
      throw wrong(
        both(
          `The pack has ${error.problems.length} wrong fields; the first: ${first?.words.en ?? ""} Get it again.`,
          `证明包有 ${error.problems.length} 处错误，首个：${first?.words.zh ?? ""}请重新获取。`,
        ),
      );
    }
    if (error instanceof InputError.CommendaError) throw wrong(error.words);
    throw error;
  }
}

/** Holds it against the ledger. Throws `wrong-file` with every statement that is wrong. */
export async function verify(pack: Whole, { ledger }: Place): Promise<void> {
  const findings = await Pack.verify(pack, { ledger });
  if (Pack.sound(findings)) return;
  const bad = findings.filter(({ proven }) => proven === false).slice(0, 20);
  const list = (language: "en" | "zh") =>
    bad.map(({ what, why }) => `\n- ${what[language]}: ${why[language]}`).join("");
  throw wrong(
    both(
      `The pack does not hold against the ledger:${list("en")}\nGet a new one from whoever made it.`,
      `证明包与账本不符：${list("zh")}\n请向制作者重新索取。`,
    ),
  );
}

/** Throws `forbidden` where none of the organisation's accounts is who the terms name for that seat. */
export async function prove(db: Db, { terms }: Whole["agreement"], { organisation, role }: Wish): Promise<void> {
  if (role === "reader") return;
  const address = named(terms, role);
  const rows = await db
    .select({ address: account.address })
    .from(account)
    .where(eq(account.organisation, organisation));
  if (address !== undefined && rows.some((row) => row.address.toLowerCase() === address)) return;
  throw Access.forbidden(
    address === undefined
      ? both(`a ${role} that the terms name; they name none`, "条款所指名者（条款未指名）")
      : both(
          `the organisation with the account ${address}, the ${role} of the terms,`,
          `拥有条款所载账户 ${address} 的组织`,
        ),
  );
}

function named({ parties, arbitration, outcome }: Terms.Terms, role: Exclude<SeatRole, "reader">): string | undefined {
  const address = {
    client: parties.client.address,
    provider: parties.provider.address,
    arbitrator: arbitration.by?.address,
    reporter: outcome?.source,
  }[role];
  return address === undefined ? undefined : Party.toAddress(address);
}

/** The agreement with the seat, made or joined. Its standing follows from the facts that are known. @returns its id. */
export async function take(here: Here, pack: Whole, wish: Wish): Promise<string> {
  const { db } = here;
  // Two who take over the same one at once find each other.
  await db.execute(sql`select pg_advisory_xact_lock(hashtext(${pack.id}))`);
  await prove(db, pack.agreement, wish);
  const id = (await known(here, pack, wish)) ?? (await make(here, pack, wish));
  await Standings.follow(db, [pack.id]);
  return id;
}

const make = (here: Here, { agreement: { terms } }: Whole, wish: Wish): Promise<string> =>
  Save.begin(here, { ...wish, document: terms, status: "signed" });

/**
 * One that is here already: the organisation's own, or one to join. A pack is made to be shown around, so it opens nobody
 * else's drafts and files: joined is only what a proven party has, beside nobody unproven, and only by who is named.
 */
async function known({ parts, db }: Here, pack: Whole, { organisation, role }: Wish): Promise<string | undefined> {
  const rows = await db
    .select({ id: agreement.id })
    .from(agreement)
    .where(eq(agreement.ledgerId, pack.id))
    .orderBy(agreement.createdAt)
    // Rows before events, as everywhere: nobody waits for each other.
    .for("update");
  if (rows.length === 0) return undefined;
  const ids = rows.map(({ id }) => id);
  const seats = await db.select().from(seat).where(inArray(seat.agreement, ids));
  const of = Map.groupBy(seats, (one) => one.agreement);
  const own = ids.find((id) => of.get(id)?.some((one) => one.organisation === organisation && one.role === role));
  if (own !== undefined || role === "reader") return own;
  const { terms } = pack.agreement;
  const owners = await db
    .select({ organisation: account.organisation, address: account.address })
    .from(account)
    .where(inArray(account.organisation, [...new Set(seats.map((one) => one.organisation))]));
  const isProven = (one: (typeof seats)[number]) =>
    Show.isSide(one.role) &&
    owners.some(
      ({ organisation, address }) =>
        organisation === one.organisation && address === named(terms, one.role as Show.Side),
    );
  const free = ids.find((id) => {
    const parties = (of.get(id) ?? []).filter((one) => Show.isSide(one.role));
    return parties.length > 0 && parties.every(isProven) && !parties.some((one) => one.role === role);
  });
  if (free === undefined) return undefined;
  await db.insert(seat).values({ agreement: free, organisation, role });
  await Save.touch(db, free);
  await parts.events.append(db, { kind: "agreement.changed", agreement: free, data: { role, organisation } });
  return free;
}

const wrong = (words: InputError.Words): Problem.Problem => new Problem.Problem("wrong-file", words);
