// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {Agreement, Terms} from "../../src/libraries/Terms.sol";
import {Deal, DealIn, PauseIn, PointIn, TrancheIn} from "../Deal.sol";
import {Test} from "../Test.sol";

/// @notice Terms as the escrow reads them: from calldata.
contract TermsReader {
    using Terms for Agreement;
    using Terms for uint256;

    function id(bytes calldata terms, bytes32 domain, uint256 needed) external pure returns (bytes32) {
        return Terms.read(terms, domain, needed).id;
    }

    /// Every field, in the order of `Deal`, hashed; so that one number compares all.
    function fields(bytes calldata terms) external pure returns (bytes32) {
        Agreement memory a = Terms.read(terms, 0, 15);
        bytes memory all = abi.encode(a.client(), a.provider(), a.clientDelegate(), a.providerDelegate());
        all = bytes.concat(all, abi.encode(a.document(), a.replaces(), a.token(), a.feeRecipient(), a.feeBps()));
        all = bytes.concat(all, abi.encode(a.openBy(), a.sequential(), a.payByResult(), a.count()));
        for (uint256 i; i < a.count(); ++i) {
            uint256 w = a.tranche(i);
            all = bytes.concat(all, abi.encode(w.amount(), w.start(), w.due(), w.review(), w.cure(), w.fundBy()));
            all = bytes.concat(all, abi.encode(w.terminable(), a.terminationFee(i), w.extender(), w.extensionDays()));
            all = bytes.concat(all, abi.encode(a.extensionPrice(i)));
        }
        (uint256 offset, uint256 number) = a.pauses();
        for (uint256 k; k < number; ++k) {
            uint256 pause;
            assembly {
                pause := shr(192, calldataload(add(offset, mul(8, k))))
            }
            all = bytes.concat(all, abi.encode(pause >> 32, uint32(pause)));
        }
        all = bytes.concat(all, abi.encode(a.arbitrator(), a.panel(), a.deposit(), a.answerWithin(), a.ruleWithin()));
        all = bytes.concat(all, abi.encode(a.fallbackBps(), a.maxCost(), keccak256(a.extraData())));
        all = bytes.concat(all, abi.encode(a.source(), a.metric(), a.lines(), a.defaultValue(), a.pointCount()));
        for (uint256 k; k < a.pointCount(); ++k) {
            (uint256 value, uint256 pay) = a.point(k);
            all = bytes.concat(all, abi.encode(value, pay));
        }
        return keccak256(all);
    }

    function curve(bytes calldata terms, uint256 x) external pure returns (uint256) {
        return Terms.read(terms, 0, 15).curve(x);
    }

    function milestones(bytes calldata terms) external pure returns (uint256) {
        return Terms.read(terms, 0, 15).milestones();
    }
}

