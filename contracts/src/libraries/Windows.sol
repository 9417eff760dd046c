// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Windows
/// @notice Time in whole Unix minutes. The minute of an act is not counted, so that no window is shorter than signed.
library Windows {
    /// @param from Minute of the act that starts the window.
    /// @param length Minutes.
    /// @return First minute after the window.
    function end(uint256 from, uint256 length) internal pure returns (uint256) {
        unchecked {
            return from + 1 + length;
        }
    }

    /// @param pauses Calldata offset of sorted, disjoint pauses of 8 bytes each: from, until (minutes).
    /// @return First minute after a window that stands still during the pauses.
    function endWithPauses(uint256 from, uint256 length, uint256 pauses, uint256 count)
        internal
        pure
        returns (uint256)
    {
        unchecked {
            uint256 t = from + 1;
            for (uint256 k; k < count; ++k) {
                uint256 word;
                assembly {
                    word := shr(192, calldataload(add(pauses, shl(3, k))))
                }
                uint256 pauseFrom = word >> 32;
                uint256 pauseUntil = word & 0xffffffff;
                if (pauseUntil <= t) continue;
                if (pauseFrom >= t + length) break;
                if (t < pauseFrom) length -= pauseFrom - t;
                t = pauseUntil;
            }
            return t + length;
        }
    }
}
