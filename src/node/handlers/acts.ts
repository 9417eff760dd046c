/** Acts on the ledger: what each would do, taken from who may, sent once, and what came of it. */
import { and, desc, eq, lt, or } from "drizzle-orm";
import { TypedData } from "ox";
import { Effect, InputError, type Machine, type State } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import * as Auth from "../../ledger/Auth.ts";
import { ActRefused, Reverted } from "../../ledger/Errors.ts";
import type { Address, Hex, Transaction as Sending } from "../../ledger/Ledger.ts";
import type { Signer, Typed } from "../../ledger/Signer.ts";
import * as Access from "../Access.ts";
import type { Call, Handlers, Seat } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Personas from "../identity/Personas.ts";
import * as Quota from "../identity/Quota.ts";
import * as Standings from "../index/Standings.ts";
import * as Page from "../Page.ts";
import * as Asked from "../relay/Asked.ts";
import * as Authority from "../relay/Authority.ts";
import * as Batch from "../relay/Batch.ts";
import * as Forecast from "../relay/Forecast.ts";
import * as Funds from "../relay/Funds.ts";
import * as Subject from "../relay/Subject.ts";
import * as Transaction from "../relay/Transaction.ts";
import * as Wanted from "../relay/Wanted.ts";
import * as Speech from "../Speech.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { act, account } = schema;

/** Milliseconds that an answer waits for the ledger. */
const PATIENCE = 10_000;
/** Seconds that a persona's signature is good for. */
const WEEK = 7 * 86_400;

/** Acts an hour that the node sends at its cost for one user. */
const sponsored = Quota.open(600);

type Asks = Pick<Call, "parts" | "db" | "seats">;
type Scene = {
  subject: Subject.Subject;
  state: State.State;
  wanted: Wanted.Wanted;
  authority: Authority.Authority;
  /** Seats of the caller that the act is for. */
  seats: readonly Seat[];
  at: number;
};

/** What is asked, in the ledger's terms. Throws where it makes no sense, or is not the caller's to ask. */
async function sceneOf({ parts, db, seats }: Asks, id: string, asked: Wanted.Act): Promise<Scene> {
  const { place } = parts;
  const subject = await Subject.latest(db, place, id);
  const state = await Standings.stateOf(db, place, subject.ledgerId, subject.terms);
  const wanted = await Wanted.make({ db, place, subject, state, seats }, asked);
  const authority = await Authority.of(place, subject, state, wanted);
  const fit = authority.seats.length === 0 ? seats : seats.filter(({ seat }) => authority.seats.includes(seat));
  if (fit.length === 0) throw Access.forbidden(SEATS[authority.seats[0] ?? "client"]);
  return { subject, state, wanted, authority, seats: fit, at: await Forecast.time(parts) };
}

const SEATS: Readonly<Record<Seat["seat"], InputError.Words>> = {
  client: both("the client", "甲方"),
  provider: both("the provider", "乙方"),
  arbitrator: both("the arbitrator", "仲裁人"),
  reporter: both("the reporter", "报告人"),
  reader: both("a party", "当事人"),
};

/** What it would do. Throws `ActRefused`, `Reverted` or `act-refused` where the ledger would refuse it now. */
async function foresee({ parts, db }: Asks, scene: Scene): Promise<readonly Effect.Effect[]> {
  const { place } = parts;
  const { subject } = scene;
  const change = await changeOf(place, scene);
  if (!change) return [];
  const kept = async (owner: Address) => (await Funds.persona(db, owner)) !== undefined;
  await Forecast.affordable({ place, subject }, Funds.pulls(change), kept);
  return Effect.of(scene.state, change, Speech.speech(subject.terms));
}

/** Nothing known where only the ledger can say that it would. Throws where the rules refuse the act. */
async function changeOf(place: Call["parts"]["place"], scene: Scene): Promise<Machine.Change | undefined> {
  const { subject, authority } = scene;
  const by = authority.signers[0] ?? sender(scene) ?? place.relayer?.address ?? subject.agreement.parties.client;
  return (await Forecast.foresee({ place, ...scene, by })).change;
}

/** In one go by a contract account of the caller's. Nothing where the rules refuse the act, or it has no such account. */
async function batchOf({ parts, db }: Asks, scene: Scene, transaction: Sending, validUntil: number) {
  const { place } = parts;
  const { subject, wanted, authority, seats } = scene;
  const isOpening = wanted.verb === "open" || wanted.verb === "amend";
  const owners = isOpening ? [subject.agreement.parties.client] : authority.signers;
  let change: Machine.Change | undefined;
  try {
    change = await changeOf(place, scene);
  } catch (error) {
    if (error instanceof ActRefused || error instanceof Reverted) return undefined;
    throw error;
  }
  const pulls = change ? Funds.pulls(change) : [];
  const clients = isOpening ? seats.filter(({ seat }) => seat === "client") : seats;
  return Batch.of(db, { place, subject, owners, seats: clients, transaction, pulls, validUntil });
}

