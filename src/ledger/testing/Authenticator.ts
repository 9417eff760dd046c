/**
 * A virtual authenticator: one P-256 passkey in software, and the browser in front of it. Answers registrations and
 * assertions in the JSON forms of WebAuthn, for tests of whatever a person does with a passkey.
 */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { Bytes, Hash, Hex as OxHex, P256, Signature } from "ox";
import { Authenticator as Form } from "ox/webauthn";
import type { Hex } from "../Ledger.ts";
import * as Passkey from "../Passkey.ts";

export type Options = {
  /** The page that asks, such as `http://localhost:3000`. */
  origin: string;
  /** What the key is made of: the same name is the same passkey. */
  name: string;
  /** False: the device does not ask for fingerprint, face or PIN. */
  verifiesUser?: boolean;
};

export type Authenticator = {
  readonly publicKey: Passkey.PublicKey;
  /** Base64url. */
  readonly credentialId: string;
  /** What `navigator.credentials.create` gives. Throws as a browser does where the page may not ask. */
  register(options: PublicKeyCredentialCreationOptionsJSON): RegistrationResponseJSON;
  /** What `navigator.credentials.get` gives. Throws as a browser does where the page may not ask. */
  assert(options: PublicKeyCredentialRequestOptionsJSON): AuthenticationResponseJSON;
  /** An assertion of a challenge as an account takes it. */
  sign(challenge: Hex): Promise<Passkey.Assertion>;
};

const ES256 = -7;
const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 };
/** Order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Switched on, with its one passkey. */
export function open({ origin, name, verifiesUser = true }: Options): Authenticator {
  const { hostname } = new URL(origin);
  const privateKey = Hash.sha256(OxHex.fromString(`commenda passkey ${name}`));
  const publicKey = P256.getPublicKey({ privateKey });
  const id = Bytes.fromHex(Hash.sha256(publicKey.x)).slice(0, 16);
  const credentialId = base64url(id);
  const flags = FLAGS.present | (verifiesUser ? FLAGS.verified : 0);
  let userHandle: string | undefined;
  let signCount = 0;

  function requireOwn(rpId: string): void {
    if (hostname === rpId || hostname.endsWith(`.${rpId}`)) return;
    throw new DOMException(`${rpId} is not the site of ${origin}`, "SecurityError");
  }

  const clientData = (type: "webauthn.create" | "webauthn.get", challenge: string): string =>
    Form.getClientDataJSON({ type, challenge: OxHex.fromBytes(Buffer.from(challenge, "base64url")), origin });

  function assert({ challenge, rpId = hostname, allowCredentials = [] }: PublicKeyCredentialRequestOptionsJSON) {
    requireOwn(rpId);
    if (allowCredentials.length > 0 && !allowCredentials.some((allowed) => allowed.id === credentialId)) {
      throw new DOMException("no passkey of this page is here", "NotAllowedError");
    }
    const authenticatorData = Form.getAuthenticatorData({ rpId, flag: flags, signCount: ++signCount });
    const clientDataJSON = clientData("webauthn.get", challenge);
    const payload = Hash.sha256(OxHex.concat(authenticatorData, Hash.sha256(OxHex.fromString(clientDataJSON))));
    const { r, s } = P256.sign({ payload, privateKey });
    // As devices do half of the time: the higher one of the two.
    const either = signCount % 2 === 0 ? BigInt(s) : ORDER - BigInt(s);
    const signature = Signature.toDerHex({ r, s: OxHex.fromNumber(either, { size: 32 }) });
    return {
      ...credential(credentialId),
      response: {
        authenticatorData: base64url(Bytes.fromHex(authenticatorData)),
        clientDataJSON: base64url(Bytes.fromString(clientDataJSON)),
        signature: base64url(Bytes.fromHex(signature)),
        ...(userHandle === undefined ? {} : { userHandle }),
      },
    };
  }

  return {
    publicKey: { x: publicKey.x, y: publicKey.y },
    credentialId,
    register({ rp, user, challenge, pubKeyCredParams, excludeCredentials = [] }) {
      const { id: rpId = hostname } = rp;
      requireOwn(rpId);
      if (!pubKeyCredParams.some(({ alg }) => alg === ES256)) {
        throw new DOMException("no kind of key that this device has", "NotSupportedError");
      }
      if (excludeCredentials.some((excluded) => excluded.id === credentialId)) {
        throw new DOMException("this passkey is registered already", "InvalidStateError");
      }
      userHandle = user.id;
      const flag = flags | FLAGS.attested;
      const authData = Form.getAuthenticatorData({ rpId, flag, signCount, credential: { id, publicKey } });
      return {
        ...credential(credentialId),
        response: {
          attestationObject: base64url(Bytes.fromHex(Form.getAttestationObject({ authData }))),
          clientDataJSON: base64url(Bytes.fromString(clientData("webauthn.create", challenge))),
          transports: ["internal"],
        },
      };
    },
    assert,
    sign: async (challenge) => Passkey.fromResponse(assert({ challenge: base64url(Bytes.fromHex(challenge)) })),
  };
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

const credential = (id: string) =>
  ({ id, rawId: id, type: "public-key", authenticatorAttachment: "platform", clientExtensionResults: {} }) as const;
