/** Answers that most deals give, for fields that nobody has filled yet. Offered as a list; put in only when asked for. */
import { both } from "../../../../../src/agreement/InputError.ts";
import * as Time from "../../../../../src/agreement/Time.ts";
import * as Paper from "../../../agreement/Paper.ts";
import type { Side } from "../../../agreement/useAgreement.ts";
import * as Edits from "./Edits.ts";

export type Given = { now: number; side: Side | undefined; organisation: string; person: string };
export type Answers = { document: Paper.Paper; fields: readonly string[] };

/** The document with every usual answer where nothing stands, and which fields those are. */
export function usual(paper: Paper.Paper, given: Given): Answers {
  const fields: string[] = [];
  let document = paper;
  const fill = (field: string, value: unknown) => {
    if (value === undefined || !isOpen(Paper.at(document, field))) return;
    document = Paper.put(document, field, value);
    fields.push(field);
  };
  // Two weeks to read, sign and open.
  const openBy = Time.format((Math.floor(given.now / Time.DAY) + 14) * Time.DAY + 600);
  fill("currency.scale", 6);
  fill("openBy", openBy);
  fill("sequential", true);
  for (const list of ["inputs", "options", "calendar"]) fill(list, []);
  fill("fees.platform", "0 %");
  fill("arbitration.fallback", "50 %");
  fill("ip.certificate", false);
  fill("law.dataIn", []);
  if (given.side) {
    const { side, person, organisation } = given;
    fill(`parties.${side}.name`, both(organisation, organisation));
    fill(`parties.${side}.signatory.name`, both(person, person));
    fill(`parties.${side}.signatory.authority`, both("authorised representative", "授权代表"));
  }
  milestones(openBy);
  texts();
  return { document, fields };

  function milestones(first: string) {
    for (const index of Paper.listAt(document, "milestones").keys()) {
      const of = (key: string) => `milestones[${index}].${key}`;
      const at = (key: string) => Paper.at(document, of(key));
      fill(of("net"), at("amount"));
      fill(of("tax"), "0");
      fill(of("withholding"), "0");
      fill(of("start"), index === 0 ? first : Paper.at(document, `milestones[${index - 1}].due`));
      fill(of("review"), "7 days");
      fill(of("cure"), "7 days");
      fill(of("invoice"), "after payment");
      criteria(index);
    }
  }

  function criteria(index: number) {
    if (Paper.listAt(document, `milestones[${index}].criteria`).length === 0) {
      document = Edits.addCriterion(document, index);
      const [place] = Edits.criteriaOf(document, index);
      document = Paper.put(
        document,
        `criteria[${place}].what`,
        both("It is as described in the text", "符合文本所述要求"),
      );
      fields.push(`milestones[${index}].criteria`);
      return;
    }
    const places = Edits.criteriaOf(document, index);
    const open = places.filter((place) => isOpen(Paper.at(document, `criteria[${place}].weight`)));
    if (open.length === places.length && open.length > 0) {
      document = Edits.evenWeights(document, index);
      fields.push(...open.map((place) => `criteria[${place}].weight`));
    }
    for (const place of places) {
      fill(`criteria[${place}].how`, "inspection");
      fill(`criteria[${place}].by`, "client");
    }
  }

  /** The language of the contract prevails; where the other is missing, it says so, and short words are the same in both. */
  function texts() {
    const [en, zh] = [Paper.textAt(document, "text.en"), Paper.textAt(document, "text.zh")];
    if (en !== "" && zh === "") {
      fill("text.prevails", "en");
      fill("text.zh", "本合同以英文文本为准，未附中文译文。");
    }
    if (zh !== "" && en === "") {
      fill("text.prevails", "zh");
      fill("text.en", "The Chinese text of this contract prevails; there is no English translation.");
    }
    for (const field of halves(document)) {
      const [one, other] = field.endsWith(".en") ? ["en", "zh"] : ["zh", "en"];
      fill(field, Paper.at(document, field.replace(new RegExp(`${one}$`), other)));
    }
  }
}

const isOpen = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Fields of words that stand in one language only; the text itself is not among them. */
function halves(value: unknown, field = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => halves(item, `${field}[${index}]`));
  if (typeof value !== "object" || value === null || field === "text") return [];
  const { en, zh } = value as { en?: unknown; zh?: unknown };
  const isWords = (typeof en === "string" && en !== "") || (typeof zh === "string" && zh !== "");
  if (isWords) return [...(isOpen(en) ? [`${field}.en`] : []), ...(isOpen(zh) ? [`${field}.zh`] : [])];
  return Object.entries(value).flatMap(([key, item]) => halves(item, field === "" ? key : `${field}.${key}`));
}
