/**
 * What no code can judge: named persons answer a form, each with a signature over the suite, the delivery and the
 * answers. A question that is not answered by its deadline counts as the suite says.
 */
import { PersonalMessage, Secp256k1, Signature } from "ox";
import * as z from "zod/mini";
import * as Field from "../../agreement/Field.ts";
import { type Agreement, InputError, Time } from "../../agreement/index.ts";
import type { Kind } from "../Kind.ts";
import { fail, pass } from "./Outcome.ts";

const { both } = InputError;

const body = z.strictObject({
  /** Who is asked. */
  persons: z.array(z.strictObject({ name: Field.words, address: Field.address })).check(z.minLength(1)),
  form: z.array(z.strictObject({ id: Field.line, what: Field.words })),
  /** How many of the persons must say yes. */
  agree: z.enum(["all", "most", "any"]),
  deadline: Field.time,
  /** What a question counts that is not decided by then. */
  silence: z.enum(["pass", "fail"]),
});

type Body = z.infer<typeof body>;

/** Answers of one person, as a file. */
export const sheet = z.strictObject({
  by: Field.address,
  answers: z.record(z.string(), z.boolean()),
  signature: Field.bytes,
});

export type Sheet = z.infer<typeof sheet>;

export const manual: Kind<Body> = {
  name: "manual",
  says: both("named persons answer a form", "由指定人员填写表单"),
  body,
  plan: ({ form }) => form.map(({ id, what }) => ({ id, what })),
  async judge({ persons, form, agree, deadline, silence }, bench) {
    const named = new Set(persons.map(({ address }) => address.toLowerCase()));
    const sheets = bench.answers.filter(({ by }) => named.has(by.toLowerCase()));
    return form.map(({ id }) => {
      const given = sheets.flatMap(({ answers }) => (Object.hasOwn(answers, id) ? [answers[id] === true] : []));
      const yes = given.filter(Boolean).length;
      const no = given.length - yes;
      const need = { all: named.size, most: Math.floor(named.size / 2) + 1, any: 1 }[agree];
      if (yes >= need) return pass(id);
      if (no > named.size - need) return fail(id, `${no} said no`, `${no} 人不同意`);
      const open = named.size - given.length;
      if (bench.now < Time.parse(deadline)) {
        const why = both(`${open} have not answered yet`, `尚有 ${open} 人未答复`);
        return { id, result: "error" as const, why };
      }
      if (silence === "pass") return pass(id);
      return fail(id, `${open} did not answer in time`, `${open} 人逾期未答复`);
    });
  },
};

/** What a person signs (EIP-191), as a wallet shows it. */
export function text(about: { suite: string; subject: string }, answers: Readonly<Record<string, boolean>>): string {
  const lines = Object.keys(answers)
    .toSorted()
    .map((id) => `${JSON.stringify(id)}: ${answers[id] ? "yes" : "no"}`);
  return ["Commenda: answers to a manual check", `suite ${about.suite}`, `delivery ${about.subject}`, ...lines].join(
    "\n",
  );
}

/** Whether a sheet is signed by whom it names. */
export function isSigned(one: Sheet, about: { suite: string; subject: string }): boolean {
  const payload = PersonalMessage.getSignPayload(`0x${Buffer.from(text(about, one.answers), "utf8").toString("hex")}`);
  try {
    const { r, s, yParity } = Signature.fromHex(one.signature as Agreement.Hex);
    return Secp256k1.recoverAddress({ payload, signature: { r, s, yParity } }).toLowerCase() === one.by.toLowerCase();
  } catch {
    // Bytes that are no signature are nobody's.
    return false;
  }
}
