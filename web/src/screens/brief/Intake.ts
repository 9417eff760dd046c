/**
 * What is understood of a need while it is written: read by the same lines as at the node, so that what is shown here is what is
 * ranked there. Pure; the page has it done beside itself.
 */
import { both, InputError, type Words } from "../../../../src/agreement/InputError.ts";
import * as Brief from "../../../../src/matching/Brief.ts";
import type { Output } from "../../Node.ts";

/** The fields of a brief as the node tells them. */
export type Fields = Output<"GET /v1/organisations/{organisation}/briefs/{brief}">["fields"];

/** `answers`: what was put right by hand, which goes before what the text says. `at` in Unix seconds. */
export type Asked = { readonly text: string; readonly answers: Fields; readonly at: number };

export type Understood = {
  /** Absent: the text says nothing yet, or too much. */
  readonly fields: Fields | undefined;
  /** Why there is no brief; of an empty text nothing is said. */
  readonly problem: Words | undefined;
};

export function understand({ text, answers, at }: Asked): Understood {
  if (text.trim() === "") return { fields: undefined, problem: undefined };
  try {
    return { fields: { ...fieldsOf(Brief.parse(text, Math.floor(at / 86_400))), ...answers }, problem: undefined };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { title, fix } = error;
    return { fields: undefined, problem: both(`${title.en}. ${fix.en}.`, `${title.zh}。${fix.zh}。`) };
  }
}

function fieldsOf({ text: _, language: __, start, skills, criteria, compliance, ...rest }: Brief.Brief): Fields {
  return {
    ...rest,
    ...(skills ? { skills: [...skills] } : {}),
    ...(criteria ? { criteria: [...criteria] } : {}),
    ...(compliance ? { compliance: [...compliance] } : {}),
    ...(start === undefined ? {} : { start: new Date(start * 86_400_000).toISOString().slice(0, 10) }),
  };
}
