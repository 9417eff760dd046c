// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "./Errors.sol";
import {IArbitrable, IArbitrator} from "./interfaces/IArbitration.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {Agreement, Terms} from "./libraries/Terms.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Panel
/// @notice The included arbitrator: `QUORUM` of its members sign a ruling, anyone sends it. Speaks ERC-792, costs
/// nothing native, holds no money. Its fee in the escrow is one of the two deposits, shared by those who signed.
contract Panel is IArbitrator, EIP712 {
    using Terms for Agreement;

    error BadMembers();
    error NotMembers();
    error MemberIsParty(address member);
    error QuorumMissed(uint256 signed, uint256 quorum);
    error BadChoice(uint256 choice);
    error AlreadyRuled(uint256 number);
    error UnknownDispute(uint256 number);
    error ValueNotTaken(uint256 value);
    error TryAgain(bytes4 reason);

    // Ruling(address arbitrable,uint256 number,uint256 choice)
    bytes32 private constant RULING_TYPEHASH = keccak256("Ruling(address arbitrable,uint256 number,uint256 choice)");

    /// keccak256 of the packed members' addresses, ascending: fixed for this panel's address.
    bytes32 public immutable MEMBERS;
    uint256 public immutable QUORUM;

    /// Disputes of arbitrables that call `createDispute`: who asked, and among how many choices.
    mapping(uint256 number => address) public arbitrables;
    mapping(uint256 number => uint256) public choices;
    mapping(uint256 number => bool) public ruled;
    uint256 public count;

    event Created(address[] members, uint256 quorum);
    event PaymentFailed(uint256 indexed number, bytes reason);

    constructor(address[] memory members, uint256 quorum) EIP712("Commenda Panel", "1") {
        if (quorum == 0 || quorum > members.length || members.length > 255) revert BadMembers();
        for (uint256 k; k < members.length; ++k) {
            if (members[k] <= (k == 0 ? address(0) : members[k - 1])) revert BadMembers();
        }
        MEMBERS = keccak256(abi.encodePacked(members));
        QUORUM = quorum;
        emit Created(members, quorum);
    }

    /// Rules on a tranche of an escrow's agreement and pays in the same transaction. If paying fails the ruling stands:
    /// it is recorded, and anyone may claim it.
    /// @param terms Parties, work and arbitration in full.
    /// @param choice 1..101 gives the provider 0..100 % of what is unpaid; 0 refuses to rule: the fallback share.
    /// @param members All members, ascending.
    /// @param signatures One a member in the same order, empty for those who did not sign.
    function decide(
        IEscrow escrow,
        bytes calldata terms,
        uint256 tranche,
        uint256 choice,
        address[] calldata members,
        bytes[] calldata signatures
    ) external {
        Agreement memory a = Terms.read(terms, escrow.domain(), Terms.PARTIES | Terms.WORK | Terms.ARBITRATION);
        for (uint256 k; k < members.length; ++k) {
            if (members[k] == a.client() || members[k] == a.provider()) revert MemberIsParty(members[k]);
        }
        uint256 number = uint256(keccak256(abi.encode(a.id, tranche)));
        address[] memory signed = _requireQuorum(address(escrow), number, choice, members, signatures);
        try escrow.rulePanel(terms, tranche, choice, signed) {}
        catch (bytes memory reason) {
            // Neither is a reason to record only: whoever sends again, at another time or with more gas, pays.
            bytes4 why = bytes4(reason);
            if (
                why == Errors.GasTooLow.selector
                    || why == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector
            ) revert TryAgain(why);
            emit PaymentFailed(number, reason);
            escrow.rule(number, choice);
        }
    }

    /// ERC-792, for any other arbitrable.
    function createDispute(uint256 choices_, bytes calldata) external payable returns (uint256 number) {
        if (msg.value != 0) revert ValueNotTaken(msg.value);
        number = ++count;
        arbitrables[number] = msg.sender;
        choices[number] = choices_;
        emit DisputeCreation(number, msg.sender);
    }

    /// Rules on a dispute made by `createDispute`.
    function give(uint256 number, uint256 choice, address[] calldata members, bytes[] calldata signatures) external {
        address arbitrable = arbitrables[number];
        if (arbitrable == address(0)) revert UnknownDispute(number);
        if (ruled[number]) revert AlreadyRuled(number);
        if (choice > choices[number]) revert BadChoice(choice);
        ruled[number] = true;
        _requireQuorum(arbitrable, number, choice, members, signatures);
        IArbitrable(arbitrable).rule(number, choice);
    }

    /// Shares among all members a credit that the escrow keeps for the panel: the fee of rulings that were recorded
    /// first and claimed later. What does not divide stays for the next time.
    function share(IEscrow escrow, address token, address[] calldata members) external {
        if (keccak256(abi.encodePacked(members)) != MEMBERS) revert NotMembers();
        uint256 each = escrow.credits(token, address(this)) / members.length;
        for (uint256 k; k < members.length; ++k) {
            escrow.redirect(token, address(this), members[k], each, 0, "");
        }
    }

    function arbitrationCost(bytes calldata) external pure returns (uint256) {
        return 0;
    }

    /// @return signed The members who signed the ruling.
    function _requireQuorum(
        address arbitrable,
        uint256 number,
        uint256 choice,
        address[] calldata members,
        bytes[] calldata signatures
    ) private view returns (address[] memory signed) {
        if (keccak256(abi.encodePacked(members)) != MEMBERS || signatures.length > members.length) revert NotMembers();
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(RULING_TYPEHASH, arbitrable, number, choice)));
        signed = new address[](members.length);
        uint256 n;
        for (uint256 k; k < signatures.length; ++k) {
            if (signatures[k].length == 0) continue;
            (address signer,,) = ECDSA.tryRecoverCalldata(digest, signatures[k]);
            if (signer != members[k]) revert NotMembers();
            signed[n++] = signer;
        }
        if (n < QUORUM) revert QuorumMissed(n, QUORUM);
        assembly ("memory-safe") {
            mstore(signed, n)
        }
    }
}
