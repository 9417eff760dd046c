// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn, PauseIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract RejectTest is Scene {
    using Deal for DealIn;

    function _reject(DealIn memory d, uint256 i, uint256 round, address sender) private {
        bytes memory pw = d.pack(PW);
        vm.prank(sender);
        escrow.reject(pw, i, round, DELIVERABLE, REASONS, "");
    }

    function test_WhenDelivered_RaisesTheRoundAndSetsANewDeadline() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        delivered(d);
        atDay(22);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Rejected(id, 0, 0, REASONS);
        _reject(d, 0, 0, client);
        assertCell(d, 0, Cells.REJECTED, 1, endOf(22, WEEK) - Cells.EPOCH);
        assertMoved(0, 0, 0);
    }

    function test_UntilTheEndOfReview_IsRejected() external {
        DealIn memory d = deal();
        delivered(d);
        uint256 end = endOf(20, 10 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _reject(d, 0, 0, client);
        atMinute(end - 1);
        _reject(d, 0, 0, client);
        assertCode(d, 0, Cells.REJECTED);
    }

    function test_GivenPauses_ReviewStandsStill() external {
        DealIn memory d = deal();
        d.work.pauses = new PauseIn[](2);
        d.work.pauses[0] = PauseIn(uint32(T0 + 22 * DAY), uint32(T0 + 32 * DAY));
        d.work.pauses[1] = PauseIn(uint32(T0 + 33 * DAY), uint32(T0 + 40 * DAY));
        delivered(d);
        uint256 end = endOf(20, 27 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _reject(d, 0, 0, client);
        atMinute(end - 1);
        _reject(d, 0, 0, client);
        // The cure window knows no pauses.
        assertCell(d, 0, Cells.REJECTED, 1, clockNow() + 1 + WEEK);
    }

    function test_ThreeTimes_AndNotAFourth() external {
        DealIn memory d = deal();
        open(d);
        for (uint256 round; round < 3; ++round) {
            deliver(d, 0, round);
            _reject(d, 0, round, client);
            assertEq(roundOf(d, 0), round + 1);
        }
        deliver(d, 0, 3);
        refused(Errors.NoRejectionsLeft.selector, 0);
        _reject(d, 0, 3, client);
        // The client accepts or contests.
        uint256 snapshot = vm.snapshotState();
        contest(d, 0, 3, true);
        vm.revertToState(snapshot);
        mark();
        accept(d, 1, 3);
        assertMoved(0, 19_800e6, 0);
    }

    function test_AnAcceptanceOfTheRoundBefore_IsVoid() external {
        DealIn memory d = deal();
        delivered(d);
        bytes memory signed = auth(
            CLIENT_KEY,
            abi.encode(
                typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"),
                idOf(d),
                1,
                0,
                DELIVERABLE
            )
        );
        _reject(d, 0, 0, client);
        bytes memory pw = d.pack(PW);
        refused(Errors.NothingToAccept.selector);
        escrow.accept(pw, 1, 0, DELIVERABLE, signed);
    }

    function test_WhenTheStageRoundOrTrancheIsWrong_IsRefused() external {
        DealIn memory d = dealWithOutcome();
        open(d);
        refused(Errors.WrongStage.selector, 0, Cells.ACTIVE);
        _reject(d, 0, 0, client);
        deliver(d, 0, 0);
        refused(Errors.WrongRound.selector, 0, 0);
        _reject(d, 0, 1, client);
        _reject(d, 0, 0, client);
        refused(Errors.WrongStage.selector, 0, Cells.REJECTED);
        _reject(d, 0, 1, client);
        refused(Errors.WrongTranche.selector, 3);
        _reject(d, 3, 0, client);
        deliver(d, 1, 0);
        contest(d, 1, 0, true);
        refused(Errors.WrongStage.selector, 1, Cells.DISPUTED);
        _reject(d, 1, 0, client);
        accept(d, 4, 0);
        refused(Errors.WrongStage.selector, 2, Cells.PAID);
        _reject(d, 2, 0, client);
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        delivered(d);
        address[3] memory others = [stranger, provider, providerDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _reject(d, 0, 0, others[k]);
        }
        _reject(d, 0, 0, clientDelegate);
        assertCode(d, 0, Cells.REJECTED);
    }

    function test_GivenALateDelivery_NotesItsDays() external {
        DealIn memory d = deal();
        open(d);
        atDay(43);
        deliver(d, 0, 0);
        _reject(d, 0, 0, client);
        assertNote(d, 0, 0, 3, 0, false);
    }

    function test_WhenNotOpenOrHashed_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        refusedId(Errors.NotOpen.selector, id);
        _reject(d, 0, 0, client);
        open(d);
        missing(3, 1);
        vm.prank(client);
        escrow.reject(d.pack(1), 0, 0, DELIVERABLE, REASONS, "");
    }
}
