// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ClaimForfeitTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant FORFEIT = IRecord.Cause.Forfeit;

    function _deal() private view returns (DealIn memory) {
        return withDeposit(deal(), 1000e6);
    }

    function _refusedBefore(DealIn memory d, uint256 i, uint256 end) private {
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, i, end);
        claim(d, i);
        atMinute(end);
    }

    function test_WhenTheProviderIsSilent_TheClientTakesBackAll() external {
        DealIn memory d = _deal();
        bytes32 id = idOf(d);
        contested(d);
        _refusedBefore(d, 0, endOf(21, 5 * DAY));
        mark();
        expectRefunded(id, 0, FORFEIT, M0);
        claim(d, 0);
        assertMoved(21_000e6, 0, 0);
        assertCell(d, 0, Cells.ENDED, 0, 0);
    }

    function test_WhenTheClientIsSilentOnARejection_TheProviderGetsTheRest() external {
        DealIn memory d = _deal();
        bytes32 id = idOf(d);
        delivered(d);
        atDay(21);
        acceptPart(d, 0, 0, 2500);
        contest(d, 0, 1, false);
        _refusedBefore(d, 0, endOf(21, 5 * DAY));
        mark();
        expectPaid(id, 0, FORFEIT, true, true, 15_000e6);
        claim(d, 0);
        assertMoved(0, 15_850e6, 150e6);
        assertCell(d, 0, Cells.ENDED, 1, 10_000);
    }

    function test_AfterPartAcceptance_TheClientTakesBackOnlyTheRest() external {
        DealIn memory d = _deal();
        delivered(d);
        acceptPart(d, 0, 0, 2500);
        deliver(d, 0, 1);
        contest(d, 0, 1, true);
        atDay(40);
        mark();
        claim(d, 0);
        assertMoved(16_000e6, 0, 0);
        assertCell(d, 0, Cells.ENDED, 1, 2500);
    }

    function test_WhenTheClientIsSilentOnAnUndeliveredOne_TheFallbackApplies() external {
        DealIn memory d = _deal();
        d.arbitration.fallbackBps = 3000;
        bytes32 id = open(d);
        atDay(20);
        contest(d, 0, 0, false);
        assertCode(d, 0, Cells.CONTESTED_UNDELIVERED);
        _refusedBefore(d, 0, endOf(20, 5 * DAY));
        mark();
        expectPaid(id, 0, IRecord.Cause.Fallback, true, true, 6000e6);
        expectRefunded(id, 0, IRecord.Cause.Fallback, 14_000e6);
        claim(d, 0);
        assertMoved(14_000e6, 6940e6, 60e6);
        assertCell(d, 0, Cells.ENDED, 0, 3000);
    }

    function test_GivenAContestedOutcome_ForfeitsItsScaledMaximum() external {
        DealIn memory d = withDeposit(classic(), 1000e6);
        bytes32 id = open(d);
        deliver(d, 0, 0);
        acceptPart(d, 0, 0, 5000);
        atDay(61);
        report(d, 1);
        contest(d, 1, 0, false);
        atDay(70);
        refused(Errors.MilestonesOpen.selector);
        claim(d, 1);
        claim(d, 0);
        mark();
        expectPaid(id, 1, FORFEIT, true, true, 22_500e6);
        expectRefunded(id, 1, FORFEIT, 22_500e6);
        expectClosed(id);
        claim(d, 1);
        assertMoved(22_500e6, 23_275e6, 225e6);
        assertCell(d, 1, Cells.ENDED, 0, 5000);
    }

    function test_GivenAnOutcomeContestedByTheClient_AllGoesBack() external {
        DealIn memory d = withDeposit(classic(), 1000e6);
        open(d);
        accept(d, 1, 0);
        atDay(61);
        report(d, 60_000);
        contest(d, 1, 0, true);
        atMinute(endOf(61, 5 * DAY));
        mark();
        claim(d, 1);
        assertMoved(46_000e6, 0, 700e6);
    }

    function test_WhenArbitrationIsHashed_IsRefused() external {
        DealIn memory d = _deal();
        contested(d);
        atDay(40);
        missing(4, 3);
        escrow.claim(d.pack(PW), 0, 0);
    }

    function test_WhenAnswered_NothingForfeits() external {
        DealIn memory d = _deal();
        disputed(d);
        atMinute(endOf(21, 5 * DAY));
        refused(Errors.TooEarly.selector, 0, endOf(21, 30 * DAY));
        claim(d, 0);
    }
}
