// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {DealIn} from "../Deal.sol";

/// @title Ledger
/// @notice What an agreement is owed by the escrow and when its next doors open or shut, computed from its terms in
/// plain form, its word of stages and its notes, sharing no code with the escrow.
library Ledger {
    uint256 internal constant EPOCH = 29_453_760;

    struct Noted {
        uint256 shareBps;
        uint256 shift;
        bool extended;
    }

    function code(uint256 word, uint256 i) internal pure returns (uint256) {
        return (word >> (32 * i)) % 16;
    }

    function round(uint256 word, uint256 i) internal pure returns (uint256) {
        return (word >> (32 * i + 4)) % 4;
    }

    function clock(uint256 word, uint256 i) internal pure returns (uint256) {
        return (word >> (32 * i + 7)) % (1 << 25);
    }

    function allTerminal(uint256 word) internal pure returns (bool) {
        for (uint256 i; i < 8; ++i) {
            uint256 c = code(word, i);
            if (c != 0 && c < 12) return false;
        }
        return true;
    }

    function noted(IEscrow escrow, bytes32 id, uint256 i) internal view returns (Noted memory n) {
        (uint16 shareBps,, uint32 shift,, bool extended,) = escrow.notes(id, i);
        n = Noted(shareBps, shift, extended);
    }

    /// @return What one deposit on this tranche is.
    function deposit(DealIn memory d, uint256 i) internal pure returns (uint256) {
        if (d.arbitration.arbitrator == address(0)) return 0;
        uint256 one = d.arbitration.deposit;
        return d.work.tranches[i].amount / 2 >= one || one * 2 <= d.work.tranches[i].amount ? one : 0;
    }

    /// @return Money of the tranche itself.
    function held(IEscrow escrow, bytes32 id, DealIn memory d, uint256 word, uint256 i)
        internal
        view
        returns (uint256)
    {
        uint256 c = code(word, i);
        if (c == 0 || c > 11) return 0;
        if (c == 1) return d.work.tranches[i].terminationFee;
        Noted memory n = noted(escrow, id, i);
        uint256 base = d.work.tranches[i].amount;
        if (n.extended && d.work.tranches[i].extender == 2) base -= d.work.tranches[i].extensionPrice;
        return base - base * n.shareBps / 10_000;
    }

    function deposits(DealIn memory d, uint256 word, uint256 i) internal pure returns (uint256) {
        uint256 c = code(word, i);
        if (c < 7 || c > 11) return 0;
        return c < 10 ? deposit(d, i) : 2 * deposit(d, i);
    }

    /// @return sum Fees of tranches paid in one piece, until all have ended.
    function owedFees(DealIn memory d, uint256 word) internal pure returns (uint256 sum) {
        if (allTerminal(word)) return 0;
        for (uint256 i; i < d.work.tranches.length; ++i) {
            if (code(word, i) == 12) sum += uint256(d.work.tranches[i].amount) * d.work.feeBps / 10_000;
        }
    }

    function entitled(IEscrow escrow, bytes32 id, DealIn memory d, uint256 word) internal view returns (uint256 sum) {
        sum = owedFees(d, word);
        for (uint256 i; i < d.work.tranches.length; ++i) {
            sum += held(escrow, id, d, word, i) + deposits(d, word, i);
        }
    }

    /// @return Minute at which the next door of this tranche opens or shuts.
    function boundary(IEscrow escrow, bytes32 id, DealIn memory d, uint256 word, uint256 i, uint256 pick)
        internal
        view
        returns (uint256)
    {
        uint256 c = code(word, i);
        uint256 since = clock(word, i) + EPOCH;
        if (c == 1) return d.work.tranches[i].fundBy;
        if (c == 0 || c > 11) return 0;
        if (c == 6) return clock(word, i) + EPOCH;
        if (c == 5) return reviewEnd(d, i, since);
        if (c < 6) {
            uint256 due = d.work.tranches[i].due;
            if (pick == 0) return d.work.tranches[i].start;
            if (c != 2) due += noted(escrow, id, i).shift;
            if (c == 4 && clock(word, i) != 0 && since > d.work.tranches[i].start) {
                due += since - d.work.tranches[i].start;
            }
            return pick == 1 ? due : due + d.work.tranches[i].cure;
        }
        return since + 1 + (c < 10 ? d.arbitration.answerWithin : d.arbitration.ruleWithin);
    }

    /// Minute by minute would be the definition; pause by pause is the same and fast.
    function reviewEnd(DealIn memory d, uint256 i, uint256 since) internal pure returns (uint256 t) {
        t = since + 1;
        uint256 left = d.work.tranches[i].review;
        if (d.work.payByResult && i == d.work.tranches.length - 1) return t + left;
        for (uint256 k; k < d.work.pauses.length; ++k) {
            (uint256 from, uint256 until) = (d.work.pauses[k].from, d.work.pauses[k].until);
            if (until <= t) continue;
            uint256 run = from > t ? from - t : 0;
            if (run >= left) break;
            left -= run;
            t = until;
        }
        return t + left;
    }
}
