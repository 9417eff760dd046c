// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RehearsalToken} from "../../src/RehearsalToken.sol";

/// @notice Its owner can stop all transfers.
contract PausableToken is RehearsalToken {
    error Paused();

    bool public paused;

    constructor() RehearsalToken(6) {}

    function setPaused(bool paused_) external {
        paused = paused_;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (paused) revert Paused();
        super._update(from, to, value);
    }
}
