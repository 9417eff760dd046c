/** One form for texts that read alike: full-width and half-width, ligatures, case, what cannot be seen. */

/** Controls and format characters (bidirectional marks among them), fillers, private use, halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const PLAIN = /^[ -~]*$/;
const SPACES = /[\s\p{Z}]+/gu;

/** NFKC, nothing invisible, one space where there was any, none at the ends; the case stays. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text.replace(SPACES, " ").trim();
  // A line break is a control too, and it does part words.
  return text.replace(SPACES, " ").normalize("NFKC").replace(INVISIBLE, "").replace(SPACES, " ").trim();
}

/** As `clean`, in lower case. `normalise(normalise(text))` is `normalise(text)`. */
export function normalise(text: string): string {
  // Lower case may take a letter apart (İ), and NFKC puts it together again.
  return clean(clean(text).toLowerCase());
}
