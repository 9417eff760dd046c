// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "./Errors.sol";
import {TypeHashes} from "./libraries/TypeHashes.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Authority
/// @notice Who may do what: the sender itself, or an EIP-712 signature that anyone may relay (rules 1, 19).
///
/// An `auth` argument is empty when the sender is the party. Else it is packed:
/// tip cap 16, tip asked 16, tip token 20, tip deadline 5, valid until 5 (Unix seconds), signature.
abstract contract Authority {
    uint256 private constant AUTH_HEAD = 62;

    /// Delegates that their party has revoked, by agreement.
    mapping(bytes32 id => mapping(address delegate => bool)) internal _delegateRevoked;

    /// @return The EIP-712 domain separator of the escrow on this chain.
    function domain() public view virtual returns (bytes32) {
        return
            keccak256(abi.encode(TypeHashes.DOMAIN, TypeHashes.NAME, TypeHashes.VERSION, block.chainid, address(this)));
    }

    /// @param digest What both parties sign: the agreement's id.
    function _requireSigned(address party, bytes32 digest, bytes calldata signature) internal view {
        if (signature.length == 0 && msg.sender == party) return;
        _recover(0, party, address(0), digest, signature);
    }

    /// The sender, who is not the party, must be its delegate in this agreement.
    function _requireDelegate(bytes32 id, address party, address delegate) internal view {
        if (msg.sender == delegate && !_delegateRevoked[id][delegate]) return;
        revert Errors.NotAuthorised(party);
    }

    /// @param fields abi.encode(type hash, the act's own fields, 0, 0): the last two words become the tail.
    /// @param delegate Key that may sign in the party's place, or zero.
    /// @return signer Whose tip it is.
    /// @return tipToken The tip's token.
    /// @return tip What the sender takes of it.
    function _requireAct(bytes32 id, address party, address delegate, bytes memory fields, bytes calldata auth)
        internal
        view
        returns (address signer, address tipToken, uint256 tip)
    {
        if (auth.length < AUTH_HEAD) revert Errors.NotAuthorised(party);
        uint256 tipWords;
        uint256 times;
        assembly ("memory-safe") {
            tipWords := calldataload(auth.offset)
            times := calldataload(add(auth.offset, 32))
        }
        uint256 cap = tipWords >> 128;
        tip = uint128(tipWords);
        tipToken = address(uint160(times >> 96));
        uint256 deadline = uint40(times >> 56);
        uint256 validUntil = uint40(times >> 16);
        if (block.timestamp > validUntil) revert Errors.SignatureExpired(validUntil);
        if (tip > cap || (tip != 0 && block.timestamp > deadline)) {
            revert Errors.TipOverCap(tip, cap);
        }
        bytes32 tipHash = keccak256(abi.encode(TypeHashes.TIP, tipToken, cap, deadline));
        bytes32 structHash;
        assembly ("memory-safe") {
            let length := mload(fields)
            let end := add(add(fields, 32), length)
            mstore(sub(end, 64), validUntil)
            mstore(sub(end, 32), tipHash)
            structHash := keccak256(add(fields, 32), length)
        }
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain(), structHash);
        signer = _recover(id, party, delegate, digest, auth[AUTH_HEAD:]);
    }

    /// @return signer The party or its delegate by key (ECDSA), else the party by its contract (ERC-1271).
    function _recover(bytes32 id, address party, address delegate, bytes32 digest, bytes calldata signature)
        private
        view
        returns (address signer)
    {
        (signer,,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (signer != address(0)) {
            if (signer == party) return party;
            if (signer == delegate && !_delegateRevoked[id][delegate]) return delegate;
        }
        if (!SignatureChecker.isValidERC1271SignatureNow(party, digest, signature)) {
            revert Errors.NotAuthorised(party);
        }
        return party;
    }
}
