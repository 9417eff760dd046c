/** One label with its value. */
import { type Attribute, attributeOf, plainLabel } from "./Labels.ts";
import { type Line, narrow, type Place, placeIn, type Source } from "./Source.ts";

/** An empty label: a line that says nothing but may name a party. `role` is a party's label with what stands in brackets after it; otherwise `attribute` says what the value is. */
export type Pair = {
  role?: string;
  attribute?: Attribute;
  /** The label as written. */
  label: string;
  hint: string;
  value: string;
  place: Place;
  line: Line;
  /** The label of the role whose column or row this value stands in. */
  under?: string;
  /** Whether the label stands in "for the Client": whoever signs, and not the party. */
  behalf?: true;
  /** The heading of its column, where that is a party's name. */
  named?: string;
};

/** `match`: the whole, the role, the attribute, what stood in brackets. */
export function pairOf(
  source: Source,
  line: Line,
  match: readonly (string | undefined)[],
  from: number,
  to: number,
): Pair {
  const at = placeIn(source, line, from, to);
  const [, role, attribute, hint = ""] = match;
  const label = plainLabel(role ?? attribute ?? "");
  return {
    ...(role ? { role: label } : { attribute: attributeOf(label) }),
    label,
    hint,
    value: narrow(at.text),
    place: at,
    line,
  };
}
