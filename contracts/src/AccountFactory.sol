// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PasskeyAccount} from "./PasskeyAccount.sol";
import {IAccountFactory, IPasskeyAccount} from "./interfaces/IPasskeyAccount.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {
    ERC7913WebAuthnVerifier
} from "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol";

/// @title AccountFactory
/// @notice Creates accounts at addresses that follow from their first signers, so that terms can name an account which
/// does not exist yet. Anyone creates it, whenever it is needed first, and can create nothing else there: the address
/// commits to the signers in their order, the threshold and the salt. No owner, nothing to set.
contract AccountFactory is IAccountFactory {
    address public immutable VERIFIER;
    address public immutable IMPLEMENTATION;

    constructor() {
        VERIFIER = address(new ERC7913WebAuthnVerifier());
        IMPLEMENTATION = address(new PasskeyAccount(VERIFIER));
    }

    function deploy(bytes[] calldata signers, uint64 threshold, bytes32 salt) external returns (address account) {
        account = addressOf(signers, threshold, salt);
        if (account.code.length != 0) return account;
        Clones.cloneDeterministic(IMPLEMENTATION, _salt(signers, threshold, salt));
        IPasskeyAccount(account).initialize(signers, threshold);
        emit Created(account, signers, threshold, salt);
    }

    function addressOf(bytes[] calldata signers, uint64 threshold, bytes32 salt) public view returns (address) {
        return Clones.predictDeterministicAddress(IMPLEMENTATION, _salt(signers, threshold, salt));
    }

    function _salt(bytes[] calldata signers, uint64 threshold, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(signers, threshold, salt));
    }
}
