// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract AmendTest is Scene {
    using Deal for DealIn;

    /// `a` with another document, as the change order for it.
    function _next(DealIn memory a) private view returns (DealIn memory b) {
        b = deal();
        b.work.replaces = idOf(a);
    }

    function _amend(DealIn memory a, DealIn memory b) private {
        bytes memory signature = sign(PROVIDER_KEY, idOf(b));
        _send(a.pack(PW), b.pack(ALL), 0, "", signature, client);
    }

    function _send(bytes memory a, bytes memory b, uint256 fundNow, bytes memory one, bytes memory two, address sender)
        private
    {
        vm.prank(sender);
        escrow.amend(a, b, fundNow, one, two);
    }

    /// A refusal, with everything that is not an error prepared before.
    function _refusedAmend(DealIn memory a, DealIn memory b, bytes memory reason) private {
        bytes memory signature = sign(PROVIDER_KEY, idOf(b));
        vm.expectRevert(reason);
        _send(a.pack(PW), b.pack(ALL), 0, "", signature, client);
    }

    function test_WhenBothSigned_MovesTheMoney() external {
        DealIn memory a = deal();
        bytes32 id = open(a);
        DealIn memory b = _next(a);
        bytes32 next = idOf(b);
        bytes memory one = sign(CLIENT_KEY, next);
        bytes memory two = sign(PROVIDER_KEY, next);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Replaced(id, next);
        vm.expectEmit(address(escrow));
        emit IRecord.Opened(next, client, provider, b.work.document);
        expectClosed(id);
        vm.recordLogs();
        _send(a.pack(PW), b.pack(ALL), 0, one, two, stranger);
        assertEq(vm.getRecordedLogs().length, 3, "nothing is refunded");
        assertMoved(0, 0, 0);
        for (uint256 i; i < 3; ++i) {
            assertCode(a, i, Cells.CLOSED);
            assertCode(b, i, Cells.ACTIVE);
        }
        mark();
        accept(b, 7, 0);
        assertMoved(0, 99_000e6, 1000e6);
    }

    function test_WhenMoreIsNeeded_TheClientPaysTheRest() external {
        DealIn memory a = deal();
        open(a);
        DealIn memory b = _next(a);
        b.work.tranches[2].amount += 7e6;
        mark();
        _amend(a, b);
        assertMoved(-7e6, 0, 0);
    }

    function test_WhenLessIsNeeded_TheRestGoesBack() external {
        DealIn memory a = deal();
        bytes32 id = open(a);
        DealIn memory b = _next(a);
        b.work.tranches[2].amount -= 7e6;
        bytes memory signature = sign(PROVIDER_KEY, idOf(b));
        mark();
        expectRefunded(id, 0, IRecord.Cause.ChangeOrder, 7e6);
        _send(a.pack(PW), b.pack(ALL), 0, "", signature, client);
        assertMoved(7e6, 0, 0);
    }

    function test_GivenPaidMilestones_TakesTheirFeesAndMovesOnlyTheRest() external {
        DealIn memory a = deal();
        open(a);
        accept(a, 1, 0);
        atDay(2);
        deliver(a, 1, 0);
        acceptPart(a, 1, 0, 2500);
        DealIn memory b = _next(a);
        mark();
        _amend(a, b);
        // Held: three quarters of 30,000 and 50,000.
        assertMoved(-int256(100_000e6 - 72_500e6), 0, 200e6);
        assertCode(a, 0, Cells.PAID);
        assertCode(a, 1, Cells.CLOSED);
    }

    function test_GivenUnfundedMilestones_MovesTheirTerminationFee() external {
        DealIn memory a = staged();
        open(a);
        DealIn memory b = staged();
        b.work.replaces = idOf(a);
        mark();
        _amend(a, b);
        assertMoved(0, 0, 0);
        b = _next(b);
        bytes memory signature = sign(PROVIDER_KEY, idOf(b));
        DealIn memory c = staged();
        c.work.replaces = b.work.replaces;
        a = staged();
        a.work.replaces = idOf(staged());
        mark();
        _send(a.pack(PW), b.pack(ALL), 0, "", signature, client);
        assertMoved(-49_000e6, 0, 0);
    }

    function test_WhenTheClientFundsAtOnce_PullsInFull() external {
        DealIn memory a = deal();
        open(a);
        DealIn memory b = staged();
        b.work.replaces = idOf(a);
        bytes memory one = sign(CLIENT_KEY, idOf(b));
        bytes memory two = sign(PROVIDER_KEY, idOf(b));
        notAuthorised(client);
        _send(a.pack(PW), b.pack(ALL), 4, one, two, stranger);
        mark();
        _send(a.pack(PW), b.pack(ALL), 4, "", two, client);
        assertMoved(0, 0, 0);
        assertCode(b, 2, Cells.ACTIVE);
    }

    function test_GivenAPayeeOfTheOld_PaysTheProviderInTheNew() external {
        DealIn memory a = deal();
        open(a);
        bytes memory p = a.pack(PARTIES);
        vm.prank(provider);
        escrow.namePayee(p, stranger, 0, "");
        DealIn memory b = _next(a);
        _amend(a, b);
        mark();
        accept(b, 1, 0);
        assertMoved(0, 19_800e6, 0);
    }

    function test_GivenEachUncontestedStage_Moves() external {
        for (uint256 k; k < 3; ++k) {
            uint256 snapshot = vm.snapshotState();
            DealIn memory a = deal();
            open(a);
            atDay(5);
            deliver(a, 0, 0);
            if (k == 1) reject(a, 0, 0);
            if (k == 2) {
                acceptPart(a, 0, 0, 5000);
                deliver(a, 0, 1);
            }
            mark();
            _amend(a, _next(a));
            assertMoved(k == 2 ? -10_000e6 : int256(0), 0, 0);
            vm.revertToState(snapshot);
        }
    }

    function test_GivenAContestedMilestone_IsRefused() external {
        DealIn memory a = withDeposit(deal(), 1000e6);
        a.work.openBy = uint32(T0 + 40 * DAY);
        contested(a);
        DealIn memory b = _next(a);
        b.work.openBy = uint32(T0 + 40 * DAY);
        _refusedAmend(a, b, abi.encodeWithSelector(Errors.WrongStage.selector, 0, Cells.CONTESTED_BY_CLIENT));
        answer(a, 0, 0, false);
        _refusedAmend(a, b, abi.encodeWithSelector(Errors.WrongStage.selector, 0, Cells.DISPUTED));
    }

    function test_GivenAnAgreementThatHasEnded_IsRefused() external {
        DealIn memory a = deal();
        open(a);
        accept(a, 7, 0);
        _refusedAmend(a, _next(a), abi.encodeWithSelector(Errors.WrongStage.selector, 0, Cells.PAID));
    }

    function test_WhenReplayed_IsRefused() external {
        DealIn memory a = deal();
        open(a);
        DealIn memory b = _next(a);
        _amend(a, b);
        _refusedAmend(a, b, abi.encodeWithSelector(Errors.WrongStage.selector, 0, Cells.CLOSED));
    }

    function test_GivenAnOldThatWasNeverOpened_IsRefused() external {
        DealIn memory a = deal();
        _refusedAmend(a, _next(a), abi.encodeWithSelector(Errors.NotOpen.selector, idOf(a)));
    }

    function test_WhenTheNewReplacesAnother_IsRefused() external {
        DealIn memory a = deal();
        open(a);
        DealIn memory b = deal();
        b.work.replaces = keccak256("other");
        bytes memory reason = abi.encodeWithSelector(Errors.ReplacesMismatch.selector, idOf(a), b.work.replaces);
        _refusedAmend(a, b, reason);
        b.work.replaces = 0;
        reason = abi.encodeWithSelector(Errors.ReplacesMismatch.selector, idOf(a), 0);
        _refusedAmend(a, b, reason);
    }

    function test_WhenPartiesOrTokenChange_IsRefused() external {
        DealIn memory a = deal();
        open(a);
        bytes memory reason = abi.encodeWithSelector(Errors.PartiesNotDistinct.selector);
        DealIn memory b = _next(a);
        b.parties.client = stranger;
        _refusedAmend(a, b, reason);
        b = _next(a);
        b.parties.provider = stranger;
        _refusedAmend(a, b, reason);
        b = _next(a);
        b.work.token = address(panel);
        _refusedAmend(a, b, reason);
    }

    function test_WhenTheNewIsUsedInvalidOrPastOpenBy_IsRefused() external {
        DealIn memory a = deal();
        open(a);
        DealIn memory b = _next(a);
        b.work.feeBps = 301;
        _refusedAmend(a, b, abi.encodeWithSelector(Errors.FeeOverCap.selector, 301, 300));
        b = _next(a);
        uint256 snapshot = vm.snapshotState();
        bytes memory p = b.pack(PARTIES);
        vm.prank(provider);
        escrow.revoke(p, false, "");
        _refusedAmend(a, b, abi.encodeWithSelector(Errors.AlreadyUsed.selector, idOf(b)));
        vm.revertToState(snapshot);
        atMinute(b.work.openBy);
        _refusedAmend(a, b, abi.encodeWithSelector(Errors.PastOpenBy.selector, b.work.openBy));
        atMinute(b.work.openBy - 1);
        _amend(a, b);
        assertCode(b, 0, Cells.ACTIVE);
    }

    function test_WhenASignatureIsMissingOrWrong_IsRefused() external {
        DealIn memory a = deal();
        open(a);
        DealIn memory b = _next(a);
        bytes memory one = sign(CLIENT_KEY, idOf(b));
        bytes memory two = sign(PROVIDER_KEY, idOf(b));
        notAuthorised(client);
        _send(a.pack(PW), b.pack(ALL), 0, "", two, stranger);
        bytes memory strangers = sign(STRANGER_KEY, idOf(b));
        notAuthorised(provider);
        _send(a.pack(PW), b.pack(ALL), 0, one, strangers, stranger);
        bytes memory forTheOld = sign(PROVIDER_KEY, idOf(a));
        notAuthorised(provider);
        _send(a.pack(PW), b.pack(ALL), 0, "", forTheOld, client);
    }

    function test_WhenABranchIsHashed_IsRefused() external {
        DealIn memory a = deal();
        open(a);
        DealIn memory b = _next(a);
        missing(3, 1);
        _send(a.pack(1), b.pack(ALL), 0, "", "", client);
        missing(15, 7);
        _send(a.pack(PW), b.pack(7), 0, "", "", client);
    }
}
