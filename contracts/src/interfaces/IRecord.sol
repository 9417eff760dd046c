// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IRecord
/// @notice What the escrow writes down, and nothing else does (rule 20).
interface IRecord {
    /// Why money moved. The number of each is part of the record.
    enum Cause {
        None,
        Acceptance,
        PartAcceptance,
        Silence,
        Deadline,
        Lapse,
        Termination,
        Extension,
        Forfeit,
        Ruling,
        Fallback,
        Outcome,
        Default,
        Settlement,
        ChangeOrder
    }

    event Opened(bytes32 indexed id, address indexed client, address indexed provider, bytes32 document);
    event Revoked(bytes32 indexed id, address by);
    event Funded(bytes32 indexed id, uint256 tranches, uint256 amount);
    event Delivered(bytes32 indexed id, uint256 tranche, uint256 round, bytes32 deliverable);
    event Rejected(bytes32 indexed id, uint256 tranche, uint256 round, bytes32 reasons);
    event Extended(bytes32 indexed id, uint256 tranche);
    event Contested(bytes32 indexed id, uint256 tranche, bool byClient, bytes32 reasons);
    event Answered(bytes32 indexed id, uint256 tranche);
    event Reported(bytes32 indexed id, uint256 value);
    event OutcomeSettled(bytes32 indexed id, uint256 value, uint256 pay);
    event DelegateRevoked(bytes32 indexed id, address delegate);
    event PayeeNamed(bytes32 indexed id, address payee);
    event Replaced(bytes32 indexed id, bytes32 by);
    /// The record (rule 20).
    /// @param facts amount (gross) << 40 | fee bps << 24 | tranche << 16 | cause << 8 | disputed << 1 | on time. Of the
    /// amount floor(amount x fee bps / 10,000) goes to the fee recipient, now or at close.
    event Paid(bytes32 indexed id, uint256 facts);
    /// @param facts amount << 40 | tranche << 16 | cause << 8.
    event Refunded(bytes32 indexed id, uint256 facts);
    event Closed(bytes32 indexed id);

    event Credited(address indexed token, address indexed owner, uint256 amount);
    event CreditPaid(address indexed token, address indexed owner, address to, uint256 amount);
}
