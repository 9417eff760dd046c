// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Cells
/// @notice The stage of a whole agreement in one word: eight tranches of 32 bits, tranche i at bit 32 i.
/// A cell is, from its lowest bit: code 4 | round 2 | noted 1 | clock 25.
/// round: rejections so far. noted: there is a note in storage that must be read with this cell.
/// clock: minutes since `EPOCH`; 25 bits last until October 2089.
library Cells {
    /// 2026-01-01T00:00Z in Unix minutes.
    uint256 internal constant EPOCH = 29_453_760;

    uint256 internal constant NONE = 0;
    /// Holds only its termination fee. In sequential terms its clock is `BLOCKED` until the milestone before it moves on.
    uint256 internal constant UNFUNDED = 1;
    /// The outcome, funded, without a report.
    uint256 internal constant AWAITING = 2;
    /// Sequential: the milestone before it has neither been delivered nor contested nor ended.
    uint256 internal constant WAITING = 3;
    /// clock: when it was unblocked (sequential), else 0.
    uint256 internal constant ACTIVE = 4;
    /// clock: the delivery; for the outcome the report.
    uint256 internal constant DELIVERED = 5;
    /// clock: its new deadline.
    uint256 internal constant REJECTED = 6;
    /// clock of these five: the contest.
    uint256 internal constant CONTESTED_BY_CLIENT = 7;
    uint256 internal constant CONTESTED_BY_PROVIDER = 8;
    uint256 internal constant CONTESTED_UNDELIVERED = 9;
    uint256 internal constant DISPUTED = 10;
    /// Disputed, and the cost of an ERC-792 arbitrator has been fronted.
    uint256 internal constant ARBITRATED = 11;
    /// First terminal code: both upper bits are set in 12..15 and in no other.
    /// Paid in full in one piece; its fee is owed until the agreement closes. clock: the delivery.
    uint256 internal constant PAID = 12;
    /// Ended at any other share, fees taken. clock: the share paid, bps.
    uint256 internal constant ENDED = 13;
    /// Ended by the client's option, or unfunded. clock: the share paid before, bps.
    uint256 internal constant TERMINATED = 14;
    /// Moved to a change order, settled, or the id was revoked before opening.
    uint256 internal constant CLOSED = 15;

    /// Clock of an unfunded tranche whose predecessor still blocks it.
    uint256 internal constant BLOCKED = 1;

    uint256 private constant NOTED = 1 << 6;
    uint256 private constant ONES = 0x0000000100000001000000010000000100000001000000010000000100000001;

    function code(uint256 s, uint256 i) internal pure returns (uint256) {
        return (s >> (i << 5)) & 15;
    }

    function round(uint256 s, uint256 i) internal pure returns (uint256) {
        return (s >> ((i << 5) | 4)) & 3;
    }

    function noted(uint256 s, uint256 i) internal pure returns (bool) {
        return (s >> (i << 5)) & NOTED != 0;
    }

    /// @return The 25-bit clock as stored: minutes since `EPOCH`, or a share.
    function raw(uint256 s, uint256 i) internal pure returns (uint256) {
        return (s >> ((i << 5) | 7)) & 0x1ffffff;
    }

    /// @return The clock as a Unix minute.
    function clock(uint256 s, uint256 i) internal pure returns (uint256) {
        unchecked {
            return raw(s, i) + EPOCH;
        }
    }

    /// Replaces code and raw clock of a cell; round and note stay.
    function put(uint256 s, uint256 i, uint256 code_, uint256 raw_) internal pure returns (uint256) {
        uint256 bit = i << 5;
        return (s & ~(0xffffff8f << bit)) | ((code_ | ((raw_ & 0x1ffffff) << 7)) << bit);
    }

    function note(uint256 s, uint256 i) internal pure returns (uint256) {
        return s | (NOTED << (i << 5));
    }

    function raiseRound(uint256 s, uint256 i) internal pure returns (uint256) {
        unchecked {
            return s + (16 << (i << 5));
        }
    }

    /// @return Whether every tranche there is has ended.
    function allTerminal(uint256 s) internal pure returns (bool) {
        return _live(s) == 0;
    }

    /// @return Whether every tranche before `end` has ended.
    function allTerminalBefore(uint256 s, uint256 end) internal pure returns (bool) {
        unchecked {
            return _live(s & ((1 << (end << 5)) - 1)) == 0;
        }
    }

    /// Marks every tranche as noted.
    function noteAll(uint256 s) internal pure returns (uint256) {
        return s | (_present(s) << 6);
    }

    function anyNoted(uint256 s) internal pure returns (bool) {
        return s & (ONES << 6) != 0;
    }

    /// @return Bit 32 i for each tranche i that exists.
    function _present(uint256 s) private pure returns (uint256) {
        return (s | (s >> 1) | (s >> 2) | (s >> 3)) & ONES;
    }

    /// @return Bit 32 i for each tranche i that exists and has not ended.
    function _live(uint256 s) private pure returns (uint256) {
        return _present(s) & ~((s >> 2) & (s >> 3));
    }
}
