/**
 * Notices by e-mail, to people who want them and whose address is proven. Text only. Headers hold nothing but our own
 * words and that address; what others wrote stands in the body, where it can do no more than be read.
 */
import { eq } from "drizzle-orm";
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
const { notice, user } = schema;

type Words = InputError.Words;

export type Options = { point?: (name: Point) => void };
export type Mail = { readonly worker: Worker; close(): void };

/** Where no mail server is named, the worker does nothing. */
export function open({ store, config }: Pick<Parts, "store" | "config">, { point = () => {} }: Options = {}): Mail {
  const { smtp } = config;
  if (!smtp) return { worker: async () => {}, close() {} };
  const transport = createTransport({
    url: smtp.url,
    // A server that says nothing: milliseconds.
    ...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    async worker({ notice: id = "" }) {
      const [row] = await store.db
        .select()
        .from(notice)
        .innerJoin(user, eq(user.id, notice.user))
        .where(eq(notice.id, id));
      if (!row || row.notice.mailedAt !== null || !isWanted(row.user)) return;
      const sent = await transport.sendMail(letter(config, smtp.from, row)).then(
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

/** Lines stay; what cannot be seen, or turns the direction of text, goes. */
const legible = (text: string): string => text.replaceAll(/(?!\n)[\p{Cc}\p{Cf}]+/gu, " ");

const WHY = both(
  "You receive this because notices by e-mail are on in your Commenda account. They can be switched off there.",
  "您收到此邮件，是因为您的 Commenda 账户已开启邮件通知；可在账户中关闭。",
);

const SUBJECTS: readonly [RegExp, Words][] = [
  [/^deadline\./, both("Commenda: a deadline is near", "Commenda：期限将至")],
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
