import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { describe, expect, test } from "vitest";
import * as Passkey from "../Passkey.ts";
import * as Authenticator from "./Authenticator.ts";

const origin = "http://localhost:3000";
const rp = { expectedOrigin: origin, expectedRPID: "localhost" };

/** A page registers the passkey and keeps what a server keeps. */
async function registered(authenticator: Authenticator.Authenticator) {
  const options = await generateRegistrationOptions({ rpName: "Commenda", rpID: "localhost", userName: "ada" });
  const response = authenticator.register(options);
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    ...{ response, expectedChallenge: options.challenge, ...rp },
  });
  if (!verified || !registrationInfo) throw new Error("not registered");
  return { options, ...registrationInfo };
}

describe("a virtual authenticator", () => {
  test("behavior: registers at a WebAuthn server", async () => {
    const phone = Authenticator.open({ origin, name: "phone" });
    const { credential, userVerified, fmt } = await registered(phone);
    expect({ id: credential.id, counter: credential.counter, userVerified, fmt }).toEqual({
      ...{ id: phone.credentialId, counter: 0, userVerified: true, fmt: "none" },
    });
    expect(Passkey.fromCose(`0x${Buffer.from(credential.publicKey).toString("hex")}`)).toEqual(phone.publicKey);
  });

  test("behavior: signs in again and again, with a counter that rises", async () => {
    const phone = Authenticator.open({ origin, name: "phone" });
    const { credential, options } = await registered(phone);
    let counter = credential.counter;
    for (const expected of [1, 2, 3]) {
      const asked = await generateAuthenticationOptions({
        rpID: "localhost",
        allowCredentials: [{ id: credential.id }],
      });
      const response = phone.assert(asked);
      expect(response.response.userHandle).toBe(options.user.id);
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...{ response, expectedChallenge: asked.challenge, ...rp, credential: { ...credential, counter } },
      });
      expect({ verified, counter: authenticationInfo.newCounter }).toEqual({ verified: true, counter: expected });
      counter = authenticationInfo.newCounter;
    }
  });

  test("error: a server that wants its user verified refuses one who was not", async () => {
    const careless = Authenticator.open({ origin, name: "careless", verifiesUser: false });
    await expect(registered(careless)).rejects.toThrow(/user verification/i);
  });

  test("error: another page, another passkey and a second registration are refused as a browser does", async () => {
    const phone = Authenticator.open({ origin, name: "phone" });
    const laptop = Authenticator.open({ origin, name: "laptop" });
    const { options } = await registered(phone);
    const name = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return (error as DOMException).name;
      }
      return "no error";
    };
    const asked = await generateAuthenticationOptions({
      rpID: "localhost",
      allowCredentials: [{ id: phone.credentialId }],
    });
    expect(name(() => laptop.assert(asked))).toBe("NotAllowedError");
    expect(name(() => phone.assert({ ...asked, rpId: "elsewhere.example" }))).toBe("SecurityError");
    const again = { ...options, excludeCredentials: [{ id: phone.credentialId, type: "public-key" as const }] };
    expect(name(() => phone.register(again))).toBe("InvalidStateError");
    expect(name(() => phone.register({ ...options, pubKeyCredParams: [] }))).toBe("NotSupportedError");
  });
});
