// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccountFactory, IPasskeyAccount} from "../../src/interfaces/IPasskeyAccount.sol";
import {Base} from "../Base.sol";
import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";

/// With what OpenZeppelin's part of it answers.
interface IAccount is IPasskeyAccount {
    function getSignerCount() external view returns (uint256);
    function isSigner(bytes calldata signer) external view returns (bool);
    function threshold() external view returns (uint64);
}

/// @title Accounts
/// @notice Passkeys and wallets as signers of accounts, and what a device answers when one of them is asked.
abstract contract Accounts is Base {
    uint256 internal constant PHONE = 0x9401e;
    uint256 internal constant LAPTOP = 0x1a970;
    uint256 internal constant WALLET = 0x3a11e7;
    /// User present, user verified.
    bytes1 internal constant VERIFIED = 0x05;
    uint256 internal constant P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;
    uint40 internal constant LATER = type(uint40).max;

    IAccountFactory internal factory;

    function setUp() public virtual override {
        super.setUp();
        factory = IAccountFactory(vm.deployCode("contracts/artifacts/AccountFactory.json"));
    }

    // Signers ------------------------------------------------------------------------------------------------------

    function passkey(uint256 key) internal view returns (bytes memory) {
        (uint256 x, uint256 y) = vm.publicKeyP256(key);
        return abi.encodePacked(factory.VERIFIER(), x, y);
    }

    function wallet(uint256 key) internal pure returns (bytes memory) {
        return abi.encodePacked(vm.addr(key));
    }

    function list(bytes memory one) internal pure returns (bytes[] memory all) {
        all = new bytes[](1);
        all[0] = one;
    }

    function list(bytes memory one, bytes memory two) internal pure returns (bytes[] memory all) {
        all = new bytes[](2);
        (all[0], all[1]) = (one, two);
    }

    function list(bytes memory one, bytes memory two, bytes memory three) internal pure returns (bytes[] memory all) {
        all = new bytes[](3);
        (all[0], all[1], all[2]) = (one, two, three);
    }

    function account(bytes[] memory signers, uint64 threshold) internal returns (IAccount) {
        return IAccount(factory.deploy(signers, threshold, 0));
    }

    // What is signed -----------------------------------------------------------------------------------------------

    function domainOf(address who) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Commenda Account"),
                keccak256("1"),
                block.chainid,
                who
            )
        );
    }

    function approval(IAccount who, bytes32 hash) internal view returns (bytes32) {
        bytes32 structHash = keccak256(abi.encode(keccak256("Approval(bytes32 hash)"), hash));
        return keccak256(abi.encodePacked(hex"1901", domainOf(address(who)), structHash));
    }

    function execution(IAccount who, IPasskeyAccount.Call[] memory calls, uint256 nonce, uint40 validUntil)
        internal
        view
        returns (bytes32)
    {
        bytes memory hashes;
        for (uint256 k; k < calls.length; ++k) {
            hashes = bytes.concat(
                hashes,
                keccak256(
                    abi.encode(
                        keccak256("Call(address target,uint256 value,bytes data)"),
                        calls[k].target,
                        calls[k].value,
                        keccak256(calls[k].data)
                    )
                )
            );
        }
        bytes32 typeHash = keccak256(
            "Execute(Call[] calls,uint256 nonce,uint40 validUntil)Call(address target,uint256 value,bytes data)"
        );
        bytes32 structHash = keccak256(abi.encode(typeHash, keccak256(hashes), nonce, validUntil));
        return keccak256(abi.encodePacked(hex"1901", domainOf(address(who)), structHash));
    }

    function only(address target, bytes memory data) internal pure returns (IPasskeyAccount.Call[] memory calls) {
        calls = new IPasskeyAccount.Call[](1);
        calls[0] = IPasskeyAccount.Call(target, 0, data);
    }

    // What devices answer ------------------------------------------------------------------------------------------

    function assertion(uint256 key, bytes32 challenge) internal pure returns (bytes memory) {
        return assertion(key, challenge, "webauthn.get", VERIFIED);
    }

    function assertion(uint256 key, bytes32 challenge, string memory kind, bytes1 flags)
        internal
        pure
        returns (bytes memory)
    {
        bytes memory data = abi.encodePacked(sha256("commenda.example"), flags, uint32(0));
        string memory json = string.concat(
            '{"type":"',
            kind,
            '","challenge":"',
            Base64.encodeURL(abi.encodePacked(challenge)),
            '","origin":"https://commenda.example","crossOrigin":false}'
        );
        (bytes32 r, bytes32 s) = vm.signP256(key, sha256(abi.encodePacked(data, sha256(bytes(json)))));
        // A device gives either of the two; the account takes the lower.
        if (uint256(s) > P256_ORDER / 2) s = bytes32(P256_ORDER - uint256(s));
        return abi.encode(r, s, bytes(kind).length + 11, 1, data, json);
    }

    function byPasskey(uint256 key, bytes32 digest) internal view returns (bytes memory) {
        return abi.encode(list(passkey(key)), list(assertion(key, digest)));
    }

    function byWallet(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        return abi.encode(list(wallet(key)), list(sign(key, digest)));
    }

    // Acting -------------------------------------------------------------------------------------------------------

    function approves(IAccount who, bytes32 hash, bytes memory signature) internal view returns (bool) {
        return who.isValidSignature(hash, signature) == bytes4(0x1626ba7e);
    }

    /// Signed by the phone, sent by the relayer.
    function executeAs(IAccount who, IPasskeyAccount.Call[] memory calls) internal {
        uint256 nonce = who.nextNonce();
        bytes memory signature = byPasskey(PHONE, execution(who, calls, nonce, LATER));
        vm.prank(relayer);
        who.execute(calls, nonce, LATER, signature);
    }
}
