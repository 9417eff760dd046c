// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RehearsalToken} from "../../src/RehearsalToken.sol";

/// @notice Refuses to move money from or to a listed account, as the large stablecoins do.
contract BlacklistToken is RehearsalToken {
    error Blacklisted(address account);

    mapping(address account => bool) public blacklisted;

    constructor(uint8 decimals_) RehearsalToken(decimals_) {}

    function setBlacklisted(address account, bool listed) external {
        blacklisted[account] = listed;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (blacklisted[from]) revert Blacklisted(from);
        if (blacklisted[to]) revert Blacklisted(to);
        super._update(from, to, value);
    }
}
