/** Sends, at the node's cost, what an account's signers signed. */
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import { Reverted } from "../../ledger/Errors.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import * as Node from "../../ledger/Node.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import type { Parts } from "../Call.ts";
import * as Lease from "../jobs/Lease.ts";
import * as Deploy from "./Deploy.ts";

const { both } = InputError;

/** Units of gas that the node pays for one execution: ten calls to a token and the escrow need less than half of it. */
const MOST_GAS = 3_000_000n;

/** When a rehearsal's next block is: by the node's clock, which may have been moved ahead. A chain knows by itself. */
export async function now({ place, clock }: Pick<Parts, "place" | "clock">): Promise<{ at?: number }> {
  if (place.ledger.kind === "chain") return {};
  const { time } = await place.ledger.head();
  return { at: Math.max(clock.now(), time) };
}

/**
 * Deploys the account if need be, and sends its calls. Not within a transaction.
 * Throws `wrong-signature`, `act-refused`, `ActRefused` where the escrow refuses a call.
 */
export async function execute(
  parts: Pick<Parts, "store" | "place" | "clock">,
  row: Deploy.Row,
  execution: Passkey.Execution,
  signature: Hex,
): Promise<{ transaction: Hex; ok: boolean }> {
  const { ledger, relayer } = parts.place;
  if (!relayer) throw noRelayer();
  if (!(await Deploy.deploy(parts, row))) throw notThere();
  const account = { chainId: ledger.chainId, address: row.address as Address };
  const transaction = Passkey.execute(account, execution, signature);
  const rpc = (method: string, params: readonly unknown[] = []) => ledger.rpc(method, params);
  try {
    await Passkey.simulate(ledger, account, execution, signature);
    const gas = await Node.estimateGas(rpc, transaction, relayer.address);
    if (gas > MOST_GAS) throw tooDear(gas);
  } catch (error) {
    throw error instanceof Passkey.ExecutionRefused || error instanceof Reverted ? refused(error) : error;
  }
  const receipt = await Lease.sending(parts.store, relayer, async () =>
    ledger.send(relayer, transaction, await now(parts)),
  );
  return { transaction: receipt.hash, ok: receipt.ok };
}

function refused(error: Passkey.ExecutionRefused | Reverted): Problem.Problem {
  if (error instanceof Reverted) return new Problem.Problem("act-refused", error.words, { data: error.data });
  const code = error.refused === "NotSigned" ? "wrong-signature" : "act-refused";
  return new Problem.Problem(code, error.words, { refused: error.refused });
}

export const noRelayer = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "This node pays for no transactions. Send the call yourself; anyone may.",
      "本节点不承担交易费用。请自行发送该调用；任何人均可发送。",
    ),
  );

const notThere = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "The account is not on the ledger yet and could not be deployed. Try again later.",
      "账户尚未部署至账本，且此次部署未成功。请稍后再试。",
    ),
  );

const tooDear = (gas: bigint) =>
  new Problem.Problem(
    "act-refused",
    both(
      `The calls need ${gas} units of gas; this node pays for ${MOST_GAS} at most. Split them, or send them yourself.`,
      `这些调用需 ${gas} 单位 gas，本节点至多承担 ${MOST_GAS}。请拆分，或自行发送。`,
    ),
  );
