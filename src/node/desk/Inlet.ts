/**
 * The door for feedback that other systems push: whoever knows the secret of the address may, once with each message.
 * Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`), or GitHub's `X-Hub-Signature-256`.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { InputError } from "../../agreement/index.ts";
import { Forms, Problem } from "../../api/index.ts";
import { Intake as Reading } from "../../desk/index.ts";
import type { Parts } from "../Call.ts";
import * as Json from "../http/Json.ts";
import * as schema from "../store/schema.ts";
import * as Desk from "./Desk.ts";
import * as Intake from "./Intake.ts";

const { both } = InputError;
const { desk, inlet } = schema;
type Inlet = typeof inlet.$inferSelect;

export const PATH = "/v1/inlets";
/** Bytes of a message, and pieces of feedback in it. */
const LIMIT = 1_000_000;
const MOST = 500;
/** Seconds that a message may be old, or ahead. By the clock of people: a rehearsal's is another one. */
const TOLERANCE = 300;

type Options = {
  /** Unix seconds. */
  now?: () => number;
};

/** Mounted at the root. */
export function routes(given: Parts, { now = () => Math.floor(Date.now() / 1_000) }: Options = {}): Hono {
  const app = new Hono();
  const { audit } = given;
  const parts = Desk.needs(given);
  app.post(`${PATH}/:inlet`, async ({ req }) => {
    const id = req.param("inlet");
    const { db } = parts.store;
    const [found] = Forms.id.safeParse(id).success ? await db.select().from(inlet).where(eq(inlet.id, id)) : [];
    const body = await Json.read(req.raw, LIMIT);
    // The same words whether the address or the signature is wrong: nobody learns which addresses there are.
    if (!found) throw unsigned();
    const message = read(found, req.raw.headers, body, now());
    const feedback = await pieces(body);
    const taken = await parts.store.transaction(async (tx) => {
      const [of] = await tx.select().from(desk).where(eq(desk.id, found.desk));
      if (!of) throw unsigned();
      const row = Desk.going(await Desk.hold(tx, of.organisation, of.id));
      await tx.update(inlet).set({ lastAt: new Date() }).where(eq(inlet.id, found.id));
      if (!(await Intake.isFirst(tx, row, `inlet:${found.id}:${message}`))) return undefined;
      const source = `inlet/${found.name}`.slice(0, 60);
      const { folded, fresh } = await Intake.take(
        parts,
        tx,
        row,
        { pieces: feedback.pieces, source },
        parts.clock.now(),
      );
      await audit.append(tx, {
        ...{ at: new Date(parts.clock.now() * 1_000), by: `inlet:${found.id}`, did: "desk.take" },
        ...{ organisation: row.organisation, facts: { desk: row.id, tickets: fresh.length } },
      });
      return { folded, tickets: fresh.length };
    });
    const { bad } = feedback;
    const answer = taken ? { ...taken, feedback: feedback.pieces.length, bad } : { known: true };
    // Taken, and decided by a job: who pushes does not wait.
    return new Response(JSON.stringify(answer), { status: 202, headers: { "content-type": "application/json" } });
  });
  return app;
}

/** @returns the message's own name, by which it is known when it comes again. Throws `wrong-signature`. */
export function read(
  { scheme, secret }: Pick<Inlet, "scheme" | "secret">,
  headers: Headers,
  body: string,
  now: number,
) {
  if (scheme === "github") {
    const given = headers.get("x-hub-signature-256") ?? "";
    const right = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    if (!isSame(given, right)) throw unsigned();
    // Not by its header, which nobody signed: another name would bring the same body in again.
    return createHash("sha256").update(body).digest("hex");
  }
  const [id, timestamp] = [headers.get("webhook-id") ?? "", headers.get("webhook-timestamp") ?? ""];
  const isFresh = /^\d{1,12}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= TOLERANCE;
  if (!/^[!-~]{1,200}$/.test(id) || !isFresh) throw unsigned();
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const right = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  const given = (headers.get("webhook-signature") ?? "").split(" ");
  if (!given.some((one) => isSame(one, `v1,${right}`))) throw unsigned();
  return id;
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** One object, a list of them, `{feedback: [...]}`, or an issue as GitHub tells of it. */
async function pieces(body: string) {
  const value = Json.parse(body) as unknown;
  const isRecord = (one: unknown): one is Record<string, unknown> =>
    typeof one === "object" && one !== null && !Array.isArray(one);
  const told = isRecord(value) ? (value.feedback ?? value.issue ?? value.data ?? value) : value;
  const list = (Array.isArray(told) ? told : [told]).slice(0, MOST);
  const read = list.map((one, index): Intake.Piece | Reading.Bad => {
    if (!isRecord(one)) return { at: index + 1, why: both("this is no object", "这不是对象") };
    const reference = one.reference ?? one.html_url ?? one.id;
    const name = typeof reference === "string" || typeof reference === "number" ? String(reference) : undefined;
    return { ...Reading.read(one, index + 1), ...(name === undefined ? {} : { reference: name.slice(0, 200) }) };
  });
  return {
    pieces: read.filter((one): one is Intake.Piece => "text" in one),
    bad: read.filter((one): one is Reading.Bad => "why" in one).map(({ at, why }) => ({ at, why })),
  };
}

const unsigned = () =>
  new Problem.Problem(
    "wrong-signature",
    both(
      "There is no such address, or the message is not signed by its secret, or it is older than five minutes. Sign it anew.",
      "没有此地址，或消息未以其密钥签名，或已超过五分钟。请重新签名。",
    ),
  );
