// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPasskeyAccount} from "./interfaces/IPasskeyAccount.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {MultiSignerERC7913} from "@openzeppelin/contracts/utils/cryptography/signers/MultiSignerERC7913.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @title PasskeyAccount
/// @notice A party without a wallet, or an organisation. Any `threshold` of its signers sign for it: one for a person,
/// whose second signer is the spare key; two for an organisation under the two-person rule.
///
/// A signer is ERC-7913 bytes: 20 of a wallet's address, or 84 of a passkey: verifier, x and y of the P-256 key.
/// What they sign is EIP-712 data in this account's own domain, so that it counts at no other account and on no other
/// chain: `Approval` of a hash that somebody asks for by ERC-1271, or `Execute`. A passkey signs the digest as its
/// WebAuthn challenge, and must have verified its user.
///
/// It has no owner, no upgrade and no module. Who holds `threshold` keys holds it; when fewer are left, nobody does.
contract PasskeyAccount is IPasskeyAccount, MultiSignerERC7913, EIP712, ReentrancyGuardTransient {
    bytes32 private constant APPROVAL_TYPEHASH = keccak256("Approval(bytes32 hash)");
    bytes32 private constant CALL_TYPEHASH = keccak256("Call(address target,uint256 value,bytes data)");
    bytes32 private constant EXECUTE_TYPEHASH =
        keccak256("Execute(Call[] calls,uint256 nonce,uint40 validUntil)Call(address target,uint256 value,bytes data)");

    address public immutable VERIFIER;
    uint256 public nextNonce;

    /// The code that clones run. It is nobody's account itself: no signature recovers to the zero address.
    constructor(address verifier) MultiSignerERC7913(_nobody(), 1) EIP712("Commenda Account", "1") {
        VERIFIER = verifier;
    }

    receive() external payable {}

    function initialize(bytes[] calldata signers, uint64 threshold_) external {
        if (getSignerCount() != 0) revert AlreadyInitialised();
        _admit(signers);
        _setThreshold(threshold_);
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(APPROVAL_TYPEHASH, hash)));
        return _rawSignatureValidation(digest, signature) ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    function execute(Call[] calldata calls, uint256 nonce, uint40 validUntil, bytes calldata signature)
        external
        nonReentrant
    {
        if (block.timestamp > validUntil) revert SignatureExpired(validUntil);
        if (nonce != nextNonce) revert WrongNonce(nonce, nextNonce);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(EXECUTE_TYPEHASH, _hashCalls(calls), nonce, validUntil)));
        if (!_rawSignatureValidation(digest, signature)) revert NotSigned(digest);
        nextNonce = nonce + 1;
        emit Executed(nonce);
        for (uint256 k; k < calls.length; ++k) {
            Call calldata call = calls[k];
            // A call into the void would pass for one that was done.
            if (call.data.length != 0 && call.target.code.length == 0) revert NoCode(k, call.target);
            (bool ok, bytes memory reason) = call.target.call{value: call.value}(call.data);
            if (!ok) revert CallFailed(k, call.target, reason);
        }
    }

    function addSigners(bytes[] calldata signers) external {
        _requireItself();
        _admit(signers);
    }

    function removeSigners(bytes[] calldata signers) external {
        _requireItself();
        _removeSigners(signers);
    }

    function setThreshold(uint64 threshold_) external {
        _requireItself();
        _setThreshold(threshold_);
    }

    function _requireItself() private view {
        if (msg.sender != address(this)) revert NotItself(msg.sender);
    }

    /// Refuses what could never sign, what would ask this account itself, and verifiers that are not known.
    function _admit(bytes[] calldata signers) private {
        for (uint256 k; k < signers.length; ++k) {
            bytes calldata signer = signers[k];
            bool good;
            if (signer.length == 20) {
                address wallet = address(bytes20(signer));
                good = wallet != address(0) && wallet != address(this);
            } else if (signer.length == 84) {
                good = address(bytes20(signer)) == VERIFIER
                    && P256.isValidPublicKey(bytes32(signer[20:52]), bytes32(signer[52:84]));
            }
            if (!good) revert BadSigner(signer);
        }
        _addSigners(signers);
    }

    function _hashCalls(Call[] calldata calls) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](calls.length);
        for (uint256 k; k < calls.length; ++k) {
            hashes[k] = keccak256(abi.encode(CALL_TYPEHASH, calls[k].target, calls[k].value, keccak256(calls[k].data)));
        }
        return keccak256(abi.encodePacked(hashes));
    }

    function _nobody() private pure returns (bytes[] memory signers) {
        signers = new bytes[](1);
        signers[0] = abi.encodePacked(address(0));
    }
}
