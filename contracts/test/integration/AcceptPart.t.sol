// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract AcceptPartTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant PART = IRecord.Cause.PartAcceptance;

    function _part(DealIn memory d, uint256 i, uint256 round, uint256 share, address sender) private {
        bytes memory pw = d.pack(PW);
        vm.prank(sender);
        escrow.acceptPart(pw, i, round, share, DELIVERABLE, REASONS, "");
    }

    function test_WhenDelivered_PaysTheShareAndRejectsTheRest() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        delivered(d);
        atDay(21);
        mark();
        expectPaid(id, 0, PART, true, false, 5000e6);
        vm.expectEmit(address(escrow));
        emit IRecord.Rejected(id, 0, 0, REASONS);
        _part(d, 0, 0, 2500, client);
        assertMoved(0, 4950e6, 50e6);
        assertCell(d, 0, Cells.REJECTED, 1, endOf(21, WEEK) - Cells.EPOCH);
        assertNote(d, 0, 2500, 0, 0, false);
    }

    function test_TheShare_IsFloored() external {
        DealIn memory d = deal();
        d.work.tranches[0].amount = 10_001;
        open(d);
        deliver(d, 0, 0);
        mark();
        _part(d, 0, 0, 9999, client);
        // 9,999.9999 is 9,999; its fee of 99.99 is 99.
        assertMoved(0, 9900, 99);
        mark();
        accept(d, 1, 1);
        assertMoved(0, 2, 0);
    }

    function test_TheEndsOfTheRange_AreRefused() external {
        DealIn memory d = deal();
        delivered(d);
        refused(Errors.BadShare.selector, 0);
        _part(d, 0, 0, 0, client);
        refused(Errors.BadShare.selector, 10_000);
        _part(d, 0, 0, 10_000, client);
        uint256 snapshot = vm.snapshotState();
        _part(d, 0, 0, 1, client);
        vm.revertToState(snapshot);
        _part(d, 0, 0, 9999, client);
        assertNote(d, 0, 9999, 0, 0, false);
    }

    function test_WhenTheShareRoundsToNothing_IsRefused() external {
        DealIn memory d = deal();
        d.work.tranches[0].amount = 9999;
        open(d);
        deliver(d, 0, 0);
        refused(Errors.BadShare.selector, 1);
        _part(d, 0, 0, 1, client);
    }

    function test_TheSecondTime_IsRefused() external {
        DealIn memory d = deal();
        delivered(d);
        _part(d, 0, 0, 2500, client);
        deliver(d, 0, 1);
        refused(Errors.ShareTaken.selector, 0);
        _part(d, 0, 1, 2500, client);
    }

    function test_GivenANoteWithoutAShare_IsAccepted() external {
        DealIn memory d = deal();
        rejected(d);
        atDay(30);
        deliver(d, 0, 1);
        mark();
        _part(d, 0, 1, 5000, client);
        assertMoved(0, 9900e6, 100e6);
        assertCell(d, 0, Cells.REJECTED, 2, endOf(30, WEEK) - Cells.EPOCH);
    }

    function test_UntilTheEndOfReview_IsAccepted() external {
        DealIn memory d = deal();
        delivered(d);
        uint256 end = endOf(20, 10 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _part(d, 0, 0, 5000, client);
        atMinute(end - 1);
        _part(d, 0, 0, 5000, client);
    }

    function test_AfterThreeRejections_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        for (uint256 round; round < 3; ++round) {
            deliver(d, 0, round);
            reject(d, 0, round);
        }
        deliver(d, 0, 3);
        refused(Errors.NoRejectionsLeft.selector, 0);
        _part(d, 0, 3, 5000, client);
    }

    function test_WhenTheRoundStageOrTrancheIsWrong_IsRefused() external {
        DealIn memory d = dealWithOutcome();
        open(d);
        refused(Errors.WrongStage.selector, 0, Cells.ACTIVE);
        _part(d, 0, 0, 5000, client);
        deliver(d, 0, 0);
        refused(Errors.WrongRound.selector, 0, 0);
        _part(d, 0, 1, 5000, client);
        refused(Errors.WrongTranche.selector, 3);
        _part(d, 3, 0, 5000, client);
        refused(Errors.WrongTranche.selector, 9);
        _part(d, 9, 0, 5000, client);
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        delivered(d);
        address[3] memory others = [stranger, provider, providerDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _part(d, 0, 0, 5000, others[k]);
        }
        _part(d, 0, 0, 5000, clientDelegate);
        assertCode(d, 0, Cells.REJECTED);
    }

    function test_GivenALateDelivery_SaysSo() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(42);
        deliver(d, 0, 0);
        expectPaid(id, 0, PART, false, false, 10_000e6);
        _part(d, 0, 0, 5000, client);
        assertNote(d, 0, 5000, 2, 0, false);
    }

    /// Rule 20: a redelivery after its deadline is late too.
    function test_GivenALateRedelivery_SaysSo() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        rejected(d);
        atDay(30);
        deliver(d, 0, 1);
        expectPaid(id, 0, PART, false, false, 10_000e6);
        _part(d, 0, 1, 5000, client);
    }

    function test_AfterADiscount_SharesWhatIsLeft() external {
        DealIn memory d = deal();
        d.work.tranches[0].extender = 2;
        d.work.tranches[0].extensionDays = 5;
        d.work.tranches[0].extensionPrice = 1000e6;
        open(d);
        bytes memory pw = d.pack(PW);
        vm.prank(provider);
        escrow.extend(pw, 0, "");
        deliver(d, 0, 0);
        mark();
        _part(d, 0, 0, 5000, client);
        assertMoved(0, 9405e6, 95e6);
        mark();
        accept(d, 1, 1);
        assertMoved(0, 9405e6, 95e6);
    }

    function test_ThenAtTheDeadline_TheRestGoesBack() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        delivered(d);
        atDay(21);
        _part(d, 0, 0, 2500, client);
        uint256 end = endOf(21, WEEK);
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, 0, end);
        claim(d, 0);
        atMinute(end);
        mark();
        expectRefunded(id, 0, IRecord.Cause.Deadline, 15_000e6);
        this.claimOf(d, 0);
        assertMoved(15_000e6, 0, 0);
        assertCell(d, 0, Cells.ENDED, 1, 2500);
    }

    function test_ThenContested_AnArbitratorRulesOnTheRestOnly() external {
        DealIn memory d = deal();
        delivered(d);
        atDay(21);
        _part(d, 0, 0, 2500, client);
        contest(d, 0, 1, false);
        mark();
        decide(d, 0, 51);
        assertMoved(7500e6, 7425e6, 75e6);
        assertCell(d, 0, Cells.ENDED, 1, 6250);
    }

    function claimOf(DealIn memory d, uint256 i) external {
        claim(d, i);
    }
}
