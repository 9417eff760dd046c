import { describe, expect, test } from "vitest";
import { NodeDown, NodeRefused, Reverted } from "./Errors.ts";
import { connect } from "./Rpc.ts";

const answering = (answer: (id: number) => unknown) =>
  connect("http://node.example/secret", {
    fetch: async (_url, init) => new Response(String(answer((JSON.parse(String(init?.body)) as { id: number }).id))),
  });
const json = (answer: (id: number) => unknown) => answering((id) => JSON.stringify(answer(id)));

describe("an answer of a node", () => {
  test("behavior: is the result, nothing being one too", async () => {
    expect(await json((id) => ({ id, result: "0x1" }))("eth_chainId")).toBe("0x1");
    expect(await json((id) => ({ id, result: null }))("eth_getTransactionReceipt")).toBeNull();
  });

  test.each([
    ["to another request", json((id) => ({ id: id - 1, result: "0x1" }))],
    ["to none", json(() => ({ result: "0x1" }))],
    ["to a whole batch", json((id) => [{ id, result: "0x1" }])],
    ["without a result", json((id) => ({ id }))],
    ["that is empty", json(() => null)],
    ["twice", answering((id) => `{"id":${id},"result":"0x1"}{"id":${id},"result":"0x1"}`)],
    ["of somebody in between", answering(() => "<html>502 Bad Gateway</html>")],
  ])("error: one %s is none, and tells no secret of the address", async (_name, rpc) => {
    const problem = await rpc("eth_chainId").catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(NodeDown);
    expect((problem as NodeDown).message).toContain("http://node.example does not answer");
  });

  test("error: what it refuses, and what a contract does", async () => {
    const refused = json((id) => ({ id, error: { code: -32005, message: "rate limit exceeded" } }));
    await expect(refused("eth_call")).rejects.toThrow(NodeRefused);
    const reverted = json((id) => ({ id, error: { code: 3, message: "execution reverted", data: "0x1234" } }));
    await expect(reverted("eth_call")).rejects.toThrow(Reverted);
  });
});
