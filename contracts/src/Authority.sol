// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "./Errors.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice What a signed act offers to whoever relays it.
struct Tip {
    address signer;
    address token;
    uint256 amount;
}

/// @title Authority
/// @notice Who may do what: the sender itself, or an EIP-712 signature that anyone may relay (rules 1, 19).
///
/// An `auth` argument is empty when the sender is the party. Else it is packed:
/// tip cap 16, tip asked 16, tip token 20, tip deadline 5, valid until 5 (Unix seconds), signature.
abstract contract Authority is Nonces, IERC5267 {
    // The type of every act ends with: uint40 validUntil,Tip tip)Tip(address token,uint128 cap,uint40 deadline)
    bytes32 internal constant TIP_TYPEHASH = keccak256("Tip(address token,uint128 cap,uint40 deadline)");
    uint256 private constant AUTH_HEAD = 62;

    uint256 private immutable CHAIN = block.chainid;
    bytes32 private immutable DOMAIN = _buildDomain();

    /// Delegates that their party has revoked, by agreement.
    mapping(bytes32 id => mapping(address delegate => bool)) public delegateRevoked;

    /// ERC-5267. Name and version are constants, so OpenZeppelin's EIP712, which keeps them as short strings, would
    /// only make the escrow larger.
    function eip712Domain()
        external
        view
        returns (bytes1, string memory, string memory, uint256, address, bytes32, uint256[] memory)
    {
        return (hex"0f", "Commenda", "1", block.chainid, address(this), bytes32(0), new uint256[](0));
    }

    /// @return The EIP-712 domain separator; made anew should the chain split under a new chain id.
    function domain() public view returns (bytes32) {
        return block.chainid == CHAIN ? DOMAIN : _buildDomain();
    }

    function _buildDomain() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Commenda"),
                keccak256("1"),
                block.chainid,
                address(this)
            )
        );
    }

    /// @param digest What both parties sign: the agreement's id.
    function _requireSigned(address party, bytes32 digest, bytes calldata signature) internal view {
        if (signature.length == 0 && msg.sender == party) return;
        _recover(0, party, address(0), digest, signature);
    }

    /// The sender must be the party, or its delegate in this agreement.
    function _requireSender(bytes32 id, address party, address delegate) internal view {
        if (msg.sender == party) return;
        if (msg.sender == delegate && !delegateRevoked[id][delegate]) return;
        revert Errors.NotAuthorised(party);
    }

    /// @param fields abi.encode(type hash, the act's own fields, 0, 0): the last two words become the tail.
    /// @param delegate Key that may sign in the party's place, or zero.
    /// @return tip What the sender may take, and from whom.
    function _requireAct(bytes32 id, address party, address delegate, bytes memory fields, bytes calldata auth)
        internal
        view
        returns (Tip memory tip)
    {
        if (auth.length < AUTH_HEAD) revert Errors.NotAuthorised(party);
        uint256 tipWords;
        uint256 times;
        assembly ("memory-safe") {
            tipWords := calldataload(auth.offset)
            times := calldataload(add(auth.offset, 32))
        }
        uint256 cap = tipWords >> 128;
        tip.amount = uint128(tipWords);
        tip.token = address(uint160(times >> 96));
        uint256 deadline = uint40(times >> 56);
        uint256 validUntil = uint40(times >> 16);
        if (block.timestamp > validUntil) revert Errors.SignatureExpired(validUntil);
        if (tip.amount > cap || (tip.amount != 0 && block.timestamp > deadline)) {
            revert Errors.TipOverCap(tip.amount, cap);
        }
        bytes32 tipHash = keccak256(abi.encode(TIP_TYPEHASH, tip.token, cap, deadline));
        bytes32 structHash;
        assembly ("memory-safe") {
            let length := mload(fields)
            let end := add(add(fields, 32), length)
            mstore(sub(end, 64), validUntil)
            mstore(sub(end, 32), tipHash)
            structHash := keccak256(add(fields, 32), length)
        }
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain(), structHash);
        tip.signer = _recover(id, party, delegate, digest, auth[AUTH_HEAD:]);
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
            if (signer == delegate && !delegateRevoked[id][delegate]) return delegate;
        }
        if (!SignatureChecker.isValidERC1271SignatureNow(party, digest, signature)) {
            revert Errors.NotAuthorised(party);
        }
        return party;
    }
}
