// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Agreement, Terms} from "../../src/libraries/Terms.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn, PointIn, TrancheIn} from "../Deal.sol";

/// @notice Reads a curve as the escrow does.
contract CurveReader {
    using Terms for Agreement;

    function curve(bytes calldata terms, uint256 x) external pure returns (uint256) {
        Agreement memory a = Terms.read(terms, 0, 15);
        return a.curve(x);
    }
}

/// @notice The curve and its scaling against definitions: no division but by comparing exact products of 512 bits.
contract OutcomeFuzzTest is Base {
    using Deal for DealIn;

    CurveReader private reader;

    function setUp() public override {
        super.setUp();
        reader = new CurveReader();
    }

    /// @return high Upper 256 bits of a x b. @return low Lower.
    function _multiply(uint256 a, uint256 b) private pure returns (uint256 high, uint256 low) {
        unchecked {
            // Schoolbook, in halves of 128 bits.
            uint256 mask = type(uint128).max;
            uint256 ll = (a & mask) * (b & mask);
            uint256 lh = (a & mask) * (b >> 128);
            uint256 hl = (a >> 128) * (b & mask);
            uint256 middle = (ll >> 128) + (lh & mask) + (hl & mask);
            low = (ll & mask) | (middle << 128);
            high = (a >> 128) * (b >> 128) + (lh >> 128) + (hl >> 128) + (middle >> 128);
        }
    }

    /// Asserts that q = floor(a x b / c).
    function _assertFloor(uint256 q, uint256 a, uint256 b, uint256 c, string memory what) private pure {
        (uint256 high, uint256 low) = _multiply(a, b);
        (uint256 qHigh, uint256 qLow) = _multiply(q, c);
        assertTrue(qHigh < high || (qHigh == high && qLow <= low), string.concat(what, ": too much"));
        (qHigh, qLow) = _multiply(q + 1, c);
        assertTrue(qHigh > high || (qHigh == high && qLow > low), string.concat(what, ": too little"));
    }

    struct Curve {
        uint8 points;
        bool lines;
        bool narrow;
        uint128[8] values;
        uint128[8] pays;
    }

    function _curve(Curve memory c) private pure returns (PointIn[] memory points) {
        points = new PointIn[](1 + c.points % 8);
        uint256 least;
        for (uint256 k; k < points.length; ++k) {
            // Room for the points that follow.
            uint256 most = type(uint128).max - (points.length - 1 - k);
            uint256 value = k == 0 ? 0 : bound(c.values[k], least, c.narrow && least + 20 < most ? least + 20 : most);
            points[k] = PointIn(uint128(value), c.narrow ? c.pays[k] % 100 : c.pays[k]);
            least = value + 1;
        }
    }

    /// Steps: the pay of the last point not above x. Lines: on the line, floored, whether it rises or falls.
    function testFuzz_Curve(Curve memory c, uint256 x, uint256 at_) external view {
        DealIn memory d = classic();
        PointIn[] memory points = _curve(c);
        (d.outcome.points, d.outcome.lines) = (points, c.lines);
        // Anywhere, or next to a point.
        at_ = at_ % (2 * points.length);
        if (at_ < points.length) {
            x = x % 3 + points[at_].value;
            x = x == 0 ? 0 : x - 1;
        } else {
            x = bound(x, 0, type(uint128).max);
        }
        uint256 pay = reader.curve(d.pack(ALL), x);
        uint256 k;
        while (k + 1 < points.length && points[k + 1].value <= x) ++k;
        if (!c.lines || k + 1 == points.length || points[k].value == x) {
            assertEq(pay, points[k].pay, "step");
            return;
        }
        uint256 run = points[k + 1].value - points[k].value;
        uint256 gone = x - points[k].value;
        // pay x run <= from x (run - gone) + to x gone < (pay + 1) x run: the definition of the floored mean.
        (uint256 high, uint256 low) = _sum(points[k].pay, run - gone, points[k + 1].pay, gone);
        (uint256 qHigh, uint256 qLow) = _multiply(pay, run);
        assertTrue(qHigh < high || (qHigh == high && qLow <= low), "line: too much");
        (qHigh, qLow) = _multiply(pay + 1, run);
        assertTrue(qHigh > high || (qHigh == high && qLow > low), "line: too little");
    }

    function _sum(uint256 a, uint256 b, uint256 c, uint256 e) private pure returns (uint256 high, uint256 low) {
        unchecked {
            (high, low) = _multiply(a, b);
            (uint256 more, uint256 also) = _multiply(c, e);
            low += also;
            high += more + (low < also ? 1 : 0);
        }
    }

    struct Scale {
        uint128[3] amounts;
        uint128 most;
        uint16[3] shares;
        uint128 value;
        uint8 way;
        uint8 percent;
    }

    function _scaled(Scale memory s) private view returns (DealIn memory d) {
        d = deal();
        TrancheIn[] memory tranches = new TrancheIn[](4);
        for (uint256 i; i < 3; ++i) {
            tranches[i] = milestone(uint128(bound(s.amounts[i], 10_000, type(uint128).max)), 10, 40);
        }
        tranches[3] = milestone(uint128(bound(s.most, 100, type(uint128).max)), 60, 90);
        tranches[3].cure = 0;
        d.work.tranches = tranches;
        d.work.payByResult = true;
        addCurve(d);
        uint128 most = tranches[3].amount;
        d.outcome.lines = true;
        d.outcome.points[0].pay = most / 3;
        d.outcome.points[1] = PointIn(1000, most);
        d.outcome.points[2] = PointIn(2000, most / 7);
    }

    /// Milestones paid in full, in part and not at all; the outcome as reported, by default, as ruled, by acceptance.
    function testFuzz_Scaled(Scale memory s) external {
        DealIn memory d = _scaled(s);
        if (s.way % 4 == 3) {
            d.outcome.metric = 3;
            d.outcome.source = address(0);
        }
        d.outcome.defaultValue = uint128(bound(s.value, 0, 3000));
        d.work.feeBps = 0;
        token.mint(client, 4 * uint256(type(uint128).max));
        uint256 clientWas = balance(client);
        uint256 providerWas = balance(provider);
        open(d);
        uint256 paid;
        uint256 total;
        for (uint256 i; i < 3; ++i) {
            uint256 share = bound(s.shares[i], 0, 10_000);
            uint256 amount = d.work.tranches[i].amount;
            total += amount * 10_000;
            paid += amount * share;
            if (share == 10_000) {
                accept(d, 1 << i, 0);
            } else if (share != 0) {
                deliver(d, i, 0);
                acceptPart(d, i, 0, share);
            }
        }
        atDay(48);
        for (uint256 i; i < 3; ++i) {
            if (codeOf(d, i) < 12) claim(d, i);
        }
        uint256 earned = balance(provider) - providerWas;
        uint256 pay = _finish(d, s, paid, total);
        assertEq(balance(provider) - providerWas, earned + pay, "provider");
        assertEq(clientWas - balance(client), earned + pay, "client: what is not earned goes back");
        assertEq(balance(address(escrow)), 0, "escrow");
    }

    function _finish(DealIn memory d, Scale memory s, uint256 paid, uint256 total) private returns (uint256 pay) {
        uint256 before = balance(provider);
        uint256 way = s.way % 4;
        uint256 value = d.outcome.defaultValue;
        if (way == 3) {
            claim(d, 3);
            pay = balance(provider) - before;
            value = paid * 10_000 / total;
            assertEq(pay, reader.curve(d.pack(ALL), value), "shareAccepted is not scaled again");
            return pay;
        }
        if (way == 0) {
            atDay(90);
            claim(d, 3);
        } else {
            atDay(61);
            report(d, value);
            if (way == 1) {
                atDay(75);
                claim(d, 3);
            } else {
                contest(d, 3, 0, s.percent % 2 == 0);
                decide(d, 3, s.percent % 101 + 1);
            }
        }
        pay = balance(provider) - before;
        if (way == 2) {
            // Ruled: a share of what it can pay at most, scaled.
            uint256 most = _floor(d.work.tranches[3].amount, paid, total);
            _assertFloor(most, d.work.tranches[3].amount, paid, total, "most");
            _assertFloor(pay, most, s.percent % 101, 100, "ruled");
        } else {
            _assertFloor(pay, reader.curve(d.pack(ALL), value), paid, total, "scaled");
        }
        assertLe(pay, d.work.tranches[3].amount);
    }

    /// By bisection: slow and plain.
    function _floor(uint256 a, uint256 b, uint256 c) private pure returns (uint256 q) {
        (uint256 high, uint256 low) = _multiply(a, b);
        for (uint256 bit = 1 << 129; bit != 0; bit >>= 1) {
            (uint256 qHigh, uint256 qLow) = _multiply(q + bit, c);
            if (qHigh < high || (qHigh == high && qLow <= low)) q += bit;
        }
    }
}
