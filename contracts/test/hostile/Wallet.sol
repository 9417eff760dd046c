// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice An ERC-1271 account that answers as it is told, whatever the signature.
contract Wallet {
    enum Mood {
        Yes,
        No,
        Reverts,
        BurnsGas,
        Bomb,
        Short,
        Reenters,
        True
    }

    Mood public mood;
    address private target;
    bytes private data;

    constructor(IERC20 token, address spender) {
        token.approve(spender, type(uint256).max);
    }

    function be(Mood mood_) external {
        mood = mood_;
    }

    function arm(address target_, bytes calldata data_) external {
        (mood, target, data) = (Mood.Reenters, target_, data_);
    }

    function act(address to, bytes calldata call_) external {
        (bool ok, bytes memory answer) = to.call(call_);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4 answer) {
        Mood m = mood;
        if (m == Mood.No) return 0xffffffff;
        if (m == Mood.Reverts) revert("no");
        if (m == Mood.BurnsGas) while (true) {}
        if (m == Mood.Reenters) {
            (bool ok,) = target.staticcall(data);
            if (ok) return 0xffffffff;
        }
        if (m == Mood.Bomb) {
            assembly ("memory-safe") {
                mstore(0x80, 0x1626ba7e00000000000000000000000000000000000000000000000000000000)
                return(0x80, 1000000)
            }
        }
        if (m == Mood.Short) {
            assembly ("memory-safe") {
                mstore(0x80, 0x1626ba7e00000000000000000000000000000000000000000000000000000000)
                return(0x80, 4)
            }
        }
        if (m == Mood.True) {
            assembly ("memory-safe") {
                mstore(0x80, 1)
                return(0x80, 32)
            }
        }
        return 0x1626ba7e;
    }
}
