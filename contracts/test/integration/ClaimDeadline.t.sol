// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ClaimDeadlineTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant DEADLINE = IRecord.Cause.Deadline;
    IRecord.Cause private constant LAPSE = IRecord.Cause.Lapse;

    function test_WhenUndelivered_IsRefundedFromDueAndCure() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atMinute(T0 + 47 * DAY - 1);
        refused(Errors.TooEarly.selector, 0, T0 + 47 * DAY);
        claim(d, 0);
        atMinute(T0 + 47 * DAY);
        mark();
        expectRefunded(id, 0, DEADLINE, M0);
        claim(d, 0);
        assertMoved(int256(M0), 0, 0);
        assertCell(d, 0, Cells.ENDED, 0, 0);
        refused(Errors.WrongStage.selector, 0, Cells.ENDED);
        claim(d, 0);
    }

    function test_WhenRejected_IsRefundedFromItsNewDeadline() external {
        DealIn memory d = deal();
        rejected(d);
        uint256 end = endOf(21, WEEK);
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, 0, end);
        claim(d, 0);
        atMinute(end);
        mark();
        claim(d, 0);
        assertMoved(int256(M0), 0, 0);
        assertCell(d, 0, Cells.ENDED, 1, 0);
    }

    function test_WhenWaiting_IsRefused() external {
        DealIn memory d = sequential(deal());
        open(d);
        atDay(300);
        refused(Errors.WrongStage.selector, 1, Cells.WAITING);
        claim(d, 1);
        claim(d, 0);
        assertCell(d, 1, Cells.ACTIVE, 0, rawOfDay(300));
        // Blocked from day 40 to 300: due 70 + 260, cure 7.
        atMinute(T0 + 337 * DAY - 1);
        refused(Errors.TooEarly.selector, 1, T0 + 337 * DAY);
        claim(d, 1);
        atMinute(T0 + 337 * DAY);
        mark();
        claim(d, 1);
        assertMoved(int256(M1), 0, 0);
    }

    function test_AfterADiscount_OnlyTheRestGoesBack() external {
        DealIn memory d = deal();
        d.work.tranches[0].extender = 2;
        d.work.tranches[0].extensionDays = 127;
        d.work.tranches[0].extensionPrice = 100e6;
        open(d);
        bytes memory pw = d.pack(PW);
        vm.prank(provider);
        escrow.extend(pw, 0, "");
        atDay(40 + 127 + 7);
        mark();
        claim(d, 0);
        assertMoved(19_900e6, 0, 0);
    }

    function test_ALateDelivery_NeverStopsTheRefund() external {
        DealIn memory d = deal();
        open(d);
        atDay(48);
        deliver(d, 0, 0);
        mark();
        claim(d, 0);
        assertMoved(int256(M0), 0, 0);
    }

    function test_GivenAClientThatIsRefused_CreditsIt() external {
        DealIn memory d = deal();
        open(d);
        atDay(47);
        moody.refuse(client, true);
        mark();
        claim(d, 0);
        assertMoved(0, 0, 0);
        assertEq(owed(client), M0);
    }

    function test_WhenUnfunded_LapsesFromFundByAndItsFeeGoesToTheProvider() external {
        DealIn memory d = staged();
        bytes32 id = open(d);
        atMinute(T0 + 50 * DAY - 1);
        refused(Errors.TooEarly.selector, 2, T0 + 50 * DAY);
        claim(d, 2);
        atMinute(T0 + 50 * DAY);
        mark();
        expectPaid(id, 2, LAPSE, true, false, 1000e6);
        claim(d, 2);
        assertMoved(0, 990e6, 10e6);
        assertCell(d, 2, Cells.TERMINATED, 0, 0);
    }

    function test_WhenUnfundedWithoutAFee_LapsesAndMovesNothing() external {
        DealIn memory d = staged();
        d.work.tranches[2].terminationFee = 0;
        open(d);
        atDay(50);
        mark();
        claim(d, 2);
        assertMoved(0, 0, 0);
        assertCode(d, 2, Cells.TERMINATED);
    }

    function test_GivenALapseInSequentialTerms_UnblocksTheNext() external {
        DealIn memory d = sequential(deal());
        d.work.tranches[1].fundBy = uint32(T0 + 30 * DAY);
        open(d);
        atDay(30);
        claim(d, 1);
        assertCell(d, 2, Cells.ACTIVE, 0, rawOfDay(30));
    }

    function test_WhenThereIsNoSuchTranche_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        refused(Errors.WrongTranche.selector, 3);
        claim(d, 3);
        refused(Errors.WrongTranche.selector, 8);
        claim(d, 8);
        refused(Errors.WrongTranche.selector, type(uint256).max);
        claim(d, type(uint256).max);
    }

    function test_WhenNotOpenOrHashed_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        refusedId(Errors.NotOpen.selector, id);
        claim(d, 0);
        open(d);
        missing(3, 1);
        escrow.claim(d.pack(1), 0, 0);
    }
}
