// `npm run build:contracts`: compiles the contracts that are deployed and writes contracts/artifacts/NAME.json, which
// is committed: whoever uses Commenda never compiles. `--check` compiles too, and compares.
// Compiled from these sources alone and not taken from forge's output: with `via_ir` the code of a contract can depend
// on what else, say a test, was compiled with it.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "contracts", "artifacts");
const escrowInterface = "contracts/src/interfaces/IEscrow.sol";
/** Compiled one group after another, so that what joins one group changes no code of another. */
const groups = [
  [
    "contracts/src/Annex.sol",
    "contracts/src/Escrow.sol",
    "contracts/src/EscrowReader.sol",
    "contracts/src/EvidenceBoard.sol",
    "contracts/src/Panel.sol",
    "contracts/src/RehearsalToken.sol",
    "contracts/src/SignedReports.sol",
    escrowInterface,
  ],
  ["contracts/src/AccountFactory.sol", "contracts/src/PasskeyAccount.sol"],
  ["contracts/src/ListedToken.sol"],
];
const sources = groups.flat().filter((path) => path !== escrowInterface);

/**
 * Warnings that do not apply: 2394, transient storage outlives a call (the guard clears its own); 3628, a payable
 * fallback without `receive` (plain transfers are to fail); 6335, OpenZeppelin's EnumerableSet calls a function `at`.
 */
const ignored = ["2394", "3628", "6335"];

type Output = {
  errors?: { severity: string; errorCode: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, Compiled>>;
};
type AbiItem = { type: string; name?: string; inputs?: { type: string }[] };
type Compiled = {
  abi: AbiItem[];
  evm: { bytecode: { object: string }; deployedBytecode: { object: string; immutableReferences: unknown } };
};

/** As cheap to run as fits into the 24,576 bytes of EIP-170. */
const settings = {
  viaIR: true,
  evmVersion: "osaka",
  optimizer: { enabled: true, runs: 400 },
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: {
    "*": {
      "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences"],
    },
  },
};

function compile(group: readonly string[]): Output {
  const read = (path: string) => {
    try {
      const file = join(root, path.startsWith("@openzeppelin/") ? "node_modules" : "", path);
      return { contents: readFileSync(file, "utf8") };
    } catch (error) {
      return { error: String(error) };
    }
  };
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(group.map((path) => [path, { content: readFileSync(join(root, path), "utf8") }])),
    settings,
  };
  return JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
}

/**
 * The escrow as its callers see it: the interface, with the errors of both contracts that carry it out.
 * @throws if the two together do not answer to exactly what the interface says.
 */
function escrowAbi(contracts: Output["contracts"]): AbiItem[] {
  const abi = (path: string) => Object.values(contracts[path] ?? {})[0]?.abi ?? [];
  const key = ({ type, name, inputs }: AbiItem) => `${type} ${name}(${inputs?.map((input) => input.type).join()})`;
  const both = new Map([...abi("contracts/src/Escrow.sol"), ...abi("contracts/src/Annex.sol")].map((x) => [key(x), x]));
  const said = new Map(abi(escrowInterface).map((item) => [key(item), item]));
  const only = ["constructor", "error", "fallback"];
  const wrong = [
    ...[...both].filter(([name, { type }]) => !only.includes(type) && !said.has(name) && name !== "function ANNEX()"),
    ...[...said].filter(([name]) => !both.has(name)),
  ];
  if (wrong.length > 0) throw new Error(`IEscrow and its contracts differ: ${wrong.map(([name]) => name).join(", ")}`);
  return [...said.values(), ...[...both].filter(([name]) => !said.has(name)).map(([, item]) => item)];
}

/** Each artifact's file name and text. Fields as Hardhat and most tools name them. */
function artifacts(): Map<string, string> {
  const outputs = groups.map(compile);
  const errors = outputs
    .flatMap((output) => output.errors ?? [])
    .filter(({ errorCode }) => !ignored.includes(errorCode));
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  // Each from its own group: a file that another group imports, say RehearsalToken, is compiled there once more.
  const contracts: Output["contracts"] = Object.fromEntries(
    groups.flatMap((group, k) => group.map((path) => [path, outputs[k]?.contracts[path] ?? {}])),
  );
  return new Map(
    sources.map((sourceName) => {
      const contractName = basename(sourceName, ".sol");
      const compiled = contracts[sourceName]?.[contractName];
      if (!compiled) throw new Error(`${sourceName} has no contract ${contractName}`);
      const { abi, evm } = compiled;
      const artifact = {
        contractName,
        sourceName,
        compiler: solc.version(),
        abi: contractName === "Escrow" ? escrowAbi(contracts) : abi,
        bytecode: `0x${evm.bytecode.object}`,
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
        immutableReferences: evm.deployedBytecode.immutableReferences,
      };
      return [`${contractName}.json`, `${JSON.stringify(artifact, null, 2)}\n`];
    }),
  );
}

const check = process.argv.includes("--check");
const expected = artifacts();
if (check) {
  const names = new Set(expected.keys());
  try {
    for (const name of readdirSync(folder)) names.add(name);
  } catch {
    // None is there yet: each is reported below.
  }
  const different = [...names].filter((name) => {
    try {
      return readFileSync(join(folder, name), "utf8") !== expected.get(name);
    } catch {
      return true;
    }
  });
  if (different.length > 0) {
    console.error(
      `not what the sources compile to: ${different.map((name) => `contracts/artifacts/${name}`).join(", ")}`,
    );
    console.error("run `npm run build:contracts` and commit what it writes");
    process.exitCode = 1;
  } else {
    console.log(`${expected.size} artifacts match their sources`);
  }
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of expected) {
    writeFileSync(join(folder, name), text);
    const { deployedBytecode } = JSON.parse(text);
    console.log(
      `contracts/artifacts/${name}: ${(deployedBytecode.length / 2 - 1).toLocaleString("en")} bytes deployed`,
    );
  }
}
