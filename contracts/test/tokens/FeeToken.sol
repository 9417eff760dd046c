// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RehearsalToken} from "../../src/RehearsalToken.sol";

/// @notice Keeps a part of every transfer, from the day that `setFee` says so.
contract FeeToken is RehearsalToken {
    uint256 public feeBps;

    constructor(uint256 feeBps_) RehearsalToken(18) {
        feeBps = feeBps_;
    }

    function setFee(uint256 bps) external {
        feeBps = bps;
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : value * feeBps / 10_000;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(0), fee);
    }
}
