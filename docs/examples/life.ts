// The life of an agreement, through the API alone: draft, invite, sign, open, fund, deliver a file, accept, pack.
// With a demonstration running (`npm start`):
//   npx node docs/examples/life.ts [ADDRESS]     default http://localhost:8420
// It plays both sides, as two people at two browsers would. Their keys are the node's, as only a demonstration has them:
// elsewhere a party signs what `signing` and `acts/prepare` give, and sends the signature along (docs/api.md).
import { type Client, create, type Input, ProblemError } from "../../src/api/client.ts";

const url = process.argv[2] ?? "http://localhost:8420";

/** A session as one of the demonstration's people. */
async function enter(persona: string): Promise<Client> {
  const headers = { "content-type": "application/json", origin: url };
  const answer = await fetch(`${url}/v1/demo/enter`, { method: "POST", headers, body: JSON.stringify({ persona }) });
  if (!answer.ok) throw new Error(`${url} has no ${persona}: start a demonstration with \`npm start\``);
  const cookie = answer.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(";")));
  return create({ url, cookie: cookie.join("; ") });
}

/** The organisation that a person acts for, and its account on the ledger. */
async function firmOf(person: Client) {
  const { organisations } = await person.call("GET /v1/me");
  const [own] = organisations;
  if (!own) throw new Error("nobody's organisation");
  const accounts = await person.call("GET /v1/organisations/{organisation}/accounts", { organisation: own.id });
  return { ...own, address: accounts.items[0]?.address ?? "" };
}

const [client, provider] = [await enter("client"), await enter("provider")];
const [buyer, maker] = [await firmOf(client), await firmOf(provider)];
const { ledger } = await client.call("GET /v1/node");

const both = (en: string, zh: string) => ({ en, zh });
/** Minutes, UTC. */
const inDays = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)}Z`;
const salt = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex");
const party = (firm: typeof buyer, country: string) => ({
  name: both(firm.name, firm.name),
  ...{ registration: "EXAMPLE", taxNumber: "EXAMPLE", country },
  signatory: { name: both("A. Signatory", "签署人"), authority: both("director", "董事") },
  address: firm.address,
});
const document = {
  version: "commenda/1",
  title: both("Landing page", "落地页"),
  text: { en: "One landing page, in two languages.", zh: "一个双语落地页。", prevails: "en" },
  parties: { client: party(buyer, "CN"), provider: party(maker, "DE") },
  rail: "token",
  registrar: { kind: "chain", chainId: ledger.chainId, escrow: ledger.escrow },
  currency: { code: "CNY", scale: 6, token: ledger.token },
  openBy: inDays(7),
  sequential: false,
  milestones: [
    {
      ...{ name: "page", title: both("The page", "页面"), amount: "20000", net: "20000", tax: "0", withholding: "0" },
      ...{ start: inDays(8), due: inDays(30), review: "5 days", cure: "5 days" },
      ...{ criteria: ["seen"], invoice: "after payment", fundBy: inDays(8) },
    },
  ],
  criteria: [
    {
      name: "seen",
      what: both("It opens on a phone", "可在手机上打开"),
      how: "inspection",
      by: "client",
      weight: "100 %",
    },
  ],
  ...{ inputs: [], options: [], calendar: [] },
  ip: { owner: "client", from: "payment", certificate: true, background: both("none", "无") },
  law: {
    governing: both("the laws of Germany", "德国法律"),
    forum: { kind: "court", seat: both("Hamburg", "汉堡") },
    ...{ liabilityCap: "20000", dataIn: ["CN", "DE"] },
  },
  arbitration: { fallback: "50 %" },
  fees: { platform: "1 %", recipient: maker.address },
  salt: `0x${salt}`,
};

type Act = Input<"POST /v1/agreements/{agreement}/acts">["act"];
async function act(person: Client, agreement: string, act: Act): Promise<void> {
  const sent = await person.call("POST /v1/agreements/{agreement}/acts", { agreement, act });
  console.log("  ", sent.verb, sent.status, sent.transaction ?? sent.problem ?? "");
}

try {
  // 1. A draft of the client's. An incomplete one is kept too, with its problems.
  const drafting = { organisation: buyer.id, side: "client", document } as const;
  const draft = await client.call("POST /v1/agreements", drafting);
  const agreement = draft.id;
  console.log("1. draft", agreement, draft.problems.length === 0 ? "is complete" : draft.problems);

  // 2. A link gives the provider its seat; both see every ending before they sign.
  const invitation = await client.call("POST /v1/agreements/{agreement}/invitations", { agreement, role: "provider" });
  const token = invitation.url.slice(invitation.url.lastIndexOf("/") + 1);
  await provider.call("POST /v1/invitations/{token}/accept", { token, organisation: maker.id });
  const seen = { agreement, version: 1 };
  const endings = await provider.call("GET /v1/agreements/{agreement}/versions/{version}/endings", seen);
  console.log("2. invited; it can end in", endings.count, "ways");

  // 3. Both sign one hash.
  for (const [side, person] of Object.entries({ client, provider } as const)) {
    const { version } = await person.call("GET /v1/agreements/{agreement}/signing", { agreement });
    const signing = { agreement, side: side as "client" | "provider", version };
    await person.call("POST /v1/agreements/{agreement}/signatures", signing);
  }
  const { ledgerId } = await client.call("GET /v1/agreements/{agreement}", { agreement });
  console.log("3. signed as", ledgerId);

  // 4. On the ledger, then its money: opening takes it at once where the terms have no `fundBy`. The answer is what came of it, or the rule that refuses it.
  console.log("4. opened and funded");
  await act(client, agreement, { verb: "open" });
  await act(client, agreement, { verb: "fund", milestones: ["page"] });

  // 5. The file stays at the node; its salted hash goes to the ledger.
  const content = Buffer.from("<h1>Landing · 落地</h1>\n").toString("base64");
  const file = { agreement, name: "index.html", content };
  const kept = await provider.call("POST /v1/agreements/{agreement}/evidence/small", file);
  console.log("5. delivered", kept.name, kept.type, kept.commitment);
  await act(provider, agreement, { verb: "deliver", milestone: "page", evidence: kept.id });

  // 6. The client's yes pays.
  console.log("6. accepted");
  await act(client, agreement, { verb: "accept", milestones: ["page"] });
  // The node reads the ledger a moment later. From event 0 on, so that none is missed.
  for await (const { kind, data } of client.events({ agreement, after: "0" }))
    if (kind === "fact" && data.kind === "closed") break;
  const { tranches, fee, closed } = await client.call("GET /v1/agreements/{agreement}/standing", { agreement });
  for (const { name, stage, paid } of tranches)
    console.log("  ", name, stage, "paid", paid, "fee", fee, "closed", closed);

  // 7. What happened, and the proof that needs no node of anyone's.
  const { items } = await client.call("GET /v1/agreements/{agreement}/facts", { agreement });
  for (const { at, says } of items) console.log("  ", at, says.en);
  const { pack } = await client.call("GET /v1/agreements/{agreement}/pack", { agreement });
  console.log("7. pack of", pack.length, "characters; check it with `commenda verify`");
} catch (error) {
  // Every refusal says what was found, what was expected and what to do next.
  if (!(error instanceof ProblemError)) throw error;
  console.error(error.title, "·", error.message, `(${error.code}, next: ${error.next})`);
  process.exitCode = 1;
}
