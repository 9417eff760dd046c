// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOutcomeSource} from "../../src/interfaces/IOutcomeSource.sol";

/// @notice An outcome source that misbehaves as it is told.
contract Source is IOutcomeSource {
    enum Mood {
        TrueForEverything,
        False,
        Reverts,
        BurnsGas,
        Bomb,
        RevertBomb,
        Two,
        Short,
        Reenters
    }

    Mood public mood;
    address private target;
    bytes private data;

    function be(Mood mood_) external {
        mood = mood_;
    }

    function arm(address target_, bytes calldata data_) external {
        (mood, target, data) = (Mood.Reenters, target_, data_);
    }

    function attested(bytes32, uint256, bytes calldata) external view returns (bool) {
        Mood m = mood;
        if (m == Mood.Reverts) revert("no");
        if (m == Mood.BurnsGas) while (true) {}
        if (m == Mood.Reenters) {
            (bool ok,) = target.staticcall(data);
            return !ok;
        }
        assembly ("memory-safe") {
            switch m
            case 4 {
                mstore(0x80, 1)
                return(0x80, 1000000)
            }
            case 5 { revert(0, 1000000) }
            case 6 {
                mstore(0x80, 2)
                return(0x80, 32)
            }
            case 7 { return(0x80, 31) }
        }
        return m == Mood.TrueForEverything;
    }
}
