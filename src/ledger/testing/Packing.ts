/** The example's terms between two keys on a fresh rehearsal ledger, for tests of what is proven of them. */
import { Evidence, Terms } from "../../agreement/index.ts";
import * as Abi from "../Abi.ts";
import * as Escrow from "../Escrow.ts";
import type { Address, Hex } from "../Ledger.ts";
import * as Rehearsal from "../Rehearsal.ts";
import type { Signer } from "../Signer.ts";
import { hashOf, person } from "./Deal.ts";

/** Unix seconds of a UTC minute like `2027-01-20T09:00Z`. */
export const at = (time: string): number => Date.parse(time) / 1000;

export const CLIENT = person("client");
export const PROVIDER = person("provider");
const GENESIS = "2027-01-04T00:00Z";

export type Deal = {
  ledger: Rehearsal.Rehearsal;
  terms: Terms.Terms;
  subject: Escrow.Subject;
  token: Address;
  act(time: string, call: Escrow.Call, sender: Signer): Promise<Escrow.Done>;
  /** Both sign, anyone sends. */
  sign(signer: Signer): Promise<Hex>;
  close(): Promise<void>;
};

/** The example's terms with real keys. The client holds and has approved the money. */
export async function begin(changes: (terms: Terms.Terms) => Terms.Terms = (terms) => terms): Promise<Deal> {
  const ledger = await Rehearsal.open({ genesis: at(GENESIS) });
  const { escrow } = ledger.deployment;
  const token = await ledger.deploy("RehearsalToken", [6], { at: at(GENESIS) });
  const example = Terms.example();
  const { client, provider } = example.parties;
  const terms = Terms.parse(
    changes({
      ...example,
      parties: {
        client: { ...client, address: CLIENT.address },
        provider: { ...provider, address: PROVIDER.address },
      },
      registrar: { kind: "chain", chainId: ledger.chainId, escrow },
      currency: { ...example.currency, token },
    }),
  );
  const subject = { escrow, agreement: Terms.toAgreement(terms) };
  for (const { address } of [CLIENT, PROVIDER]) {
    const data = Abi.encode("RehearsalToken", "mint", [address, 10n ** 12n]);
    await ledger.send(ledger.house, { to: token, data }, { at: at(GENESIS) });
  }
  for (const signer of [CLIENT, PROVIDER]) {
    const data = Abi.encode("RehearsalToken", "approve", [escrow, 10n ** 12n]);
    await ledger.send(signer, { to: token, data }, { at: at(GENESIS) });
  }
  return {
    ledger,
    terms,
    subject,
    token,
    act: (time, call, sender) => Escrow.act(ledger, subject, call, { sender, at: at(time) }),
    sign: (signer) => Escrow.signTerms(ledger, subject, signer),
    close: () => ledger.close(),
  };
}

/** A file's evidence. */
export function file(name: string, content = `content of ${name}`): Evidence.Evidence {
  return {
    name,
    mediaType: "application/pdf",
    size: content.length,
    contentHash: Evidence.contentHash(content),
    salt: hashOf(`salt of ${name}`),
  };
}

export const FILES = [file("prototype.pdf"), file("objections.pdf"), file("prototype-2.pdf")] as const;

/** Opened by somebody else with both signatures; delivered, rejected, delivered again and accepted. */
export async function play(deal: Deal): Promise<void> {
  const [first, reasons, second] = FILES.map(Evidence.hash) as [Hex, Hex, Hex];
  const clientSignature = await deal.sign(CLIENT);
  const providerSignature = await deal.sign(PROVIDER);
  await deal.act("2027-01-05T09:00Z", { verb: "open", clientSignature, providerSignature }, deal.ledger.house);
  await deal.act("2027-01-20T09:00Z", { verb: "deliver", tranche: 0, round: 0, deliverable: first }, PROVIDER);
  await deal.act("2027-01-22T09:00Z", { verb: "reject", tranche: 0, round: 0, deliverable: first, reasons }, CLIENT);
  await deal.act("2027-01-24T09:00Z", { verb: "deliver", tranche: 0, round: 1, deliverable: second }, PROVIDER);
  await deal.act("2027-01-26T09:00Z", { verb: "accept", tranches: 1, rounds: 1, deliverables: second }, CLIENT);
}
