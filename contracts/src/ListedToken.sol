// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RehearsalToken} from "./RehearsalToken.sol";

/// @title ListedToken
/// @notice Play money that refuses payments to the accounts on its list, as tokens of issuers do: transfers to them,
/// by whomever, and mints. They may still pay. Anyone writes the list, so that anyone can rehearse what it leads to.
contract ListedToken is RehearsalToken {
    error PaymentRefused(address account);

    mapping(address account => bool) public isRefused;

    event Listed(address indexed account, bool refused);

    constructor(uint8 decimals_) RehearsalToken(decimals_) {}

    /// @param refused Whether payments to the account are refused from now on.
    function refuse(address account, bool refused) external {
        isRefused[account] = refused;
        emit Listed(account, refused);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (isRefused[to]) revert PaymentRefused(to);
        super._update(from, to, value);
    }
}
