// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn, PauseIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ClaimSilenceTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant SILENCE = IRecord.Cause.Silence;

    function test_FromTheEndOfReview_IsPaid() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        delivered(d);
        uint256 end = endOf(20, 10 * DAY);
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, 0, end);
        claim(d, 0);
        atMinute(end);
        mark();
        expectPaid(id, 0, SILENCE, true, false, M0);
        claim(d, 0);
        assertMoved(0, 19_800e6, 0);
        assertCell(d, 0, Cells.PAID, 0, rawOfDay(20));
        refused(Errors.WrongStage.selector, 0, Cells.PAID);
        claim(d, 0);
    }

    function test_TheLast_ClosesAndSendsAllFees() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        delivered(d);
        accept(d, 6, 0);
        atDay(40);
        mark();
        expectClosed(id);
        claim(d, 0);
        assertMoved(0, 19_800e6, 1000e6);
    }

    function test_GivenPauses_ReviewStandsStill() external {
        DealIn memory d = deal();
        d.work.pauses = new PauseIn[](1);
        d.work.pauses[0] = PauseIn(uint32(T0 + 22 * DAY), uint32(T0 + 52 * DAY));
        delivered(d);
        atMinute(endOf(20, 40 * DAY) - 1);
        refused(Errors.TooEarly.selector, 0, endOf(20, 40 * DAY));
        claim(d, 0);
        atMinute(endOf(20, 40 * DAY));
        mark();
        claim(d, 0);
        assertMoved(0, 19_800e6, 0);
    }

    function test_GivenADeliveryAMinuteBeforeTheDeadline_IsPaidAndLate() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atMinute(T0 + 47 * DAY - 1);
        deliver(d, 0, 0);
        atDay(60);
        expectPaid(id, 0, SILENCE, false, false, M0);
        claim(d, 0);
    }

    function test_GivenADeliveryAtTheDeadline_IsRefunded() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atMinute(T0 + 47 * DAY);
        deliver(d, 0, 0);
        mark();
        expectRefunded(id, 0, IRecord.Cause.Deadline, M0);
        claim(d, 0);
        assertMoved(int256(M0), 0, 0);
        assertCell(d, 0, Cells.ENDED, 0, 0);
        assertNote(d, 0, 0, 7, 0, false);
    }

    function test_GivenARedeliveryInTime_IsPaid() external {
        DealIn memory d = deal();
        rejected(d);
        atDay(25);
        deliver(d, 0, 1);
        atMinute(endOf(25, 10 * DAY));
        mark();
        claim(d, 0);
        assertMoved(0, 19_800e6, 0);
        assertCell(d, 0, Cells.PAID, 1, rawOfDay(25));
    }

    function test_GivenALateRedelivery_IsRefundedAtOnce() external {
        DealIn memory d = deal();
        rejected(d);
        atMinute(endOf(21, WEEK));
        deliver(d, 0, 1);
        mark();
        claim(d, 0);
        assertMoved(int256(M0), 0, 0);
    }

    function test_GivenAnInTimeRedeliveryAfterALateFirst_IsPaid() external {
        DealIn memory d = deal();
        open(d);
        atDay(50);
        deliver(d, 0, 0);
        reject(d, 0, 0);
        deliver(d, 0, 1);
        atMinute(endOf(50, 10 * DAY));
        mark();
        claim(d, 0);
        assertMoved(0, 19_800e6, 0);
        assertNote(d, 0, 0, 10, 0, false);
    }

    function test_AfterPartAcceptance_PaysTheRest() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        delivered(d);
        acceptPart(d, 0, 0, 2500);
        deliver(d, 0, 1);
        atMinute(endOf(20, 10 * DAY));
        mark();
        expectPaid(id, 0, SILENCE, true, false, 15_000e6);
        claim(d, 0);
        assertMoved(0, 14_850e6, 150e6);
        assertCell(d, 0, Cells.ENDED, 1, 10_000);
    }

    function test_GivenABlockedMilestone_ItsDeadlineMovedToo() external {
        DealIn memory d = sequential(deal());
        open(d);
        atDay(45);
        deliver(d, 0, 0);
        // Due 70 + 5 blocked, cure 7.
        atMinute(T0 + 82 * DAY - 1);
        uint256 snapshot = vm.snapshotState();
        deliver(d, 1, 0);
        atDay(100);
        mark();
        claim(d, 1);
        assertMoved(0, 29_700e6, 0);
        vm.revertToState(snapshot);
        atMinute(T0 + 82 * DAY);
        deliver(d, 1, 0);
        mark();
        claim(d, 1);
        assertMoved(int256(M1), 0, 0);
    }
}
