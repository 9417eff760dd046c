// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn, PauseIn, TrancheIn} from "../Deal.sol";

/// @notice Masks over mixed stages, and the edges of every window to the minute.
contract ActsFuzzTest is Base {
    using Deal for DealIn;

    function _eight() private view returns (DealIn memory d) {
        d = deal();
        d.work.tranches = new TrancheIn[](8);
        for (uint256 i; i < 8; ++i) {
            d.work.tranches[i] = milestone(uint128(10_000 + 7 * i), 10, 40);
        }
        d.work.tranches[6].fundBy = uint32(T0 + 10 * DAY);
        d.work.tranches[7].fundBy = uint32(T0 + 10 * DAY);
    }

    /// One of each: active, delivered, rejected, delivered again, ended, disputed, unfunded, unfunded.
    function _mixed() private returns (DealIn memory d) {
        d = _eight();
        open(d);
        for (uint256 i = 1; i < 6; ++i) {
            if (i != 4) deliver(d, i, 0);
        }
        reject(d, 2, 0);
        reject(d, 3, 0);
        deliver(d, 3, 1);
        accept(d, 1 << 4, 0);
        contest(d, 5, 0, true);
    }

    /// Exactly those that are listed, funded, not ended and in the listed round are paid; the others stay as they are.
    function testFuzz_AcceptMask(uint256 mask, uint256 rounds) external {
        DealIn memory d = _mixed();
        mask = bound(mask, 0, 255);
        rounds = bound(rounds, 0, type(uint16).max);
        uint256[8] memory round = [uint256(0), 0, 1, 1, 0, 0, 0, 0];
        uint256 expected;
        uint256 sum;
        for (uint256 i; i < 6; ++i) {
            if (i == 4 || (mask >> i) % 2 == 0 || (rounds >> (2 * i)) % 4 != round[i]) continue;
            expected |= 1 << i;
            sum += d.work.tranches[i].amount - d.work.tranches[i].amount / 100;
        }
        uint256 word = escrow.stages(idOf(d));
        uint256 before = balance(provider);
        bytes memory packed = d.pack(PWA);
        if (expected == 0) vm.expectRevert(Errors.NothingToAccept.selector);
        vm.prank(client);
        escrow.accept(packed, mask, rounds, keccak256("deliverable"), "");
        assertEq(balance(provider) - before, sum, "paid");
        for (uint256 i; i < 8; ++i) {
            if ((expected >> i) % 2 == 1) assertEq(codeOf(d, i), 12, vm.toString(i));
            else assertEq(uint32(escrow.stages(idOf(d)) >> (32 * i)), uint32(word >> (32 * i)), vm.toString(i));
        }
    }

    /// All or nothing: one that is not for the verb, and the whole act is refused.
    function testFuzz_FundMask(uint256 mask, uint256 again) external {
        DealIn memory d = _eight();
        open(d);
        mask = bound(mask, 0, 1023);
        bool ok = mask != 0 && mask & ~uint256(0xc0) == 0;
        uint256 before = balance(client);
        bytes memory packed = d.pack(PW);
        vm.prank(client);
        (bool done,) = address(escrow).call(abi.encodeCall(escrow.fund, (packed, mask, "")));
        assertEq(done, ok);
        uint256 sum;
        for (uint256 i = 6; i < 8; ++i) {
            if (ok && (mask >> i) % 2 == 1) sum += d.work.tranches[i].amount;
        }
        assertEq(before - balance(client), sum);
        if (!ok) return;
        again = bound(again, 1, 255);
        vm.prank(client);
        (done,) = address(escrow).call(abi.encodeCall(escrow.fund, (packed, again, "")));
        assertEq(done, again & mask == 0 && again & ~uint256(0xc0) == 0, "none is funded twice");
    }

    function testFuzz_TerminateMask(uint256 mask, uint8 terminable, uint256 minute) external {
        DealIn memory d = _eight();
        for (uint256 i; i < 8; ++i) {
            d.work.tranches[i].terminable = (terminable >> i) % 2 == 1;
            d.work.tranches[i].start = uint32(T0 + (10 + i) * DAY);
            d.work.tranches[i].terminationFee = uint128(1000 * i);
        }
        open(d);
        mask = bound(mask, 1, 255);
        minute = bound(minute, T0, T0 + 20 * DAY);
        atMinute(minute);
        bool ok = true;
        uint256 gross;
        for (uint256 i; i < 8; ++i) {
            if ((mask >> i) % 2 == 0) continue;
            if ((terminable >> i) % 2 == 0 || minute >= T0 + (10 + i) * DAY) ok = false;
            gross += 1000 * i - 10 * i;
        }
        uint256 before = balance(provider);
        bytes memory packed = d.pack(PW);
        vm.prank(client);
        (bool done,) = address(escrow).call(abi.encodeCall(escrow.terminate, (packed, mask, "")));
        assertEq(done, ok);
        assertEq(balance(provider) - before, ok ? gross : 0);
    }

    // Times --------------------------------------------------------------------------------------------------------

    /// Review by walking minute by minute in thought: each minute of a pause is not counted.
    function _walk(DealIn memory d, uint256 from) private pure returns (uint256 t) {
        t = from + 1;
        uint256 left = d.work.tranches[0].review;
        while (true) {
            uint256 jump;
            uint256 next = type(uint256).max;
            for (uint256 k; k < d.work.pauses.length; ++k) {
                (uint256 a, uint256 b) = (d.work.pauses[k].from, d.work.pauses[k].until);
                if (a <= t && t < b) jump = b;
                else if (a > t && a < next) next = a;
            }
            if (jump != 0) {
                t = jump;
            } else {
                uint256 run = next - t < left ? next - t : left;
                t += run;
                left -= run;
                if (left == 0) return t;
            }
        }
    }

    /// Reject and contest before the end of review, claim from it on: the same minute for all three.
    function testFuzz_ReviewWithPauses(uint32[8] memory edges, uint8 count, uint256 delivered, uint32 review) external {
        DealIn memory d = deal();
        d.work.pauses = new PauseIn[](count % 5);
        uint256 last = T0;
        for (uint256 k; k < d.work.pauses.length; ++k) {
            uint256 from = bound(edges[2 * k], last, last + 10 * DAY);
            last = bound(edges[2 * k + 1], from + 1, from + 30 * DAY);
            d.work.pauses[k] = PauseIn(uint32(from), uint32(last));
        }
        d.work.tranches[0].review = uint32(bound(review, 4320, 40 * DAY));
        open(d);
        atMinute(bound(delivered, T0, T0 + 40 * DAY));
        deliver(d, 0, 0);
        uint256 end = _walk(d, block.timestamp / 60);
        vm.warp(end * 60 - 1);
        bytes memory packed = d.pack(PWA);
        vm.expectRevert(abi.encodeWithSelector(Errors.TooEarly.selector, 0, end));
        escrow.claim(packed, 0, 0);
        uint256 snapshot = vm.snapshotState();
        reject(d, 0, 0);
        vm.revertToState(snapshot);
        contest(d, 0, 0, true);
        vm.revertToState(snapshot);
        vm.warp(end * 60);
        vm.prank(client);
        vm.expectRevert(abi.encodeWithSelector(Errors.TooLate.selector, 0, end));
        escrow.contest(packed, 0, 0, true, bytes32(0), "");
        vm.prank(client);
        vm.expectRevert(abi.encodeWithSelector(Errors.TooLate.selector, 0, end));
        escrow.reject(packed, 0, 0, bytes32(0), bytes32(0), "");
        claim(d, 0);
        assertEq(codeOf(d, 0), 12);
    }

    /// Sequential: due moves by the time that the milestone was blocked past its start, and by its extension.
    function testFuzz_BlockedDeadline(uint256 unblocked, uint8 days_, bool extended) external {
        DealIn memory d = deal();
        d.work.sequential = true;
        d.work.tranches[0].due = uint32(T0 + 60 * DAY);
        d.work.tranches[1].extender = 2;
        d.work.tranches[1].extensionDays = uint16(bound(days_, 1, 60));
        open(d);
        unblocked = bound(unblocked, T0, T0 + 67 * DAY - 1);
        bytes memory packed = d.pack(PWA);
        if (extended) {
            vm.prank(provider);
            escrow.extend(packed, 1, "");
        }
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(Errors.WrongStage.selector, 1, 3));
        escrow.deliver(packed, 1, 0, bytes32(0), "");
        atMinute(unblocked);
        deliver(d, 0, 0);
        uint256 start = T0 + 40 * DAY;
        uint256 end = T0 + 77 * DAY + (unblocked > start ? unblocked - start : 0);
        if (extended) end += d.work.tranches[1].extensionDays * DAY;
        vm.warp(end * 60 - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.TooEarly.selector, 1, end));
        escrow.claim(packed, 1, 0);
        uint256 snapshot = vm.snapshotState();
        deliver(d, 1, 0);
        vm.warp((end + 10 * DAY) * 60);
        claim(d, 1);
        assertEq(codeOf(d, 1), 12, "in its last minute still in time");
        vm.revertToState(snapshot);
        vm.warp(end * 60);
        deliver(d, 1, 0);
        claim(d, 1);
        assertEq(codeOf(d, 1), 13, "a minute later never paid by silence");
    }
}
