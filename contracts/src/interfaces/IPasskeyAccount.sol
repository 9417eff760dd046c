// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title IPasskeyAccount
/// @notice An account as others see it. Signatures travel as `abi.encode(bytes[] signers, bytes[] signatures)`.
interface IPasskeyAccount is IERC1271 {
    struct Call {
        address target;
        uint256 value;
        bytes data;
    }

    error AlreadyInitialised();
    error NotItself(address sender);
    error BadSigner(bytes signer);
    error WrongNonce(uint256 found, uint256 expected);
    error SignatureExpired(uint256 validUntil);
    error NotSigned(bytes32 digest);
    error NoCode(uint256 index, address target);
    error CallFailed(uint256 index, address target, bytes reason);

    event Executed(uint256 indexed nonce);

    /// @return What checks WebAuthn assertions. The only one that is taken: another could approve whatever it likes.
    function VERIFIER() external view returns (address);

    /// @return Nonce of the next `execute`.
    function nextNonce() external view returns (uint256);

    /// Once, by the factory in the transaction that creates the account.
    function initialize(bytes[] calldata signers, uint64 threshold) external;

    /// Makes the calls in their order, all or none of them. Anyone sends what enough signers signed.
    /// @param nonce `nextNonce`. Another act that is sent with the same one takes this one back.
    /// @param validUntil Unix seconds, inclusive.
    function execute(Call[] calldata calls, uint256 nonce, uint40 validUntil, bytes calldata signature) external;

    // By `execute` only. Whoever replaces a signer adds the new one before removing the old one.

    function addSigners(bytes[] calldata signers) external;

    /// Never below the threshold, and so never the last one.
    function removeSigners(bytes[] calldata signers) external;

    function setThreshold(uint64 threshold) external;
}

/// @title IAccountFactory
/// @notice Creates accounts at addresses that follow from their first signers.
interface IAccountFactory {
    event Created(address indexed account, bytes[] signers, uint64 threshold, bytes32 salt);

    /// @return What checks the passkeys of every account made here; this contract created it first.
    function VERIFIER() external view returns (address);

    /// @return The code that the accounts share; this contract created it second.
    function IMPLEMENTATION() external view returns (address);

    /// @return account Its address, also when it exists already.
    function deploy(bytes[] calldata signers, uint64 threshold, bytes32 salt) external returns (address account);

    /// @return Where the account is or will be.
    function addressOf(bytes[] calldata signers, uint64 threshold, bytes32 salt) external view returns (address);
}