/** Who must send what cannot be relayed: only the client itself funds while it opens. */
function sender({ subject, wanted }: Pick<Scene, "subject" | "wanted">): Address | undefined {
  const funds = (wanted.verb === "open" || wanted.verb === "amend") && (wanted.fundNow ?? 0) !== 0;
  return funds ? subject.agreement.parties.client : undefined;
}

const prepare: Handlers["act.prepare"] = async (call, { agreement, act: asked, days }) => {
  const { place } = call.parts;
  const scene = await sceneOf(call, agreement, asked);
  const { subject, wanted, authority, at } = scene;
  const validUntil = at + days * 86_400;
  const typed = Authority.typedData(place, subject, wanted, validUntil);
  const foreseen = await foreseeOrRefuse(() => foresee(call, scene), Show.languageOf(call.caller));
  // What several sign cannot be sent by one of them.
  const own = authority.needed > 1 || wanted.verb === "rule" || wanted.verb === "report";
  const transaction = own ? undefined : await Transaction.prepare(place, subject, wanted);
  const execution = transaction && (await batchOf(call, scene, transaction, validUntil));
  return {
    allowed: "effects" in foreseen,
    ...("refusal" in foreseen ? { refusal: foreseen.refusal } : {}),
    effects: "effects" in foreseen ? foreseen.effects.map(told) : [],
    ...(typed ? { typedData: plain(typed) } : {}),
    signers: [...authority.signers],
    ...(typed && Authority.ends(wanted) ? { validUntil } : {}),
    ...(transaction?.to
      ? { transaction: { to: transaction.to, data: transaction.data, value: String(transaction.value ?? 0n) } }
      : {}),
    ...(execution ? { execution } : {}),
  };
};

const plain = (typed: Typed): Record<string, unknown> =>
  JSON.parse(TypedData.serialize(typed as TypedData.Definition)) as Record<string, unknown>;

const told = ({ says, minute }: Effect.Effect) => ({
  says: both(says.en, says.zh),
  ...(minute === undefined ? {} : { at: new Date(minute * 60_000).toISOString() }),
});

async function foreseeOrRefuse(run: () => Promise<readonly Effect.Effect[]>, language: InputError.Language) {
  try {
    return { effects: await run() };
  } catch (error) {
    const isRefusal = error instanceof ActRefused || error instanceof Reverted;
    if (isRefusal || (error instanceof Problem.Problem && error.code === "act-refused"))
      return { refusal: error.toProblem(language) };
    throw error;
  }
}

const submit: Handlers["act.submit"] = async (call, { agreement, act: asked, signature, validUntil }) => {
  const { parts, db, caller } = call;
  const { user } = Show.userOf(caller);
  const language = Show.languageOf(caller);
  const scene = await sceneOf(call, agreement, asked);
  const { subject, wanted, authority, seats } = scene;
  relayable(call, scene);
  const signed = await sign(call, scene, signature as Hex | undefined, validUntil);
  const key = Asked.keyOf(subject, wanted, authority.needed === 1 ? signed?.given : undefined);
  const before = await Asked.known(db, key);
  const joins = before?.status === "waiting" && signed !== undefined && severally(authority, wanted);
  const asking: Asked.Asking = {
    ...{ subject, act: asked, wanted, user, needed: authority.needed },
    organisations: [...new Set(seats.map(({ organisation }) => organisation))],
    ...(signed && severally(authority, wanted) ? { part: signed } : {}),
    ...(signed && !severally(authority, wanted) ? { auth: signed.signature } : {}),
  };
  if (!before) {
    await foresee(call, scene);
    sponsored.take(user, parts.clock.now());
  }
  const row = before && !joins ? before : await Asked.take(parts, db, asking, key);
  call.note({ act: row.id, verb: row.verb, status: row.status });
  call.finish(async (answer) => {
    if (answer.status === "waiting") return answer;
    const ended = await Asked.settled(parts, answer.id, PATIENCE);
    const [shown] = ended ? await Asked.shown(parts.store.db, [ended], language) : [];
    return shown ?? answer;
  });
  const [answer] = await Asked.shown(db, [row], language);
  if (!answer) throw new Error("an act that was taken is not shown");
  return answer;
};

/** Whether signatures are collected: also of a panel of one, whose ruling is not an act of the escrow. */
const severally = ({ needed }: Authority.Authority, { verb }: Wanted.Wanted): boolean =>
  needed > 1 || verb === "rule" || verb === "report";

