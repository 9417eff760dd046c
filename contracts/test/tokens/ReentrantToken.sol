// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RehearsalToken} from "../../src/RehearsalToken.sol";

/// @notice Calls what it was told to call in every `transfer` and `transferFrom` while armed, and counts what got through.
/// A well-behaved token otherwise.
contract ReentrantToken is RehearsalToken {
    address public target;
    bytes[] public calls;
    bool public armed;
    /// Calls tried, and those that did not revert.
    uint256 public tried;
    mapping(uint256 call => bool) public passed;
    /// What reading the target answered during a transfer.
    mapping(uint256 call => bytes) public answers;

    constructor() RehearsalToken(6) {}

    function arm(address target_, bytes[] calldata calls_) external {
        target = target_;
        delete calls;
        for (uint256 k; k < calls_.length; ++k) {
            calls.push(calls_[k]);
        }
        armed = true;
    }

    function disarm() external {
        armed = false;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (!armed) return;
        for (uint256 k; k < calls.length; ++k) {
            ++tried;
            (bool ok, bytes memory answer) = target.call(calls[k]);
            if (ok) {
                passed[k] = true;
                answers[k] = answer;
            }
        }
    }
}
