/** Both sides' signatures over a version: what is signed, and by whom it was. A later version has none. */
import { and, eq } from "drizzle-orm";
import { TypedData } from "ox";
import { Codec, InputError, Sheet } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import type { Typed } from "../../ledger/Signer.ts";
import type { Handlers, Parts } from "../Call.ts";
import * as Save from "../draft/Save.ts";
import * as Show from "../draft/Show.ts";
import * as Personas from "../identity/Personas.ts";
import * as Notices from "../notify/Notices.ts";
import * as Authority from "../relay/Authority.ts";
import * as Subject from "../relay/Subject.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { account, signature: table } = schema;

const typedOf = ({ place }: Pick<Parts, "place">, { agreement }: Subject.Subject): Typed =>
  Codec.typedData(Escrow.domain(place.ledger, place.escrow), agreement) as unknown as Typed;

/** The latest version. Throws `state-conflict` where it is not complete. */
async function signable(db: Db, { place }: Pick<Parts, "place">, id: string) {
  const row = await Show.rowOf(db, id);
  const subject = await Subject.latest(db, place, id);
  if (subject.version === row.version) return { row, subject };
  throw new Problem.Problem(
    "state-conflict",
    both(
      `Version ${row.version}, the latest, is not complete. See \`problems\` of the agreement, and save a version without any.`,
      `最新的第 ${row.version} 版尚不完整。请查看协议的 problems，并保存一个没有问题的版本。`,
    ),
  );
}

const prepare: Handlers["signature.prepare"] = async ({ parts, db }, { agreement }) => {
  const { subject } = await signable(db, parts, agreement);
  const { version, ledgerId, terms } = subject;
  const typed = typedOf(parts, subject) as TypedData.Definition;
  return {
    ...{ version, ledgerId },
    typedData: JSON.parse(TypedData.serialize(typed)) as Record<string, unknown>,
    sheet: both(Sheet.text(terms, "en"), Sheet.text(terms, "zh")),
  };
};

const give: Handlers["signature.give"] = async (call, { agreement: id, side, version, signature }) => {
  const { parts, db, caller, seats } = call;
  const { user } = Show.userOf(caller);
  const row = await Show.rowOf(db, id, { lock: true });
  if (row.version !== version) {
    throw new Problem.Problem(
      "changed-meanwhile",
      both(
        `Version ${version} is not the latest: that is ${row.version}. Read what changed, then sign the latest.`,
        `第 ${version} 版不是最新版本，最新为第 ${row.version} 版。请查看变更后签署最新版本。`,
      ),
      { latest: row.version },
    );
  }
  const { subject } = await signable(db, parts, id);
  const known = await db
    .select()
    .from(table)
    .where(and(eq(table.agreement, id), eq(table.version, version)));
  if (known.some((one) => one.side === side)) return Show.full(call, id);
  if (!Show.EDITABLE.has(row.status)) {
    throw Show.conflict(
      row.status,
      both("a draft or an offer", "草稿或要约"),
      both("Only the latest version of such a one is signed.", "仅可签署其最新版本。"),
    );
  }
  const party = subject.agreement.parties[side];
  const own = await accountOf(
    db,
    seats.flatMap((one) => (one.seat === side ? [one.organisation] : [])),
    party,
    side,
  );
  const typed = typedOf(parts, subject);
  const given = await signed(call, own, typed, signature as Hex | undefined);
  const { ledgerId } = subject;
  await db.insert(table).values({ agreement: id, version, side, ledgerId, signer: party, signature: given, user });
  const status = known.length === 0 ? "offered" : "signed";
  await Save.touch(db, id, { status });
  const data = { version, side, signer: party, status };
  await parts.events.append(db, { kind: "signature.given", agreement: id, data });
  await Notices.add(parts, db, {
    ...{ agreement: id, roles: [Show.other(side)], kind: "signature.given", key: `signature:${id}:${version}:${side}` },
    says: both(
      `${subject.terms.parties[side].name.en} has signed version ${version} of "${row.title.en}".`,
      `${subject.terms.parties[side].name.zh}已签署“${row.title.zh}”第 ${version} 版。`,
    ),
  });
  call.note(data);
  return Show.full(call, id);
};

type Own = typeof account.$inferSelect;

/** The party's account, where it is one of the caller's organisation. */
async function accountOf(db: Db, organisations: readonly string[], party: Address, side: Show.Side): Promise<Own> {
  for (const organisation of organisations) {
    const [own] = await db
      .select()
      .from(account)
      .where(and(eq(account.organisation, organisation), eq(account.address, party)));
    if (own) return own;
  }
  const who = side === "client" ? both("the client", "甲方") : both("the provider", "乙方");
  throw new Problem.Problem(
    organisations.length === 0 ? "forbidden" : "state-conflict",
    organisations.length === 0
      ? both(`Your seat is not that of ${who.en}. Sign for your own side.`, `您的席位不是${who.zh}。请代表己方签署。`)
      : both(
          `The terms name ${party} for ${who.en}, which is no account of your organisation. Add that account, or save a version with one of yours.`,
          `条款中${who.zh}的账户为 ${party}，不属于贵组织。请添加该账户，或保存使用贵组织账户的版本。`,
        ),
    { field: `parties.${side}.address` },
  );
}

/** The signature, checked; of a demo persona made here. */
async function signed(
  { parts, db }: { parts: Parts; db: Db },
  own: Own,
  typed: Typed,
  signature: Hex | undefined,
): Promise<Hex> {
  const { ledger } = parts.place;
  const address = own.address as Address;
  const isContract = own.kind === "passkey" || own.kind === "threshold";
  if (isContract && (await ledger.code(address)) === "0x") {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The account ${address} is not on the ledger yet, so that nobody could check its signature. Deploy it, then sign.`,
        `账户 ${address} 尚未部署至账本，无法核验其签名。请先部署，再签署。`,
      ),
    );
  }
  if (signature === undefined && own.kind === "demo")
    return (await Personas.signerOf(db, own.organisation, address)).sign(typed);
  if (signature === undefined) {
    throw new Problem.Problem(
      "wrong-signature",
      both(
        `The signature of ${address} is missing. Ask signature.prepare for what is signed.`,
        `缺少 ${address} 的签名。请用 signature.prepare 获取待签内容。`,
      ),
      { expected: [address] },
    );
  }
  await Authority.signerOf(ledger, typed, signature, [address]);
  return signature;
}

export const signatures = { "signature.prepare": prepare, "signature.give": give } satisfies Partial<Handlers>;
