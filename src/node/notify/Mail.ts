/**
 * Notices by e-mail, to people who want them and whose address is proven. Text only. Headers hold nothing but our own
 * words and that address; what others wrote stands in the body, where it can do no more than be read.
 */
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import { createTransport } from "nodemailer";
import { InputError } from "../../agreement/index.ts";
import type { Parts } from "../Call.ts";
import type { Config } from "../Config.ts";
import * as Site from "../identity/Site.ts";
import * as Users from "../identity/Users.ts";
import type { Worker } from "../jobs/Jobs.ts";
import * as schema from "../store/schema.ts";
import type { Point } from "./Point.ts";

const { both } = InputError;
const { notice, user, emailProof } = schema;

type Words = InputError.Words;

export type Options = { point?: (name: Point) => void };
export type Mail = { readonly worker: Worker; close(): void };

/** Where no mail server is named, the worker does nothing. */
export function open({ store, config }: Pick<Parts, "store" | "config">, { point = () => {} }: Options = {}): Mail {
  const { smtp } = config;
  if (!smtp) return { worker: async () => {}, close() {} };
  const { from } = smtp;
  const transport = createTransport({
    url: smtp.url,
    // A server that says nothing: milliseconds.
    ...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });

  /** A secret of each try: where it is sent once more, the link sent before is worth nothing. */
  async function prove(id: string): Promise<void> {
    const token = randomBytes(32).toString("base64url");
    const tokenHash = createHash("sha256").update(token).digest("hex");
    const isOpen = and(eq(emailProof.id, id), isNull(emailProof.usedAt), gt(emailProof.expiresAt, new Date()));
    const [row] = await store.db.update(emailProof).set({ tokenHash }).where(isOpen).returning();
    if (!row || !ADDRESS.test(row.email)) return;
    const [to] = await store.db.select().from(user).where(eq(user.id, row.user));
    if (!to) return;
    await transport
      .sendMail(proofLetter(config, from, { id, email: row.email, language: to.language, token }))
      .catch((error: unknown) => {
        if (!isFinal(error)) throw error;
      });
    point("notify: mailed");
  }

  return {
    async worker({ notice: id = "", proof }) {
      if (proof !== undefined) return prove(proof);
      const [row] = await store.db
        .select()
        .from(notice)
        .innerJoin(user, eq(user.id, notice.user))
        .where(eq(notice.id, id));
      if (!row || row.notice.mailedAt !== null || !isWanted(row.user)) return;
      const sent = await transport.sendMail(letter(config, from, row)).then(
        () => true,
        (error: unknown) => {
          if (isFinal(error)) return false;
          throw error;
        },
      );
      point("notify: mailed");
      // A crash before this line mails twice, under one Message-ID.
      if (sent) await store.db.update(notice).set({ mailedAt: new Date() }).where(eq(notice.id, id));
    },
    close: () => transport.close(),
  };
}

type Row = { notice: typeof notice.$inferSelect; user: typeof user.$inferSelect };

const isWanted = ({ mail, demo, email, emailVerified }: Row["user"]): boolean =>
  mail && !demo && emailVerified && Users.isReachable(email) && ADDRESS.test(email);

/** One address and nothing else: no list, no name, no second header. */
const ADDRESS = /^[^\s\p{Cc}\p{Cf}<>(),;:"\\@[\]]+@[^\s\p{Cc}\p{Cf}<>(),;:"\\@[\]]+$/u;

function letter(config: Pick<Config, "publicUrl" | "port">, from: string, { notice: told, user: to }: Row) {
  const origin = Site.originOf(config);
  const link = told.agreement === null ? origin : `${origin}/a/${told.agreement}`;
  const { [to.language]: says } = told.says;
  const { [to.language]: why } = WHY;
  return {
    ...{ from, to: { name: "", address: to.email }, subject: subjectOf(told.kind)[to.language] },
    messageId: `<notice-${told.id}@${new URL(origin).hostname}>`,
    date: told.createdAt,
    // RFC 3834: nobody's holiday answers it.
    headers: { "Auto-Submitted": "auto-generated" },
    text: `${legible(says)}\n\n${link}\n\n-- \n${why}\n`,
  };
}

type Proof = { id: string; email: string; language: InputError.Language; token: string };

/** Nothing in it is anybody's words: whoever asked chose nothing but where it goes. */
function proofLetter(config: Pick<Config, "publicUrl" | "port">, from: string, { id, email, language, token }: Proof) {
  const origin = Site.originOf(config);
  const { [language]: subject } = PROVE.subject;
  const { [language]: says } = PROVE.says;
  const { [language]: otherwise } = PROVE.otherwise;
  return {
    ...{ from, to: { name: "", address: email }, subject },
    messageId: `<email-${id}-${token.slice(0, 8)}@${new URL(origin).hostname}>`,
    headers: { "Auto-Submitted": "auto-generated" },
    text: `${says}\n\n${origin}/e/${token}\n\n-- \n${otherwise}\n`,
  };
}

const PROVE = {
  subject: both("Commenda: is this your e-mail address?", "Commenda：请验证您的邮箱地址"),
  says: both(
    "Open this link within an hour, where you are signed in, and notices of your agreements reach you here:",
    "请在一小时内、于已登录的浏览器中打开以下链接，之后协议通知将发送至此邮箱：",
  ),
  otherwise: both(
    "If you did not ask for this, do nothing: without the link nobody can use your address.",
    "若非您本人请求，请忽略本邮件：未打开链接，任何人都无法使用您的邮箱。",
  ),
};

/** Lines stay; what cannot be seen, or turns the direction of text, goes. */
const legible = (text: string): string => text.replaceAll(/(?!\n)[\p{Cc}\p{Cf}]+/gu, " ");

const WHY = both(
  "You receive this because notices by e-mail are on in your Commenda account. They can be switched off there.",
  "您收到此邮件，是因为您的 Commenda 账户已开启邮件通知；可在账户中关闭。",
);

const SUBJECTS: readonly [RegExp, Words][] = [
  [/^deadline\./, both("Commenda: a deadline is near", "Commenda：期限将至")],
  [/^email\./, both("Commenda: your e-mail address", "Commenda：您的邮箱地址")],
  [/^approval\./, both("Commenda: an approval", "Commenda：审批")],
  [/^webhook\./, both("Commenda: a webhook was switched off", "Commenda：webhook 已停用")],
  [/^(fact|act)\./, both("Commenda: news of an agreement on the ledger", "Commenda：账本上的协议有新进展")],
  [
    /^(agreement|version|comment|signature|invitation)\./,
    both("Commenda: news of an agreement", "Commenda：协议有新进展"),
  ],
];

const subjectOf = (kind: string): Words =>
  SUBJECTS.find(([form]) => form.test(kind))?.[1] ?? both("Commenda: a notice", "Commenda：通知");

/** The server will not have this letter, however often it is sent. */
function isFinal(error: unknown): boolean {
  const { code, responseCode = 0 } = (error ?? {}) as { code?: string; responseCode?: number };
  return (code === "EENVELOPE" || code === "EMESSAGE") && responseCode >= 500;
}
