// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice ERC-792, the side that rules.
interface IArbitrator {
    event DisputeCreation(uint256 indexed disputeID, address indexed arbitrable);

    /// @param choices Number of choices, 0 (refuse to rule) not counted.
    /// @param extraData What the agreement's terms tell the arbitrator.
    function createDispute(uint256 choices, bytes calldata extraData) external payable returns (uint256 disputeID);

    /// @return cost Of one dispute, in wei.
    function arbitrationCost(bytes calldata extraData) external view returns (uint256 cost);
}

/// @notice ERC-792, the side that is ruled on.
interface IArbitrable {
    event Ruling(address indexed arbitrator, uint256 indexed disputeID, uint256 ruling);

    function rule(uint256 disputeID, uint256 ruling) external;
}

/// @notice ERC-1497: where a dispute's evidence is found.
interface IEvidence {
    event MetaEvidence(uint256 indexed metaEvidenceID, string evidence);
    event Evidence(address indexed arbitrator, uint256 indexed evidenceGroupID, address indexed party, string evidence);
    event Dispute(
        address indexed arbitrator, uint256 indexed disputeID, uint256 metaEvidenceID, uint256 evidenceGroupID
    );
}
