// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "./Errors.sol";
import {IEvidence} from "./interfaces/IArbitration.sol";
import {Agreement, Terms} from "./libraries/Terms.sol";

/// @title EvidenceBoard
/// @notice ERC-1497: where the parties of a contested tranche point its arbitrator to evidence. Holds no money and
/// changes nothing: it stands beside the escrow to keep that small.
contract EvidenceBoard is IEvidence {
    using Terms for Agreement;

    /// Domain separator of the escrow whose agreements are spoken of.
    bytes32 public immutable DOMAIN;

    constructor(bytes32 domain) {
        DOMAIN = domain;
    }

    /// @param terms Parties and arbitration in full.
    /// @param evidence URI of the evidence, as ERC-1497 describes it. The sender must be a party or a party's delegate.
    function submit(bytes calldata terms, uint256 tranche, string calldata evidence) external {
        Agreement memory a = Terms.read(terms, DOMAIN, Terms.PARTIES | Terms.ARBITRATION);
        bool party = msg.sender == a.client() || msg.sender == a.provider() || msg.sender == a.clientDelegate()
            || msg.sender == a.providerDelegate();
        if (!party) revert Errors.NotAuthorised(a.client());
        emit Evidence(a.arbitrator(), uint256(keccak256(abi.encode(a.id, tranche))), msg.sender, evidence);
    }
}
