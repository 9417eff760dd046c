/** Profiles of providers: who offers what, and on which days. */
import { and, asc, eq, sql } from "drizzle-orm";
import { Provider, Skill } from "../../matching/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Document from "../draft/Document.ts";
import * as Bad from "../market/Bad.ts";
import * as Profile from "../market/Profile.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";

const { organisation, provider } = schema;

/** Found by a text that names some; else those that are written most like it. */
const skills: Handler<"skill.list"> = async (_, { query }) => {
  if (query === undefined || query.trim() === "") return { items: [...Skill.ALL] };
  const found = new Set([...Skill.find(query), ...Skill.near(query, 10)]);
  return { items: [...found].flatMap((name) => Skill.get(name) ?? []) };
};

const list: Handler<"provider.list"> = async ({ db }, { skill, kind, region, after, limit }) => {
  const key = Page.afterKey(after, [/^[^\0]{0,400}$/u, Page.UUID]);
  const name = skill === undefined ? undefined : (Skill.parse(skill) ?? skill);
  const has = (field: "skills" | "regions", value: string | undefined) =>
    value === undefined ? undefined : sql`${provider.profile} -> ${field} ? ${value}`;
  const rows = await db
    .select(Profile.COLUMNS)
    .from(provider)
    .innerJoin(organisation, eq(organisation.id, provider.organisation))
    .where(
      and(
        eq(provider.listed, true),
        has("skills", name),
        has("regions", region),
        kind === undefined ? undefined : sql`${provider.profile} ->> 'kind' = ${kind}`,
        key && sql`(${organisation.name}, ${provider.organisation}) > (${key[0]}, ${key[1]}::uuid)`,
      ),
    )
    .orderBy(asc(organisation.name), asc(provider.organisation))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.name, row.id]);
  const demos = await Profile.demosAmong(
    db,
    page.items.map(({ id }) => id),
  );
  return {
    ...page,
    items: page.items.map(({ id, name, profile: { kind, skills, rate, regions } }) => ({
      ...{ provider: id, name, kind, skills, rate, regions, demo: demos.has(id) },
    })),
  };
};

const show: Handler<"provider.show"> = async (call, input) =>
  Profile.full(call, await Profile.rowOf(call, input.provider));

const update: Handler<"provider.update"> = async (call, { organisation: id, about, listed, ...given }) => {
  const { db, note } = call;
  const { name: _, ...profile } = Bad.input(() => Provider.parse({ ...given, name: id }));
  Document.acceptText(about, "about");
  const row = { organisation: id, profile, about, listed, updatedAt: new Date() };
  await db.insert(provider).values(row).onConflictDoUpdate({ target: provider.organisation, set: row });
  note({ listed, skills: profile.skills.length });
  return Profile.full(call, await Profile.rowOf(call, id));
};

export const providers = {
  "skill.list": skills,
  "provider.list": list,
  "provider.show": show,
  "provider.update": update,
} satisfies Partial<Handlers>;
