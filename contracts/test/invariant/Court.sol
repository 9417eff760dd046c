// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IArbitrable, IArbitrator} from "../../src/interfaces/IArbitration.sol";

/// @notice An honest ERC-792 arbitrator of one cost, which rules what it is told to rule.
contract Court is IArbitrator {
    uint256 public constant COST = 0.01 ether;
    uint256 public count;

    function arbitrationCost(bytes calldata) external pure returns (uint256) {
        return COST;
    }

    function createDispute(uint256, bytes calldata) external payable returns (uint256 number) {
        require(msg.value == COST);
        number = ++count;
        emit DisputeCreation(number, msg.sender);
    }

    function give(address arbitrable, uint256 number, uint256 ruling) external {
        IArbitrable(arbitrable).rule(number, ruling);
    }
}
