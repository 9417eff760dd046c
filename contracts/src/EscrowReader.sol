// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "./interfaces/IEscrow.sol";
import {Cells} from "./libraries/Cells.sol";

/// One tranche as people read it.
struct Stage {
    /// A code of `Cells`.
    uint256 code;
    /// Rejections so far.
    uint256 round;
    /// Unix minute of the last delivery, contest or deadline, by code; 0 where the code has none.
    uint256 clock;
    /// Share paid, bps, of a tranche that has ended.
    uint256 shareBps;
}

/// @title EscrowReader
/// @notice Reads what the escrow packs. Outside the core: it holds nothing and nobody depends on it.
contract EscrowReader {
    using Cells for uint256;

    /// @return all The stages of an agreement's tranches, in order; empty if it was never opened.
    function stagesOf(IEscrow escrow, bytes32 id) external view returns (Stage[] memory all) {
        uint256 s = escrow.stages(id);
        uint256 count;
        while (count < 8 && s.code(count) != Cells.NONE) ++count;
        all = new Stage[](count);
        for (uint256 i; i < count; ++i) {
            uint256 code = s.code(i);
            uint256 raw = s.raw(i);
            bool share = code == Cells.ENDED || code == Cells.TERMINATED;
            all[i] = Stage({
                code: code,
                round: s.round(i),
                clock: share || raw <= Cells.BLOCKED ? 0 : s.clock(i),
                shareBps: code == Cells.PAID ? 10_000 : share ? raw : 0
            });
        }
    }
}
