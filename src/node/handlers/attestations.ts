/** What issuers signed about an organisation, and took back; and whose word counts on this node. */
import { randomUUID } from "node:crypto";
import { and, count, eq } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import { Answer, Attestation } from "../../matching/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Document from "../draft/Document.ts";
import * as Bad from "../market/Bad.ts";
import * as Profile from "../market/Profile.ts";
import * as Trust from "../market/Trust.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { attestation, organisation, revocation } = schema;

/** Of one organisation. */
const MOST = 100;

const add: Handler<"attestation.add"> = async (call, { organisation: holder, ...given }) => {
  const { db, parts } = call;
  const [what = ""] =
    given.what === Trust.ENTITY ? [given.what] : Bad.input(() => Answer.skillsOf([given.what], "what"));
  const one = { ...given, what, issuer: given.issuer.toLowerCase(), holder };
  if (given.until <= given.from) {
    throw new Problem.Problem(
      "bad-input",
      both(
        `until: found ${given.until}, expected later than ${given.from}. Correct one of the two.`,
        `until：现为 ${given.until}，应晚于 ${given.from}。请更正其一。`,
      ),
      { field: "until", pointer: "#/until" },
    );
  }
  if (!Attestation.isSigned(one)) throw notSigned(Attestation.messageOf(Attestation.withoutSignature(one)));
  await db.select().from(organisation).where(eq(organisation.id, holder)).for("update");
  const [{ has } = { has: 0 }] = await db
    .select({ has: count() })
    .from(attestation)
    .where(eq(attestation.organisation, holder));
  if (has >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The organisation has ${has} attestations; at most ${MOST} are kept. Remove one that is over.`,
        `该组织已有 ${has} 份证明，最多 ${MOST} 份。请移除已失效的证明。`,
      ),
    );
  }
  const digest = Attestation.digestOf(Attestation.withoutSignature(one));
  const { holder: _, ...row } = one;
  await db
    .insert(attestation)
    .values({ ...row, id: randomUUID(), organisation: holder, digest })
    .onConflictDoNothing();
  call.note({ what, issuer: one.issuer });
  const all = await Profile.attestations(db, holder, parts.clock.now());
  const found = all.find((each) => each.digest === digest);
  if (!found) throw new Error("an attestation that was kept is there");
  return found;
};

/** What was to be signed is told: whoever signs by hand sees where it differs. */
const notSigned = (message: string) =>
  new Problem.Problem(
    "wrong-signature",
    both(
      `The issuer's key did not sign this attestation. Expected its EIP-191 signature over: ${message}`,
      `该签名并非签发方对本证明的签名。应为其对以下文本的 EIP-191 签名：${message}`,
    ),
    { field: "signature", message },
  );

const list: Handler<"attestation.list"> = async ({ db, parts }, { organisation: id }) => ({
  items: await Profile.attestations(db, id, parts.clock.now()),
});

const remove: Handler<"attestation.remove"> = async ({ db, note }, { organisation: id, attestation: which }) => {
  await db.delete(attestation).where(and(eq(attestation.organisation, id), eq(attestation.id, which)));
  note({ attestation: which });
  return { done: true };
};

const revoke: Handler<"attestation.revoke"> = async ({ db, note }, { digest, issuer, signature }) => {
  const message = Attestation.revocationOf(digest);
  if (!Attestation.signedBy(message, signature, issuer)) throw notSigned(message);
  await db.insert(revocation).values({ digest, issuer }).onConflictDoNothing();
  note({ digest, issuer });
  return { done: true };
};

const trust: Handler<"trust.show"> = async ({ db }) => {
  const { issuers, anchors } = await Trust.read(db);
  return { issuers: [...issuers], anchors: [...anchors] };
};

const entrust: Handler<"trust.update"> = async ({ db, note }, given) => {
  for (const { name } of [...given.issuers, ...given.anchors]) Document.acceptText(name, "name");
  await Trust.write(db, given);
  note({ issuers: given.issuers.length, anchors: given.anchors.length });
  return given;
};

export const attestations = {
  "attestation.add": add,
  "attestation.list": list,
  "attestation.remove": remove,
  "attestation.revoke": revoke,
  "trust.show": trust,
  "trust.update": entrust,
} satisfies Partial<Handlers>;