/** Throws `state-conflict` where the parties have to send it themselves. */
function relayable({ parts }: Asks, scene: Scene): void {
  const { ledger, relayer } = parts.place;
  const { wanted } = scene;
  if (!relayer) {
    throw yourself(
      both("This node pays for no transactions.", "本节点不承担交易费用。"),
      both("Send the `transaction` of act.prepare yourself.", "请自行发送 act.prepare 所给的 transaction。"),
    );
  }
  if (sender(scene)) {
    throw yourself(
      both("Only the client itself can fund while it opens.", "仅甲方本人可在生效时注资。"),
      both(
        "Leave `fund` out and fund when it is open, or let the client send the `transaction` of act.prepare.",
        "请省略 fund，待生效后再注资；或由甲方发送 act.prepare 所给的 transaction。",
      ),
    );
  }
  if (wanted.verb === "arbitrate" && wanted.value > 0n && ledger.kind === "chain") {
    throw yourself(
      both(
        `The arbitrator asks ${wanted.value} wei, which the node does not pay.`,
        `仲裁费 ${wanted.value} wei，本节点不代付。`,
      ),
      both("Send the `transaction` of act.prepare yourself.", "请自行发送 act.prepare 所给的 transaction。"),
    );
  }
}

const yourself = (why: InputError.Words, next: InputError.Words): Problem.Problem =>
  new Problem.Problem("state-conflict", both(`${why.en} ${next.en}`, `${why.zh}${next.zh}`));

type Signed = {
  signer: Address;
  /** As it travels. */
  signature: Hex;
  /** What the caller made; absent where the node signed for a persona. */
  given?: Hex;
};

/** The signature, checked; of a demo persona made here. Throws `wrong-signature`, `bad-input`. */
async function sign(
  call: Asks,
  scene: Scene,
  given: Hex | undefined,
  until: number | undefined,
): Promise<Signed | undefined> {
  const { place } = call.parts;
  const { subject, wanted, authority, at } = scene;
  if (authority.needed === 0) return undefined;
  const ends = Authority.ends(wanted);
  if (given && ends && until === undefined) {
    throw new Problem.Problem(
      "bad-input",
      both(
        "validUntil: missing, though there is a signature. Give the one of act.prepare back with it.",
        "validUntil：缺失。提交签名时须附上 act.prepare 所给的值。",
      ),
      { field: "validUntil" },
    );
  }
  const validUntil = given ? (until ?? 0) : at + WEEK;
  const typed = Authority.typedData(place, subject, wanted, validUntil);
  if (!typed) return undefined;
  const pack = (signature: Hex): Hex => (ends ? Auth.pack({ validUntil }, signature) : signature);
  if (given) {
    const signer = await Authority.signerOf(place.ledger, typed, given, authority.signers, ends);
    return { signer, signature: pack(given), given: pack(given) };
  }
  const persona = await personaOf(call, scene);
  if (persona) return { signer: persona.address, signature: pack(await persona.sign(typed)) };
  const expected = authority.signers.join(", ");
  throw new Problem.Problem(
    "wrong-signature",
    both(
      `The act needs the signature of ${expected}. Ask act.prepare for what is signed, and give \`signature\` and \`validUntil\`.`,
      `该操作需要 ${expected} 的签名。请用 act.prepare 获取待签内容，并提供 signature 与 validUntil。`,
    ),
    { expected: authority.signers },
  );
}

/** The key that the node keeps for one of the caller's organisations, if it is one of those who sign. */
async function personaOf({ db }: Asks, { authority, seats }: Scene): Promise<Signer | undefined> {
  for (const { organisation } of seats) {
    const rows = await db
      .select({ address: account.address })
      .from(account)
      .where(and(eq(account.organisation, organisation), eq(account.kind, "demo")));
    const found = rows.find(({ address }) => authority.signers.includes(address as Address));
    if (found) return Personas.signerOf(db, organisation, found.address);
  }
  return undefined;
}

const list: Handlers["act.list"] = async ({ db, caller }, { agreement, after, limit }) => {
  const from = Page.afterTime(after);
  const before = from && or(lt(act.createdAt, from.at), and(eq(act.createdAt, from.at), lt(act.id, from.id)));
  const rows = await db
    .select()
    .from(act)
    .where(and(eq(act.agreement, agreement), before))
    .orderBy(desc(act.createdAt), desc(act.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  return { ...page, items: await Asked.shown(db, page.items, Show.languageOf(caller)) };
};

const show: Handlers["act.show"] = async ({ db, caller }, input) => {
  const rows = await db
    .select()
    .from(act)
    .where(and(eq(act.agreement, input.agreement), eq(act.id, input.act)));
  const [shown] = await Asked.shown(db, rows, Show.languageOf(caller));
  if (!shown) throw Problem.notFound(both("act", "操作"));
  return shown;
};

export const acts = {
  "act.prepare": prepare,
  "act.submit": submit,
  "act.list": list,
  "act.show": show,
} satisfies Partial<Handlers>;
