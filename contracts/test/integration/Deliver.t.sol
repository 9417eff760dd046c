// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract DeliverTest is Scene {
    using Deal for DealIn;

    function _deliver(DealIn memory d, uint256 i, uint256 round, address sender) private {
        bytes memory p = d.pack(PARTIES);
        vm.prank(sender);
        escrow.deliver(p, i, round, DELIVERABLE, "");
    }

    function test_WhenActive_IsDelivered() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Delivered(id, 0, 0, DELIVERABLE);
        _deliver(d, 0, 0, provider);
        assertCell(d, 0, Cells.DELIVERED, 0, clockNow());
        assertMoved(0, 0, 0);
        assertNote(d, 0, 0, 0, 0, false);
    }

    function test_WhenTheDelegateSends_IsDelivered() external {
        DealIn memory d = deal();
        d.parties.providerDelegate = providerDelegate;
        open(d);
        _deliver(d, 0, 0, providerDelegate);
        assertCode(d, 0, Cells.DELIVERED);
    }

    function test_WhenARevokedDelegateOrAnotherSends_IsRefused() external {
        DealIn memory d = deal();
        d.parties.providerDelegate = providerDelegate;
        d.parties.clientDelegate = clientDelegate;
        open(d);
        bytes memory p = d.pack(PARTIES);
        vm.prank(provider);
        escrow.revokeDelegate(p, false, "");
        address[4] memory others = [stranger, client, clientDelegate, providerDelegate];
        for (uint256 k; k < 4; ++k) {
            notAuthorised(provider);
            _deliver(d, 0, 0, others[k]);
        }
    }

    function test_WhenTheRoundIsWrong_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        refused(Errors.WrongRound.selector, 0, 0);
        _deliver(d, 0, 1, provider);
        deliver(d, 0, 0);
        reject(d, 0, 0);
        refused(Errors.WrongRound.selector, 0, 1);
        _deliver(d, 0, 0, provider);
        refused(Errors.WrongRound.selector, 0, 1);
        _deliver(d, 0, 2, provider);
    }

    function test_WhenAtAnotherStage_IsRefused() external {
        DealIn memory d = sequential(withDeposit(dealWithOutcome(), 1000e6));
        open(d);
        refused(Errors.WrongStage.selector, 1, Cells.WAITING);
        _deliver(d, 1, 0, provider);
        refused(Errors.WrongStage.selector, 3, Cells.AWAITING);
        _deliver(d, 3, 0, provider);
        deliver(d, 0, 0);
        refused(Errors.WrongStage.selector, 0, Cells.DELIVERED);
        _deliver(d, 0, 0, provider);
        contest(d, 0, 0, true);
        refused(Errors.WrongStage.selector, 0, Cells.CONTESTED_BY_CLIENT);
        _deliver(d, 0, 0, provider);
        accept(d, 1, 0);
        refused(Errors.WrongStage.selector, 0, Cells.PAID);
        _deliver(d, 0, 0, provider);
    }

    function test_WhenThereIsNoSuchTranche_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        refused(Errors.WrongTranche.selector, 3);
        _deliver(d, 3, 0, provider);
        refused(Errors.WrongTranche.selector, 8);
        _deliver(d, 8, 0, provider);
        refused(Errors.WrongTranche.selector, type(uint256).max);
        _deliver(d, type(uint256).max, 0, provider);
    }

    function test_WhenLate_IsRecordedAndNotJudged() external {
        DealIn memory d = deal();
        open(d);
        atDay(60);
        deliver(d, 0, 0);
        assertCell(d, 0, Cells.DELIVERED, 0, rawOfDay(60));
        assertNote(d, 0, 0, 0, 0, false);
    }

    function test_WhenRedeliveredInTime_IsNotLate() external {
        DealIn memory d = deal();
        rejected(d);
        atMinute(endOf(21, WEEK) - 1);
        _deliver(d, 0, 1, provider);
        assertCell(d, 0, Cells.DELIVERED, 1, clockNow());
        assertNote(d, 0, 0, 0, 0, false);
    }

    function test_WhenRedeliveredAtTheDeadline_IsLate() external {
        DealIn memory d = deal();
        rejected(d);
        atMinute(endOf(21, WEEK));
        _deliver(d, 0, 1, provider);
        assertNote(d, 0, 0, 0, 0, true);
    }

    function test_WhenRedeliveredLater_CountsWholeDaysRoundedUp() external {
        DealIn memory d = deal();
        rejected(d);
        uint256 snapshot = vm.snapshotState();
        uint256 deadline = endOf(21, WEEK);
        uint256[4] memory after_ = [uint256(1), DAY, DAY + 1, 3 * DAY];
        uint8[4] memory expected = [1, 1, 2, 3];
        for (uint256 k; k < 4; ++k) {
            atMinute(deadline + after_[k]);
            _deliver(d, 0, 1, provider);
            assertNote(d, 0, 0, expected[k], 0, true);
            vm.revertToState(snapshot);
        }
    }

    function test_WhenRedeliveredInTimeAfterALateOne_IsNoLongerLate() external {
        DealIn memory d = deal();
        rejected(d);
        atDay(30);
        deliver(d, 0, 1);
        assertNote(d, 0, 0, 2, 0, true);
        reject(d, 0, 1);
        atDay(31);
        deliver(d, 0, 2);
        assertNote(d, 0, 0, 2, 0, false);
        // The sum of both late deliveries.
        reject(d, 0, 2);
        atDay(40);
        deliver(d, 0, 3);
        assertNote(d, 0, 0, 4, 0, true);
    }

    function test_GivenSequentialTerms_UnblocksTheNext() external {
        DealIn memory d = sequential(deal());
        open(d);
        atDay(20);
        deliver(d, 0, 0);
        assertCell(d, 1, Cells.ACTIVE, 0, rawOfDay(20));
        assertCell(d, 2, Cells.WAITING, 0, 0);
    }

    function test_GivenABlockedMilestone_MovesItsDueByTheTimeBlocked() external {
        DealIn memory d = sequential(deal());
        open(d);
        atDay(43);
        deliver(d, 0, 0);
        atDay(50);
        missing(2, 1);
        _deliver(d, 1, 0, provider);
        deliver(d, 1, 0);
        // Start was day 40.
        assertNote(d, 1, 0, 0, 3 * DAY, false);
    }

    function test_GivenAnUnblockingBeforeStart_MovesNothing() external {
        DealIn memory d = sequential(deal());
        open(d);
        deliver(d, 0, 0);
        deliver(d, 1, 0);
        assertNote(d, 1, 0, 0, 0, false);
    }

    function test_WhenNotOpenOrHashed_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        refusedId(Errors.NotOpen.selector, id);
        _deliver(d, 0, 0, provider);
        open(d);
        missing(1, 2);
        vm.prank(provider);
        escrow.deliver(d.pack(2), 0, 0, DELIVERABLE, "");
    }
}