contract TermsTest is Test {
    using Deal for DealIn;

    TermsReader private reader = new TermsReader();
    uint256 private seed;

    function _next(uint256 bits) private returns (uint256) {
        seed = uint256(keccak256(abi.encode(seed)));
        // The ends of the range as often as all the rest.
        if (seed >> 254 == 0) return 0;
        if (seed >> 254 == 1) return (1 << bits) - 1;
        return seed & ((1 << bits) - 1);
    }

    function _any(uint256 seed_) private returns (DealIn memory d) {
        seed = seed_;
        d.parties.client = address(uint160(_next(160)));
        d.parties.provider = address(uint160(_next(160)));
        d.parties.clientDelegate = address(uint160(_next(160)));
        d.parties.providerDelegate = address(uint160(_next(160)));
        d.work.document = bytes32(_next(255));
        d.work.replaces = bytes32(_next(255));
        d.work.token = address(uint160(_next(160)));
        d.work.feeRecipient = address(uint160(_next(160)));
        d.work.feeBps = uint16(_next(16));
        d.work.openBy = uint32(_next(32));
        d.work.sequential = _next(1) == 1;
        d.work.payByResult = _next(1) == 1;
        d.work.tranches = new TrancheIn[](1 + _next(3));
        bool options = _next(1) == 1;
        for (uint256 i; i < d.work.tranches.length; ++i) {
            TrancheIn memory t = d.work.tranches[i];
            t.amount = uint128(_next(128));
            t.start = uint32(_next(26));
            t.due = uint32(_next(26));
            t.review = uint32(_next(20));
            t.cure = uint32(_next(20));
            t.fundBy = uint32(_next(26));
            t.terminable = _next(1) == 1;
            t.extender = uint8(_next(2));
            t.extensionDays = uint16(_next(7));
            if (!options) continue;
            t.terminationFee = uint128(_next(128));
            t.extensionPrice = uint128(_next(128));
        }
        d.work.pauses = new PauseIn[](_next(16) % 5);
        for (uint256 k; k < d.work.pauses.length; ++k) {
            d.work.pauses[k] = PauseIn(uint32(_next(32)), uint32(_next(32)));
        }
        d.arbitration.arbitrator = address(uint160(_next(160)));
        d.arbitration.panel = _next(1) == 1;
        d.arbitration.deposit = uint128(_next(128));
        d.arbitration.answerWithin = uint32(_next(32));
        d.arbitration.ruleWithin = uint32(_next(32));
        d.arbitration.fallbackBps = uint16(_next(16));
        d.arbitration.maxCost = uint128(_next(128));
        d.arbitration.extraData = new bytes(_next(8));
        for (uint256 k; k < d.arbitration.extraData.length; ++k) {
            d.arbitration.extraData[k] = bytes1(uint8(_next(8)));
        }
        d.outcome.source = address(uint160(_next(160)));
        d.outcome.metric = uint8(_next(8));
        d.outcome.lines = _next(1) == 1;
        d.outcome.defaultValue = uint128(_next(128));
        d.outcome.points = new PointIn[](_next(16) % 9);
        for (uint256 k; k < d.outcome.points.length; ++k) {
            d.outcome.points[k] = PointIn(uint128(_next(128)), uint128(_next(128)));
        }
    }

    function _fields(DealIn memory d) private pure returns (bytes32) {
        bytes memory all = bytes.concat(
            abi.encode(d.parties), abi.encode(d.work.document, d.work.replaces, d.work.token, d.work.feeRecipient)
        );
        all = bytes.concat(all, abi.encode(d.work.feeBps, d.work.openBy, d.work.sequential, d.work.payByResult));
        all = bytes.concat(all, abi.encode(d.work.tranches.length));
        for (uint256 i; i < d.work.tranches.length; ++i) {
            all = bytes.concat(all, abi.encode(d.work.tranches[i]));
        }
        for (uint256 k; k < d.work.pauses.length; ++k) {
            all = bytes.concat(all, abi.encode(d.work.pauses[k]));
        }
        all = bytes.concat(all, abi.encode(d.arbitration.arbitrator, d.arbitration.panel, d.arbitration.deposit));
        all = bytes.concat(all, abi.encode(d.arbitration.answerWithin, d.arbitration.ruleWithin));
        all = bytes.concat(all, abi.encode(d.arbitration.fallbackBps, d.arbitration.maxCost));
        all = bytes.concat(all, abi.encode(keccak256(d.arbitration.extraData), d.outcome.source, d.outcome.metric));
        all = bytes.concat(all, abi.encode(d.outcome.lines, d.outcome.defaultValue, d.outcome.points.length));
        for (uint256 k; k < d.outcome.points.length; ++k) {
            all = bytes.concat(all, abi.encode(d.outcome.points[k]));
        }
        return keccak256(all);
    }

    function testFuzz_ThePackedId_IsTheEip712Hash(uint256 seed_, bytes32 domain) external {
        DealIn memory d = _any(seed_);
        bytes32 expected = d.id(domain);
        assertEq(reader.id(d.pack(15), domain, 15), expected);
        // Any branches as their hashes.
        uint256 full = seed & 15;
        assertEq(reader.id(d.pack(uint8(full)), domain, full), expected);
    }

    function testFuzz_EveryField_IsReadAsSigned(uint256 seed_) external {
        DealIn memory d = _any(seed_);
        bytes memory all = d.pack(15);
        bytes32 expected = _fields(d);
        assertEq(reader.fields(all), expected);
        assertEq(reader.milestones(all), d.work.tranches.length - (d.work.payByResult ? 1 : 0));
    }

    function testFuzz_WhenTruncated_IsRefused(uint256 seed_, uint256 cut, uint8 full) external {
        bytes memory packed = _any(seed_).pack(full & 15);
        cut = bound(cut, 1, packed.length);
        assembly {
            mstore(packed, sub(mload(packed), cut))
        }
        vm.expectRevert(Errors.MalformedTerms.selector);
        reader.id(packed, 0, 0);
    }

    function testFuzz_WhenExtended_IsRefused(uint256 seed_, bytes calldata more, uint8 full) external {
        vm.assume(more.length != 0);
        bytes memory packed = bytes.concat(_any(seed_).pack(full & 15), more);
        vm.expectRevert(Errors.MalformedTerms.selector);
        reader.id(packed, 0, 0);
    }

    function testFuzz_WhenTheMaskHasOtherBits_IsRefused(uint256 seed_, uint8 mask) external {
        mask = uint8(bound(uint256(mask), 16, 255));
        bytes memory packed = _any(seed_).pack(15);
        packed[0] = bytes1(mask);
        vm.expectRevert(Errors.MalformedTerms.selector);
        reader.id(packed, 0, 0);
    }

    function test_WhenTheMaskSaysOtherBranches_IsRefused() external {
        for (uint8 full; full < 16; ++full) {
            bytes memory packed = _any(7).pack(full);
            for (uint8 k; k < 4; ++k) {
                packed[0] = bytes1(full ^ uint8(1 << k));
                vm.expectRevert(Errors.MalformedTerms.selector);
                reader.id(packed, 0, 0);
            }
        }
    }

    function test_WhenANeededBranchIsMissing_IsRefused() external {
        DealIn memory d = _any(1);
        for (uint8 full; full < 16; ++full) {
            bytes memory packed = d.pack(full);
            for (uint256 needed; needed < 16; ++needed) {
                if (full & needed != needed) {
                    vm.expectRevert(abi.encodeWithSelector(Errors.BranchMissing.selector, needed, full));
                }
                reader.id(packed, 0, needed);
            }
        }
    }

    function test_WhenEmpty_IsRefused() external {
        vm.expectRevert(Errors.MalformedTerms.selector);
        reader.id("", 0, 0);
    }

    /// A bit that no field has (of the three bytes of flags) may be anything; every other one makes another id.
    function testFuzz_AnyOtherBit_IsAnotherId(uint256 seed_, uint256 bit) external {
        DealIn memory d = _any(seed_);
        bytes memory packed = d.pack(15);
        bytes32 id = d.id(0);
        bytes32 fields = _fields(d);
        bit = bound(bit, 8, packed.length * 8 - 1);
        packed[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        try reader.id(packed, 0, 15) returns (bytes32 found) {
            if (found == id) {
                assertEq(reader.fields(packed), fields);
                uint256 work = 1 + 80 + 42;
                uint256 arbitration = 1 + 80 + Deal.packWork(d.work).length + 68 + 20;
                uint256 outcome = packed.length - Deal.packOutcome(d.outcome).length + 21;
                assertTrue(bit / 8 == work || bit / 8 == arbitration || bit / 8 == outcome);
            }
        } catch (bytes memory reason) {
            assertEq(reason, abi.encodeWithSelector(Errors.MalformedTerms.selector));
        }
    }

    function testFuzz_TheCurve_IsThatOfTheModel(uint256 seed_, uint256 x, bool near) external {
        DealIn memory d = _any(seed_);
        PointIn[] memory points = new PointIn[](1 + _next(3));
        for (uint256 k; k < points.length; ++k) {
            points[k].pay = uint128(_next(128));
            uint256 step = 1 + _next(k % 2 == 0 ? 3 : 120);
            points[k].value = k == 0 ? 0 : uint128(points[k - 1].value + step);
        }
        d.outcome.points = points;
        x = near ? points[x % points.length].value + x % 3 : x & type(uint128).max;
        assertEq(reader.curve(d.pack(15), x), _curve(points, d.outcome.lines, x));
    }

    /// The last point at or below x; on a line, the floor of what lies between it and the next.
    function _curve(PointIn[] memory points, bool lines, uint256 x) private pure returns (uint256) {
        uint256 k = points.length - 1;
        while (points[k].value > x) --k;
        if (!lines || k == points.length - 1) return points[k].pay;
        uint256 run = points[k + 1].value - points[k].value;
        uint256 gone = x - points[k].value;
        // floor((pay0 (run - gone) + pay1 gone) / run) in two parts: the sum of both products may not fit.
        uint256 a = points[k].pay * (run - gone);
        uint256 b = points[k + 1].pay * gone;
        return a / run + b / run + (a % run + b % run) / run;
    }
}
