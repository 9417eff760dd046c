import { expect, test } from "vitest";
import { stem } from "./Stem.ts";

/** Words and stems of the algorithm's own description and vocabulary. */
const PUBLISHED = `
consign consign|consigned consign|consigning consign|consignment consign|consist consist|consistency consist
consistently consist|consolation consol|consolidate consolid|consolidating consolid|consoling consol|conspicuous conspicu
conspiracy conspiraci|conspirators conspir|constable constabl|constancy constanc|constant constant|knack knack
knaves knave|knavish knavish|kneaded knead|kneel kneel|knees knee|knell knell|knightly knight|knocked knock|knotty knotti
caresses caress|ties tie|cries cri|gas gas|this this|gaps gap|kiwis kiwi|agreed agre|fed fed|hoping hope|hopping hop|hoped hope
luxuriated luxuri|fitting fit|sized size|cry cri|by by|say say|enjoy enjoy|relational relat|conditional condit|rationally ration
digitizer digit|conformably conform|radically radic|differently differ|analogously analog|vietnamization vietnam|predication predic
operator oper|feudalism feudal|decisiveness decis|hopefulness hope|callousness callous|formality formal|sensitivity sensit
sensibility sensibl|triplicate triplic|formative format|formalize formal|electricity electr|electrical electr|goodness good
revival reviv|allowance allow|inference infer|airliner airlin|adjustable adjust|defensible defens|replacement replac
adjustment adjust|dependent depend|adoption adopt|communism communism|activate activ|effective effect|rate rate|cease ceas|control control|roll roll
skis ski|skies sky|dying die|lying lie|tying tie|idly idl|gently gentl|ugly ugli|early earli|only onli|singly singl|sky sky|news news
atlas atlas|cosmos cosmos|bias bias|andes andes|inning inning|outing outing|canning canning|herring herring|proceed proceed|exceed exceed|succeed succeed
generate generat|general general|generic generic|communication communic|arsenal arsenal|bed bed|shed shed|shred shred|bead bead|youth youth|boyish boyish
`;

test("behavior: stems as published", () => {
  const pairs = PUBLISHED.trim()
    .split(/[\n|]/)
    .map((pair) => pair.split(" "));
  expect(pairs.map(([word = ""]) => [word, stem(word)])).toEqual(pairs);
  expect(pairs.length).toBeGreaterThan(120);
});

test("behavior: later exceptions keep apart what has nothing in common", () => {
  expect(["internal", "interval", "organize", "paste", "university", "added"].map(stem)).toEqual([
    "internal",
    "interval",
    "organiz",
    "paste",
    "universiti",
    "add",
  ]);
});

test("behavior: apostrophes go; what is no English word stays", () => {
  expect(["client's", "clients'", "client’s", "'tis"].map(stem)).toEqual(["client", "client", "client", "tis"]);
  expect(["", "a", "c++", "naïveté", "小程序", "v8"].map(stem)).toEqual(["", "a", "c++", "naïveté", "小程序", "v8"]);
});
