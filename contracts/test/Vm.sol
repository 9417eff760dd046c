// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title Vm
/// @notice The cheatcodes of forge that these tests use, declared by us: `forge-std` has no official npm package.
/// @dev Add what a test needs; the names and signatures are forge's own (1.7.1).
interface Vm {
    enum CallerMode {
        None,
        Broadcast,
        RecurrentBroadcast,
        Prank,
        RecurrentPrank
    }

    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    struct Gas {
        uint64 gasLimit;
        uint64 gasTotalUsed;
        uint64 gasMemoryUsed;
        int64 gasRefunded;
        uint64 gasRemaining;
    }

    struct Wallet {
        address addr;
        uint256 publicKeyX;
        uint256 publicKeyY;
        uint256 privateKey;
    }

    // Time and chain
    function warp(uint256 timestamp) external;
    function roll(uint256 blockNumber) external;
    function chainId(uint256 id) external;
    function fee(uint256 baseFee) external;
    function txGasPrice(uint256 gasPrice) external;
    function getBlockTimestamp() external view returns (uint256 timestamp);
    function getBlockNumber() external view returns (uint256 number);
    function getChainId() external view returns (uint256 id);

    // Who calls
    function prank(address sender) external;
    function prank(address sender, address origin) external;
    function startPrank(address sender) external;
    function startPrank(address sender, address origin) external;
    function stopPrank() external;
    function readCallers() external view returns (CallerMode mode, address sender, address origin);

    // What must happen next
    function expectRevert() external;
    function expectRevert(bytes4 selector) external;
    function expectRevert(bytes calldata data) external;
    function expectRevert(address reverter) external;
    function expectRevert(bytes4 selector, address reverter) external;
    function expectRevert(bytes calldata data, address reverter) external;
    function expectPartialRevert(bytes4 selector) external;
    function expectPartialRevert(bytes4 selector, address reverter) external;
    function expectEmit() external;
    function expectEmit(address emitter) external;
    function expectEmit(bool topic1, bool topic2, bool topic3, bool data) external;
    function expectEmit(bool topic1, bool topic2, bool topic3, bool data, address emitter) external;
    function expectCall(address callee, bytes calldata data) external;
    function expectCall(address callee, bytes calldata data, uint64 count) external;
    function expectCall(address callee, uint256 value, bytes calldata data) external;

