// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RehearsalToken} from "../../src/RehearsalToken.sol";

/// @notice Well behaved until it turns: then every `transfer` misbehaves in the way that was set.
contract TurningToken is RehearsalToken {
    enum Mood {
        Good,
        Reverts,
        ReturnsFalse,
        ReturnsTwo,
        ReturnsShort,
        ReturnsBomb,
        RevertsBomb,
        BurnsGas,
        Invalid
    }

    Mood public mood;

    constructor() RehearsalToken(6) {}

    function turn(Mood mood_) external {
        mood = mood_;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        Mood m = mood;
        if (m == Mood.Good) return super.transfer(to, amount);
        if (m == Mood.Reverts) revert("turned");
        if (m == Mood.ReturnsFalse) return false;
        if (m == Mood.BurnsGas) while (true) {}
        assembly ("memory-safe") {
            switch m
            case 3 {
                mstore(0, 2)
                return(0, 32)
            }
            case 4 {
                mstore(0, not(0))
                return(0, 31)
            }
            // As long as the gas that a transfer gets can pay for.
            case 5 { return(0, 80000) }
            case 6 { revert(0, 80000) }
            default { invalid() }
        }
    }
}
