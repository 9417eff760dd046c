// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../Errors.sol";

/// Where in calldata the branches of an agreement's terms stand; 0 for a branch that travels as its hash.
struct Agreement {
    /// EIP-712 digest that both parties signed.
    bytes32 id;
    uint256 parties;
    uint256 work;
    uint256 clauses;
    uint256 arbitration;
    uint256 outcome;
}

/// @title Terms
/// @notice Reads an agreement's terms from packed calldata and computes the hash that both parties signed.
///
/// The hash is a tree of two levels, so that an act carries the branches which it reads and of the others only the
/// hash. Fields travel packed and are unpacked for hashing: wallets show each of them.
///
/// Layout: one byte whose bits say which of parties 1, work 2, arbitration 4 and outcome 8 are in full, then
///   parties      client 20, provider 20, client's delegate 20, provider's delegate 20
///   work         token 20, fee recipient 20, fee bps 2, flags 1 (sequential, pay by result, option words follow),
///                tranches 1, pauses 1; a word a tranche (amount 128, start 26, due 26, review 20, cure 20, fund by 26,
///                terminable 1, extender 2, extension days 7); with option words a second one (termination fee 128,
///                extension price 128); a pause: from 4, until 4
///   clauses      document 32, replaces 32, open by 4, arbitration, outcome
///   arbitration  arbitrator 20, flags 1 (panel), deposit 16, answer within 4, rule within 4, fallback bps 2,
///                most it may cost 16, length 2, extra data
///   outcome      source 20, metric 1, flags 1 (lines), default value 16, points 1; a point: value 16, pay 16
/// What is not in full is its 32-byte hash; the clauses are one hash if neither arbitration nor outcome is in full.
library Terms {
    uint256 internal constant PARTIES = 1;
    uint256 internal constant WORK = 2;
    uint256 internal constant ARBITRATION = 4;
    uint256 internal constant OUTCOME = 8;

    uint256 internal constant EXTENDER_CLIENT = 1;
    uint256 internal constant EXTENDER_PROVIDER = 2;

    uint256 internal constant METRIC_NONE = 0;
    uint256 internal constant METRIC_REPORTED = 1;
    uint256 internal constant METRIC_DAYS_LATE = 2;
    uint256 internal constant METRIC_SHARE_ACCEPTED = 3;

    // EIP-712 type hashes as numbers: the compiler would hash the strings anew in every call.
    // contracts/test/unit/TypeHashes.t.sol computes them from the strings.
    // Parties(address client,address provider,address clientDelegate,address providerDelegate)
    bytes32 internal constant PARTIES_TYPEHASH = 0xf7dc5f73d375acb05578f9c2be5fe15fdbbcc6d9844b6868ba8124898c581e6d;
    // Tranche(uint128 amount,uint32 start,uint32 due,uint32 review,uint32 cure,uint32 fundBy,bool terminable,uint128 terminationFee,uint8 extender,uint16 extensionDays,uint128 extensionPrice)
    bytes32 internal constant TRANCHE_TYPEHASH = 0x9775ea84d93bc94223eae11f65bb0bc2c36752579087927d9fb8b3e006046666;
    // Pause(uint32 from,uint32 until)
    bytes32 internal constant PAUSE_TYPEHASH = 0x6526f2c6c589f763376a0ebf6165dbcb4540b235f05e4e3aa7775e8ed6c1570d;
    // Work(address token,address feeRecipient,uint16 feeBps,bool sequential,bool payByResult,Tranche[] tranches,Pause[] pauses) with Pause and Tranche
    bytes32 internal constant WORK_TYPEHASH = 0xc0e117fe6d1f94fcc3385f6ffa3448b7deb9218959553dc6953073c9b9636c0a;
    // Arbitration(address arbitrator,bool panel,uint128 deposit,uint32 answerWithin,uint32 ruleWithin,uint16 fallbackBps,uint128 maxCost,bytes extraData)
    bytes32 internal constant ARBITRATION_TYPEHASH = 0x2ad430571863d19430232579a91daed28947dbba0a75e56478225e0c9238f5e3;
    // Point(uint128 value,uint128 pay)
    bytes32 internal constant POINT_TYPEHASH = 0x743e54589943477ab05205cff5ea583f3ac309e84f5bc9b3b54a3a1767a7eb68;
    // Outcome(address source,uint8 metric,bool lines,uint128 defaultValue,Point[] points) with Point
    bytes32 internal constant OUTCOME_TYPEHASH = 0xb253ea9dafa09879fd7cdc10f007697cf059f2ef8cc538e23796accbe9f17c6a;
    // Clauses(bytes32 document,bytes32 replaces,uint32 openBy,Arbitration arbitration,Outcome outcome) with the two and Point
    bytes32 internal constant CLAUSES_TYPEHASH = 0xf7bc9ff3fd3c8ac2ac2d22b68ec2bbf90d6c82b41644afd6ff44b7c106df31b1;
    // Agreement(Parties parties,Work work,Clauses clauses) with all of the others
    bytes32 internal constant AGREEMENT_TYPEHASH = 0xdc913051b8472f0be18697d864d4dfba392d421b2171f762dd36c493c5d11619;

    /// keccak256 of nothing: of no pauses.
    bytes32 private constant EMPTY = 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470;
    uint256 private constant WORK_HEAD = 45;
    uint256 private constant CLAUSES_HEAD = 68;
    uint256 private constant ARBITRATION_HEAD = 65;
    uint256 private constant OUTCOME_HEAD = 39;

    /// @param needed Branches that the caller will read, as bits.
    /// @return a Where they stand, and the id they hash to.
    function read(bytes calldata terms, bytes32 domainSeparator, uint256 needed)
        internal
        pure
        returns (Agreement memory a)
    {
        readInto(a, terms, domainSeparator, needed);
    }

    /// `read`, into an agreement that is in memory already.
    function readInto(Agreement memory a, bytes calldata terms, bytes32 domainSeparator, uint256 needed) internal pure {
        unchecked {
            uint256 here;
            uint256 found;
            assembly {
                here := terms.offset
                found := byte(0, calldataload(here))
            }
            if (terms.length == 0 || found > 15) revert Errors.MalformedTerms();
            if (found & needed != needed) revert Errors.BranchMissing(needed, found);
            uint256 end = here + terms.length;
            ++here;

            bytes32 parties;
            bytes32 work;
            bytes32 clauses;
            if (found & PARTIES != 0) {
                a.parties = here;
                parties = _hashParties(here);
                here += 80;
            } else {
                parties = _load(here);
                here += 32;
            }
            if (found & WORK != 0) {
                a.work = here;
                (work, here) = _hashWork(here);
            } else {
                work = _load(here);
                here += 32;
            }
            if (found & (ARBITRATION | OUTCOME) != 0) {
                a.clauses = here;
                (clauses, here) = _hashClauses(a, found, here, end);
            } else {
                clauses = _load(here);
                here += 32;
            }
            if (here != end) revert Errors.MalformedTerms();

            bytes32 typehash = AGREEMENT_TYPEHASH;
            bytes32 id;
            assembly ("memory-safe") {
                let m := mload(0x40)
                mstore(m, typehash)
                mstore(add(m, 0x20), parties)
                mstore(add(m, 0x40), work)
                mstore(add(m, 0x60), clauses)
                let structHash := keccak256(m, 0x80)
                mstore(m, hex"1901")
                mstore(add(m, 2), domainSeparator)
                mstore(add(m, 34), structHash)
                id := keccak256(m, 66)
            }
            a.id = id;
        }
    }

    // Parties ------------------------------------------------------------------------------------------------------

    function client(Agreement memory a) internal pure returns (address) {
        return _address(a.parties);
    }

    function provider(Agreement memory a) internal pure returns (address) {
        unchecked {
            return _address(a.parties + 20);
        }
    }

    function clientDelegate(Agreement memory a) internal pure returns (address) {
        unchecked {
            return _address(a.parties + 40);
        }
    }

    function providerDelegate(Agreement memory a) internal pure returns (address) {
        unchecked {
            return _address(a.parties + 60);
        }
    }

    // Work ---------------------------------------------------------------------------------------------------------

    function token(Agreement memory a) internal pure returns (address) {
        return _address(a.work);
    }

    function feeRecipient(Agreement memory a) internal pure returns (address) {
        unchecked {
            return _address(a.work + 20);
        }
    }

    function feeBps(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.work + 40)) >> 240;
        }
    }

    function sequential(Agreement memory a) internal pure returns (bool) {
        unchecked {
            return _byte(a.work + 42) & 1 != 0;
        }
    }

    function payByResult(Agreement memory a) internal pure returns (bool) {
        unchecked {
            return _byte(a.work + 42) & 2 != 0;
        }
    }

    /// @return Number of tranches, the outcome included.
    function count(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return _byte(a.work + 43);
        }
    }

    /// @return Number of milestones: the tranches without the outcome.
    function milestones(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return count(a) - (payByResult(a) ? 1 : 0);
        }
    }

    /// @return offset Calldata offset of the first pause.
    /// @return number Of pauses.
    function pauses(Agreement memory a) internal pure returns (uint256 offset, uint256 number) {
        unchecked {
            uint256 words = _byte(a.work + 42) & 4 != 0 ? 6 : 5;
            offset = a.work + WORK_HEAD + (count(a) << words);
            number = _byte(a.work + 44);
        }
    }

    /// @return The packed word of a tranche; the functions below take it apart.
    function tranche(Agreement memory a, uint256 i) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.work + WORK_HEAD + (i << 5)));
        }
    }

    function amount(uint256 word) internal pure returns (uint256) {
        return word >> 128;
    }

    function start(uint256 word) internal pure returns (uint256) {
        return (word >> 102) & 0x3ffffff;
    }

    function due(uint256 word) internal pure returns (uint256) {
        return (word >> 76) & 0x3ffffff;
    }

    function review(uint256 word) internal pure returns (uint256) {
        return (word >> 56) & 0xfffff;
    }

    function cure(uint256 word) internal pure returns (uint256) {
        return (word >> 36) & 0xfffff;
    }

    function fundBy(uint256 word) internal pure returns (uint256) {
        return (word >> 10) & 0x3ffffff;
    }

    function terminable(uint256 word) internal pure returns (bool) {
        return (word >> 9) & 1 != 0;
    }

    function extender(uint256 word) internal pure returns (uint256) {
        return (word >> 7) & 3;
    }

    function extensionDays(uint256 word) internal pure returns (uint256) {
        return word & 127;
    }

    function terminationFee(Agreement memory a, uint256 i) internal pure returns (uint256) {
        return _option(a, i) >> 128;
    }

    function extensionPrice(Agreement memory a, uint256 i) internal pure returns (uint256) {
        return _option(a, i) & type(uint128).max;
    }

    function _option(Agreement memory a, uint256 i) private pure returns (uint256) {
        unchecked {
            if (_byte(a.work + 42) & 4 == 0) return 0;
            return uint256(_load(a.work + WORK_HEAD + ((count(a) + i) << 5)));
        }
    }

    // Clauses ------------------------------------------------------------------------------------------------------

    function document(Agreement memory a) internal pure returns (bytes32) {
        return _load(a.clauses);
    }

    /// @return Id of the agreement that this one is a change order for, or zero.
    function replaces(Agreement memory a) internal pure returns (bytes32) {
        unchecked {
            return _load(a.clauses + 32);
        }
    }

    /// @return Minute until which the agreement can be opened.
    function openBy(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.clauses + 64)) >> 224;
        }
    }

    // Arbitration --------------------------------------------------------------------------------------------------

    function arbitrator(Agreement memory a) internal pure returns (address) {
        return _address(a.arbitration);
    }

    function panel(Agreement memory a) internal pure returns (bool) {
        unchecked {
            return _byte(a.arbitration + 20) & 1 != 0;
        }
    }

    /// @return What each side posts in a dispute.
    function deposit(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.arbitration + 21)) >> 128;
        }
    }

    function answerWithin(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.arbitration + 37)) >> 224;
        }
    }

    function ruleWithin(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.arbitration + 41)) >> 224;
        }
    }

    function fallbackBps(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.arbitration + 45)) >> 240;
        }
    }

    /// @return Most that an ERC-792 arbitrator may cost, wei.
    function maxCost(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.arbitration + 47)) >> 128;
        }
    }

    function extraData(Agreement memory a) internal pure returns (bytes calldata data) {
        unchecked {
            uint256 here = a.arbitration + ARBITRATION_HEAD;
            uint256 length = uint256(_load(a.arbitration + 63)) >> 240;
            assembly {
                data.offset := here
                data.length := length
            }
        }
    }

    // Outcome ------------------------------------------------------------------------------------------------------

    function source(Agreement memory a) internal pure returns (address) {
        return _address(a.outcome);
    }

    function metric(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return _byte(a.outcome + 20);
        }
    }

    function lines(Agreement memory a) internal pure returns (bool) {
        unchecked {
            return _byte(a.outcome + 21) & 1 != 0;
        }
    }

    function defaultValue(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return uint256(_load(a.outcome + 22)) >> 128;
        }
    }

    function pointCount(Agreement memory a) internal pure returns (uint256) {
        unchecked {
            return _byte(a.outcome + 38);
        }
    }

    function point(Agreement memory a, uint256 k) internal pure returns (uint256 value, uint256 pay) {
        unchecked {
            uint256 word = uint256(_load(a.outcome + OUTCOME_HEAD + (k << 5)));
            return (word >> 128, word & type(uint128).max);
        }
    }

    /// @param x The metric.
    /// @return pay What the curve gives: steps, or lines floored; flat after the last point.
    function curve(Agreement memory a, uint256 x) internal pure returns (uint256 pay) {
        unchecked {
            uint256 points = pointCount(a);
            uint256 value;
            (value, pay) = point(a, 0);
            for (uint256 k = 1; k < points; ++k) {
                (uint256 nextValue, uint256 nextPay) = point(a, k);
                if (x < nextValue) {
                    if (!lines(a)) return pay;
                    uint256 run = nextValue - value;
                    uint256 gone = x - value;
                    // Both products are below 2^256: each factor is below 2^128.
                    return nextPay >= pay
                        ? pay + (nextPay - pay) * gone / run
                        : pay - ((pay - nextPay) * gone + run - 1) / run;
                }
                (value, pay) = (nextValue, nextPay);
            }
        }
    }

    // Hashing ------------------------------------------------------------------------------------------------------

    function _hashParties(uint256 here) private pure returns (bytes32 hash) {
        bytes32 typehash = PARTIES_TYPEHASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typehash)
            mstore(add(m, 0x20), shr(96, calldataload(here)))
            mstore(add(m, 0x40), shr(96, calldataload(add(here, 20))))
            mstore(add(m, 0x60), shr(96, calldataload(add(here, 40))))
            mstore(add(m, 0x80), shr(96, calldataload(add(here, 60))))
            hash := keccak256(m, 0xa0)
        }
    }

    function _hashWork(uint256 here) private pure returns (bytes32 hash, uint256 end) {
        bytes32 workTypehash = WORK_TYPEHASH;
        bytes32 trancheTypehash = TRANCHE_TYPEHASH;
        bytes32 tranchesHash;
        uint256 pausesLeft;
        assembly ("memory-safe") {
            // The last five bytes of the head: fee bps 2, flags 1, tranches 1, pauses 1.
            let head := calldataload(add(here, 13))
            let tranches := and(shr(8, head), 0xff)
            let m := mload(0x40)
            // 12 words to hash a tranche in, then the array of hashes.
            let hashes := add(m, 0x180)
            let size := shl(5, tranches)
            let next := add(here, 45)
            end := add(next, size)
            let options := 0
            if and(head, 0x40000) {
                options := size
                end := add(end, size)
            }
            mstore(m, trancheTypehash)
            mstore(add(m, 0x100), 0)
            mstore(add(m, 0x160), 0)
            for { let k := 0 } lt(k, size) { k := add(k, 32) } {
                let word := calldataload(add(next, k))
                mstore(add(m, 0x20), shr(128, word))
                mstore(add(m, 0x40), and(shr(102, word), 0x3ffffff))
                mstore(add(m, 0x60), and(shr(76, word), 0x3ffffff))
                mstore(add(m, 0x80), and(shr(56, word), 0xfffff))
                mstore(add(m, 0xa0), and(shr(36, word), 0xfffff))
                mstore(add(m, 0xc0), and(shr(10, word), 0x3ffffff))
                mstore(add(m, 0xe0), and(shr(9, word), 1))
                mstore(add(m, 0x120), and(shr(7, word), 3))
                mstore(add(m, 0x140), and(word, 127))
                if options {
                    let option := calldataload(add(add(next, options), k))
                    mstore(add(m, 0x100), shr(128, option))
                    mstore(add(m, 0x160), and(option, 0xffffffffffffffffffffffffffffffff))
                }
                mstore(add(hashes, k), keccak256(m, 0x180))
            }
            tranchesHash := keccak256(hashes, size)
            pausesLeft := and(head, 0xff)
        }
        bytes32 pausesHash;
        if (pausesLeft == 0) pausesHash = EMPTY;
        else (pausesHash, end) = _hashPairs(PAUSE_TYPEHASH, end, pausesLeft, 4);
        assembly ("memory-safe") {
            let head := calldataload(add(here, 13))
            let m := mload(0x40)
            mstore(m, workTypehash)
            mstore(add(m, 0x20), shr(96, calldataload(here)))
            mstore(add(m, 0x40), shr(96, calldataload(add(here, 20))))
            mstore(add(m, 0x60), and(shr(24, head), 0xffff))
            mstore(add(m, 0x80), and(shr(16, head), 1))
            mstore(add(m, 0xa0), and(shr(17, head), 1))
            mstore(add(m, 0xc0), tranchesHash)
            mstore(add(m, 0xe0), pausesHash)
            hash := keccak256(m, 0x100)
        }
    }

    /// Notes in `a` where arbitration and outcome stand, if in full.
    function _hashClauses(Agreement memory a, uint256 found, uint256 here, uint256 end)
        private
        pure
        returns (bytes32 hash, uint256 next)
    {
        unchecked {
            bytes32 typehash = CLAUSES_TYPEHASH;
            bytes32 arbitration;
            bytes32 outcome;
            next = here + CLAUSES_HEAD;
            if (found & ARBITRATION != 0) {
                a.arbitration = next;
                (arbitration, next) = _hashArbitration(next, end);
            } else {
                arbitration = _load(next);
                next += 32;
            }
            if (found & OUTCOME != 0) {
                a.outcome = next;
                (outcome, next) = _hashOutcome(next);
            } else {
                outcome = _load(next);
                next += 32;
            }
            assembly ("memory-safe") {
                let m := mload(0x40)
                mstore(m, typehash)
                calldatacopy(add(m, 0x20), here, 64)
                mstore(add(m, 0x60), shr(224, calldataload(add(here, 64))))
                mstore(add(m, 0x80), arbitration)
                mstore(add(m, 0xa0), outcome)
                hash := keccak256(m, 0xc0)
            }
        }
    }

    function _hashArbitration(uint256 here, uint256 end) private pure returns (bytes32 hash, uint256 next) {
        unchecked {
            uint256 length = uint256(_load(here + 63)) >> 240;
            next = here + ARBITRATION_HEAD + length;
            // Checked here and not only at the end: what follows copies this many bytes.
            if (next > end) revert Errors.MalformedTerms();
            bytes32 typehash = ARBITRATION_TYPEHASH;
            assembly ("memory-safe") {
                let m := mload(0x40)
                calldatacopy(m, add(here, 65), length)
                let extraHash := keccak256(m, length)
                mstore(m, typehash)
                mstore(add(m, 0x20), shr(96, calldataload(here)))
                mstore(add(m, 0x40), and(byte(20, calldataload(here)), 1))
                mstore(add(m, 0x60), shr(128, calldataload(add(here, 21))))
                mstore(add(m, 0x80), shr(224, calldataload(add(here, 37))))
                mstore(add(m, 0xa0), shr(224, calldataload(add(here, 41))))
                mstore(add(m, 0xc0), shr(240, calldataload(add(here, 45))))
                mstore(add(m, 0xe0), shr(128, calldataload(add(here, 47))))
                mstore(add(m, 0x100), extraHash)
                hash := keccak256(m, 0x120)
            }
        }
    }

    function _hashOutcome(uint256 here) private pure returns (bytes32 hash, uint256 next) {
        bytes32 typehash = OUTCOME_TYPEHASH;
        bytes32 pointsHash;
        unchecked {
            (pointsHash, next) = _hashPairs(POINT_TYPEHASH, here + OUTCOME_HEAD, _byte(here + 38), 16);
        }
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typehash)
            mstore(add(m, 0x20), shr(96, calldataload(here)))
            mstore(add(m, 0x40), byte(20, calldataload(here)))
            mstore(add(m, 0x60), and(byte(21, calldataload(here)), 1))
            mstore(add(m, 0x80), shr(128, calldataload(add(here, 22))))
            mstore(add(m, 0xa0), pointsHash)
            hash := keccak256(m, 0xc0)
        }
    }

    /// Hashes an array of structs that are two unsigned numbers of `size` bytes each: pauses and points.
    function _hashPairs(bytes32 typehash, uint256 here, uint256 length, uint256 size)
        private
        pure
        returns (bytes32 hash, uint256 next)
    {
        assembly ("memory-safe") {
            let m := mload(0x40)
            let hashes := add(m, 0x60)
            let shift := sub(256, shl(3, size))
            next := here
            mstore(m, typehash)
            for { let k := 0 } lt(k, length) { k := add(k, 1) } {
                mstore(add(m, 0x20), shr(shift, calldataload(next)))
                mstore(add(m, 0x40), shr(shift, calldataload(add(next, size))))
                mstore(add(hashes, shl(5, k)), keccak256(m, 0x60))
                next := add(next, shl(1, size))
            }
            hash := keccak256(hashes, shl(5, length))
        }
    }

    function _load(uint256 here) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(here)
        }
    }

    function _byte(uint256 here) private pure returns (uint256 b) {
        assembly ("memory-safe") {
            b := byte(0, calldataload(here))
        }
    }

    function _address(uint256 here) private pure returns (address who) {
        assembly ("memory-safe") {
            who := shr(96, calldataload(here))
        }
    }
}
