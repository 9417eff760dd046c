/** Where build services report to: what they say is kept as evidence, byte for byte, once. */
import { createHash, randomUUID } from "node:crypto";
import { and, count, eq, isNull, or } from "drizzle-orm";
import { Hono } from "hono";
import { InputError } from "../../agreement/index.ts";
import { Forms, Problem } from "../../api/index.ts";
import type { Parts } from "../Call.ts";
import * as Json from "../http/Json.ts";
import * as Room from "../store/Room.ts";
import * as schema from "../store/schema.ts";
import * as Build from "./Build.ts";
import * as Evidence from "./Evidence.ts";

const { both } = InputError;
const { ciAddress, ciReport } = schema;

export const PATH = "/v1/ci";
/** Bytes of a body; those of builds have some tens of thousands. */
export const LIMIT = 1_000_000;
/** Reports of one address: a build an hour, for a year. */
const MOST = 10_000;

/** Of an address that is not there: to check a signature against, so that nobody learns which are. */
const NOBODY = { secret: "no address has this secret", source: "github" } as const;

const open = (id: string) => and(eq(ciAddress.id, id), isNull(ciAddress.removedAt));

type Address = typeof ciAddress.$inferSelect;

/** Mounted at the root. Whoever has the secret may report, and do nothing else. */
export function routes(parts: Parts): Hono {
  const app = new Hono();

  app.post(`${PATH}/:address`, async ({ req }) => {
    const { raw } = req;
    const id = req.param("address");
    const [row] = Forms.id.safeParse(id).success ? await parts.store.db.select().from(ciAddress).where(open(id)) : [];
    const body = await Json.read(raw, LIMIT);
    // A token says by itself which service it is of; without one it can only be signed.
    const source = row?.source ?? (raw.headers.has("x-gitlab-token") ? "gitlab" : NOBODY.source);
    if (!Build.isSigned(source, row?.secret ?? NOBODY.secret, raw.headers, body) || !row) throw unsigned();
    const build = Build.read(source, raw.headers.get("x-github-event") ?? undefined, Json.parse(body));
    if (!build) return answer({ kept: false });
    const report = await keep(parts, row, { build, body, delivery: Build.deliveryOf(source, raw.headers) });
    return answer({ kept: true, report });
  });

  return app;
}

const answer = (body: unknown) => Response.json(body, { headers: { "cache-control": "no-store" } });

const unsigned = () =>
  new Problem.Problem(
    "wrong-signature",
    both(
      "There is no such address, or the request is not signed with its secret. Compare address and secret with what was shown when it was made, or rotate the secret.",
      "没有该地址，或请求未以其密钥签名。请核对创建时显示的地址与密钥，或更换密钥。",
    ),
  );

type Said = { build: Build.Build; body: string; delivery: string | undefined };

/** The id of the report: of the one that is there already, where the same was said before. */
async function keep(parts: Parts, address: Address, { build, body, delivery }: Said): Promise<string> {
  const bytes = Buffer.from(body);
  const bodyHash = createHash("sha256").update(bytes).digest("hex");
  const number = delivery ?? bodyHash;
  const known = async (db: Parts["store"]["db"]) => {
    const same = or(eq(ciReport.delivery, number), eq(ciReport.bodyHash, bodyHash));
    const [found] = await db
      .select({ id: ciReport.id })
      .from(ciReport)
      .where(and(eq(ciReport.address, address.id), same));
    return found?.id;
  };
  const before = await known(parts.store.db);
  if (before !== undefined) return before;
  if (!parts.files.hasRoom(bytes.length)) throw Room.none();
  const { agreement, organisation, user, source } = address;
  const object = randomUUID();
  // Bytes before the row that names them: a crash in between leaves an object that nothing refers to.
  await parts.files.put(object, bytes);
  const made = await parts.store.transaction(async (tx) => {
    // One after the other: two of the same at once would each find nothing.
    const [still] = await tx.select().from(ciAddress).where(open(address.id)).for("update");
    if (!still) throw unsigned();
    const other = await known(tx);
    if (other !== undefined) return other;
    const [{ has } = { has: 0 }] = await tx
      .select({ has: count() })
      .from(ciReport)
      .where(eq(ciReport.address, address.id));
    if (has >= MOST) throw full();
    const name = `${source}-${build.kind}-${build.commit.slice(0, 12)}.json`;
    const about = { agreement, name, size: bytes.length, readers: undefined, object };
    const row = await Evidence.create(tx, { ...about, user, organisation });
    await tx.insert(ciReport).values({
      ...{ id: row.id, agreement, address: address.id, source, delivery: number, bodyHash },
      ...{ kind: build.kind, repository: build.repository, commit: build.commit, name: build.name },
      ...{ conclusion: build.conclusion, url: build.url ?? null },
    });
    await parts.audit.append(tx, {
      ...{ at: new Date(parts.clock.now() * 1000), by: `ci:${address.id}`, did: "report.take", organisation },
      ...{ object: agreement, facts: { report: row.id } },
    });
    return row;
  });
  if (typeof made === "string") {
    await parts.files.erase(object);
    return made;
  }
  await Evidence.complete(parts, made);
  return made.id;
}

const full = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      `The address has taken ${MOST} reports, which is all that it takes. Make another one.`,
      `该地址已接收 ${MOST} 份报告，达到上限。请新建地址。`,
    ),
  );
