import { expect, test } from "vitest";
import * as Effect from "./Effect.ts";
import { type Act, Machine, Refusal, State, Terms, Time } from "./index.ts";

const agreement = Terms.toAgreement(Terms.example());
const { client, provider } = agreement.parties;
const change = (state: State.State, time: string, act: Act.Act): Machine.Change => {
  const result = Machine.decide(state, act, Time.parse(time));
  if (Refusal.is(result)) throw new Error(result.refused);
  return result;
};
const unopened = State.unopened(agreement);
const opened = change(unopened, "2027-01-08T09:00Z", {
  verb: "open",
  by: client,
  signers: [client, provider],
  fundNow: 0,
});
const deliver = { verb: "deliver", by: provider, tranche: 0, round: 0 } as const;
const delivered = change(opened.state, "2027-01-29T09:00Z", deliver);

test("opening puts one sum into the escrow", () => {
  const [first] = Effect.of(unopened, opened);
  expect(first?.says.en).toBe("The client puts 52000000000 into the escrow.");
});

test("a delivery moves no money, says what silence does and from when, and frees the next milestone", () => {
  const effects = Effect.of(opened.state, delivered);
  expect(effects.map(({ says }) => says.en)).toEqual([
    "If nobody acts then: The client stays silent until review of milestone 1 ends: it counts as accepted and is paid.",
    "If nobody acts then: The provider does not deliver milestone 2 by its deadline: it is refunded.",
  ]);
  expect(Time.format(effects[0]?.minute ?? 0)).toBe("2027-02-03T09:01Z");
});

test("an acceptance pays, with the fee beside it", () => {
  const accepted = change(delivered.state, "2027-01-30T09:00Z", {
    verb: "accept",
    by: client,
    tranches: 1,
    rounds: [0],
  });
  expect(Effect.of(delivered.state, accepted).map(({ says }) => says)).toEqual([
    {
      en: "The provider receives 19800000000; the platform fee beside it is 200000000.",
      zh: "乙方收到 19800000000；另有平台费 200000000。",
    },
  ]);
});