    // State of accounts
    function deal(address account, uint256 balance) external;
    function etch(address account, bytes calldata code) external;
    function store(address account, bytes32 slot, bytes32 value) external;
    function load(address account, bytes32 slot) external view returns (bytes32 value);
    function setNonce(address account, uint64 nonce) external;
    function getNonce(address account) external view returns (uint64 nonce);
    function getCode(string calldata artifact) external view returns (bytes memory creationCode);
    function getDeployedCode(string calldata artifact) external view returns (bytes memory runtimeCode);
    function deployCode(string calldata artifact) external returns (address deployed);
    function deployCode(string calldata artifact, bytes calldata arguments) external returns (address deployed);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address created);
    function label(address account, string calldata name) external;
    function getLabel(address account) external view returns (string memory name);
    function snapshotState() external returns (uint256 id);
    function revertToState(uint256 id) external returns (bool success);
    function revertToStateAndDelete(uint256 id) external returns (bool success);
    function deleteStateSnapshot(uint256 id) external returns (bool success);

    // Mocks
    function mockCall(address callee, bytes calldata data, bytes calldata result) external;
    function mockCall(address callee, uint256 value, bytes calldata data, bytes calldata result) external;
    function mockCallRevert(address callee, bytes calldata data, bytes calldata revertData) external;
    function mockFunction(address callee, address target, bytes calldata data) external;
    function clearMockedCalls() external;

    // Keys
    function addr(uint256 privateKey) external pure returns (address account);
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function signP256(uint256 privateKey, bytes32 digest) external pure returns (bytes32 r, bytes32 s);
    function publicKeyP256(uint256 privateKey) external pure returns (uint256 x, uint256 y);
    function signCompact(uint256 privateKey, bytes32 digest) external pure returns (bytes32 r, bytes32 vs);
    function createWallet(string calldata name) external returns (Wallet memory wallet);

    // Fuzzing and choice
    function assume(bool condition) external pure;
    function assumeNoRevert() external pure;
    function randomUint() external view returns (uint256 value);
    function randomUint(uint256 min, uint256 max) external view returns (uint256 value);
    function randomAddress() external view returns (address account);
    function setSeed(uint256 seed) external;
    function skip(bool skipTest) external;
    function skip(bool skipTest, string calldata reason) external;

    // Logs and gas
    function recordLogs() external;
    function getRecordedLogs() external view returns (Log[] memory logs);
    function lastCallGas() external view returns (Gas memory gas);
    function snapshotGasLastCall(string calldata name) external returns (uint256 gasUsed);
    function snapshotGasLastCall(string calldata group, string calldata name) external returns (uint256 gasUsed);
    function snapshotValue(string calldata name, uint256 value) external;
    function snapshotValue(string calldata group, string calldata name, uint256 value) external;
    function startSnapshotGas(string calldata name) external;
    function startSnapshotGas(string calldata group, string calldata name) external;
    function stopSnapshotGas() external returns (uint256 gasUsed);
    function pauseGasMetering() external;
    function resumeGasMetering() external;
    function resetGasMetering() external;
    /// @dev Makes the slots of the account cold again. For whole transactions (calldata, cold access, refunds)
    /// a test sets `isolate` in its inline configuration.
    function cool(address account) external;

    // Files and environment
    function readFile(string calldata path) external view returns (string memory text);
    function readFileBinary(string calldata path) external view returns (bytes memory data);
    function readLine(string calldata path) external view returns (string memory line);
    function writeFile(string calldata path, string calldata text) external;
    function writeLine(string calldata path, string calldata line) external;
    function exists(string calldata path) external view returns (bool result);
    function projectRoot() external view returns (string memory path);
    function envOr(string calldata name, bool fallback_) external view returns (bool value);
    function envOr(string calldata name, uint256 fallback_) external view returns (uint256 value);
    function envOr(string calldata name, int256 fallback_) external view returns (int256 value);
    function envOr(string calldata name, address fallback_) external view returns (address value);
    function envOr(string calldata name, bytes32 fallback_) external view returns (bytes32 value);
    function envOr(string calldata name, string calldata fallback_) external view returns (string memory value);
    function envOr(string calldata name, bytes calldata fallback_) external view returns (bytes memory value);

    // JSON and text
    function parseJson(string calldata json) external pure returns (bytes memory encoded);
    function parseJson(string calldata json, string calldata key) external pure returns (bytes memory encoded);
    function parseJsonUint(string calldata json, string calldata key) external pure returns (uint256 value);
    function parseJsonUintArray(string calldata json, string calldata key) external pure returns (uint256[] memory);
    function parseJsonInt(string calldata json, string calldata key) external pure returns (int256 value);
    function parseJsonIntArray(string calldata json, string calldata key) external pure returns (int256[] memory);
    function parseJsonBool(string calldata json, string calldata key) external pure returns (bool value);
    function parseJsonBoolArray(string calldata json, string calldata key) external pure returns (bool[] memory);
    function parseJsonAddress(string calldata json, string calldata key) external pure returns (address value);
    function parseJsonAddressArray(string calldata json, string calldata key) external pure returns (address[] memory);
    function parseJsonString(string calldata json, string calldata key) external pure returns (string memory value);
    function parseJsonStringArray(string calldata json, string calldata key) external pure returns (string[] memory);
    function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory value);
    function parseJsonBytesArray(string calldata json, string calldata key) external pure returns (bytes[] memory);
    function parseJsonBytes32(string calldata json, string calldata key) external pure returns (bytes32 value);
    function parseJsonBytes32Array(string calldata json, string calldata key) external pure returns (bytes32[] memory);
    function parseJsonKeys(string calldata json, string calldata key) external pure returns (string[] memory keys);
    function keyExistsJson(string calldata json, string calldata key) external view returns (bool exists_);
    function toString(address value) external pure returns (string memory text);
    function toString(bytes calldata value) external pure returns (string memory text);
    function toString(bytes32 value) external pure returns (string memory text);
    function toString(bool value) external pure returns (string memory text);
    function toString(uint256 value) external pure returns (string memory text);
    function toString(int256 value) external pure returns (string memory text);
    function parseUint(string calldata text) external pure returns (uint256 value);
    function parseBytes(string calldata text) external pure returns (bytes memory value);
    function parseBytes32(string calldata text) external pure returns (bytes32 value);
    function parseAddress(string calldata text) external pure returns (address value);
    function split(string calldata text, string calldata delimiter) external pure returns (string[] memory parts);

    // Assertions: they revert, and say what was found and expected
    function assertTrue(bool condition) external pure;
    function assertTrue(bool condition, string calldata message) external pure;
    function assertFalse(bool condition) external pure;
    function assertFalse(bool condition, string calldata message) external pure;
    function assertEq(bool left, bool right) external pure;
    function assertEq(bool left, bool right, string calldata message) external pure;
    function assertEq(uint256 left, uint256 right) external pure;
    function assertEq(uint256 left, uint256 right, string calldata message) external pure;
    function assertEq(int256 left, int256 right) external pure;
    function assertEq(int256 left, int256 right, string calldata message) external pure;
    function assertEq(address left, address right) external pure;
    function assertEq(address left, address right, string calldata message) external pure;
    function assertEq(bytes32 left, bytes32 right) external pure;
    function assertEq(bytes32 left, bytes32 right, string calldata message) external pure;
    function assertEq(string calldata left, string calldata right) external pure;
    function assertEq(string calldata left, string calldata right, string calldata message) external pure;
    function assertEq(bytes calldata left, bytes calldata right) external pure;
    function assertEq(bytes calldata left, bytes calldata right, string calldata message) external pure;
    function assertEq(uint256[] calldata left, uint256[] calldata right) external pure;
    function assertEq(uint256[] calldata left, uint256[] calldata right, string calldata message) external pure;
    function assertEq(address[] calldata left, address[] calldata right) external pure;
    function assertEq(address[] calldata left, address[] calldata right, string calldata message) external pure;
    function assertNotEq(uint256 left, uint256 right) external pure;
    function assertNotEq(uint256 left, uint256 right, string calldata message) external pure;
    function assertNotEq(address left, address right) external pure;
    function assertNotEq(address left, address right, string calldata message) external pure;
    function assertNotEq(bytes32 left, bytes32 right) external pure;
    function assertNotEq(bytes32 left, bytes32 right, string calldata message) external pure;
    function assertGt(uint256 left, uint256 right) external pure;
    function assertGt(uint256 left, uint256 right, string calldata message) external pure;
    function assertGt(int256 left, int256 right) external pure;
    function assertGt(int256 left, int256 right, string calldata message) external pure;
    function assertGe(uint256 left, uint256 right) external pure;
    function assertGe(uint256 left, uint256 right, string calldata message) external pure;
    function assertGe(int256 left, int256 right) external pure;
    function assertGe(int256 left, int256 right, string calldata message) external pure;
    function assertLt(uint256 left, uint256 right) external pure;
    function assertLt(uint256 left, uint256 right, string calldata message) external pure;
    function assertLt(int256 left, int256 right) external pure;
    function assertLt(int256 left, int256 right, string calldata message) external pure;
    function assertLe(uint256 left, uint256 right) external pure;
    function assertLe(uint256 left, uint256 right, string calldata message) external pure;
    function assertLe(int256 left, int256 right) external pure;
    function assertLe(int256 left, int256 right, string calldata message) external pure;
    function assertApproxEqAbs(uint256 left, uint256 right, uint256 maxDelta) external pure;
    function assertApproxEqAbs(uint256 left, uint256 right, uint256 maxDelta, string calldata message) external pure;
    function assertApproxEqRel(uint256 left, uint256 right, uint256 maxDelta1e18) external pure;
    function assertApproxEqRel(uint256 left, uint256 right, uint256 maxDelta1e18, string calldata message) external pure;
}
