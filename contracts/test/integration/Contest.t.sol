// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ContestTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant FALLBACK = IRecord.Cause.Fallback;

    function _contest(DealIn memory d, uint256 i, uint256 round, bool byClient, address sender) private {
        bytes memory pwa = d.pack(PWA);
        vm.prank(sender);
        escrow.contest(pwa, i, round, byClient, REASONS, "");
    }

    function _deposits() private view returns (DealIn memory) {
        return withDeposit(deal(), 1000e6);
    }

    function test_WhenTheClientContestsADelivery_FreezesItForItsDeposit() external {
        DealIn memory d = _deposits();
        bytes32 id = idOf(d);
        delivered(d);
        atDay(21);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Contested(id, 0, true, REASONS);
        _contest(d, 0, 0, true, client);
        assertMoved(-1000e6, 0, 0);
        assertCell(d, 0, Cells.CONTESTED_BY_CLIENT, 0, rawOfDay(21));
        refused(Errors.WrongStage.selector, 0, Cells.CONTESTED_BY_CLIENT);
        _contest(d, 0, 0, true, client);
        // Only this one is frozen.
        deliver(d, 1, 0);
        accept(d, 2, 0);
        assertCode(d, 1, Cells.PAID);
    }

    function test_GivenNoDeposit_IsDisputedAtOnce() external {
        DealIn memory d = deal();
        delivered(d);
        mark();
        _contest(d, 0, 0, true, client);
        assertMoved(0, 0, 0);
        assertCell(d, 0, Cells.DISPUTED, 0, rawOfDay(20));
    }

    function test_UntilTheEndOfReview_TheClientContests() external {
        DealIn memory d = _deposits();
        delivered(d);
        uint256 end = endOf(20, 10 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _contest(d, 0, 0, true, client);
        atMinute(end - 1);
        _contest(d, 0, 0, true, client);
    }

    function test_GivenALateDelivery_TheClientContestsAndItsDaysAreNoted() external {
        DealIn memory d = _deposits();
        open(d);
        atDay(50);
        deliver(d, 0, 0);
        _contest(d, 0, 0, true, client);
        assertNote(d, 0, 0, 10, 0, false);
    }

    function test_WhenUndelivered_TheProviderContestsFromStartUntilTheDeadline() external {
        DealIn memory d = _deposits();
        open(d);
        atMinute(T0 + 10 * DAY - 1);
        refused(Errors.TooEarly.selector, 0, T0 + 10 * DAY);
        _contest(d, 0, 0, false, provider);
        atMinute(T0 + 47 * DAY);
        refused(Errors.TooLate.selector, 0, T0 + 47 * DAY);
        _contest(d, 0, 0, false, provider);
        uint256 snapshot = vm.snapshotState();
        atMinute(T0 + 10 * DAY);
        mark();
        _contest(d, 0, 0, false, provider);
        assertMoved(0, -1000e6, 0);
        assertCell(d, 0, Cells.CONTESTED_UNDELIVERED, 0, rawOfDay(10));
        vm.revertToState(snapshot);
        atMinute(T0 + 47 * DAY - 1);
        _contest(d, 0, 0, false, provider);
        assertCode(d, 0, Cells.CONTESTED_UNDELIVERED);
    }

    function test_WhenRejected_TheProviderContestsUntilItsNewDeadline() external {
        DealIn memory d = _deposits();
        rejected(d);
        uint256 end = endOf(21, WEEK);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _contest(d, 0, 1, false, provider);
        atMinute(end - 1);
        mark();
        _contest(d, 0, 1, false, provider);
        assertMoved(0, -1000e6, 0);
        assertCell(d, 0, Cells.CONTESTED_BY_PROVIDER, 1, clockNow());
    }

    function test_AtTheOthersStage_IsRefused() external {
        DealIn memory d = sequential(_deposits());
        open(d);
        atDay(12);
        refused(Errors.WrongStage.selector, 0, Cells.ACTIVE);
        _contest(d, 0, 0, true, client);
        refused(Errors.WrongStage.selector, 1, Cells.WAITING);
        _contest(d, 1, 0, false, provider);
        refused(Errors.WrongStage.selector, 1, Cells.WAITING);
        _contest(d, 1, 0, true, client);
        deliver(d, 0, 0);
        refused(Errors.WrongStage.selector, 0, Cells.DELIVERED);
        _contest(d, 0, 0, false, provider);
        reject(d, 0, 0);
        refused(Errors.WrongStage.selector, 0, Cells.REJECTED);
        _contest(d, 0, 1, true, client);
        accept(d, 1, 1);
        refused(Errors.WrongStage.selector, 0, Cells.PAID);
        _contest(d, 0, 1, false, provider);
    }

    function test_WhenTheRoundOrTrancheIsWrong_IsRefused() external {
        DealIn memory d = _deposits();
        rejected(d);
        refused(Errors.WrongRound.selector, 0, 1);
        _contest(d, 0, 0, false, provider);
        deliver(d, 0, 1);
        refused(Errors.WrongRound.selector, 0, 1);
        _contest(d, 0, 2, true, client);
        refused(Errors.WrongTranche.selector, 3);
        _contest(d, 3, 0, true, client);
        refused(Errors.WrongTranche.selector, 8);
        _contest(d, 8, 0, true, client);
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = _deposits();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        delivered(d);
        address[3] memory others = [stranger, provider, clientDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _contest(d, 0, 0, true, others[k]);
        }
        others = [stranger, client, providerDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(provider);
            _contest(d, 1, 0, false, others[k]);
        }
    }

    function test_GivenNoArbitrator_TheFallbackAppliesAtOnce() external {
        DealIn memory d = withoutArbitrator(deal());
        d.arbitration.fallbackBps = 2500;
        bytes32 id = idOf(d);
        delivered(d);
        mark();
        expectPaid(id, 0, FALLBACK, true, true, 5000e6);
        expectRefunded(id, 0, FALLBACK, 15_000e6);
        _contest(d, 0, 0, true, client);
        assertMoved(15_000e6, 4950e6, 50e6);
        assertCell(d, 0, Cells.ENDED, 0, 2500);
    }

    function test_TheEndsOfTheFallback_PayOneSideOnly() external {
        DealIn memory d = withoutArbitrator(deal());
        d.arbitration.fallbackBps = 10_000;
        delivered(d);
        mark();
        _contest(d, 0, 0, true, client);
        assertMoved(0, 19_800e6, 200e6);
        assertCell(d, 0, Cells.ENDED, 0, 10_000);
        d.arbitration.fallbackBps = 0;
        vm.warp(T0 * 60);
        open(d);
        atDay(10);
        mark();
        _contest(d, 0, 0, false, provider);
        assertMoved(int256(M0), 0, 0);
        assertCell(d, 0, Cells.ENDED, 0, 0);
    }

    function test_GivenLessThanTwiceTheDeposit_ThereIsNoArbitration() external {
        DealIn memory d = withDeposit(deal(), uint128(M0 / 2 + 1));
        delivered(d);
        mark();
        _contest(d, 0, 0, true, client);
        // No deposit is taken; the fallback is half.
        assertMoved(10_000e6, 9900e6, 100e6);
        d = withDeposit(deal(), uint128(M0 / 2));
        vm.warp(T0 * 60);
        delivered(d);
        mark();
        _contest(d, 0, 0, true, client);
        assertMoved(-int256(M0 / 2), 0, 0);
        assertCode(d, 0, Cells.CONTESTED_BY_CLIENT);
    }

    function test_GivenSequentialTerms_UnblocksTheNextAndKeepsItsShift() external {
        DealIn memory d = sequential(_deposits());
        open(d);
        atDay(44);
        _contest(d, 0, 0, false, provider);
        assertCell(d, 1, Cells.ACTIVE, 0, rawOfDay(44));
        // Due 70 + 4, cure 7.
        atMinute(T0 + 81 * DAY);
        refused(Errors.TooLate.selector, 1, T0 + 81 * DAY);
        _contest(d, 1, 0, false, provider);
        atMinute(T0 + 81 * DAY - 1);
        _contest(d, 1, 0, false, provider);
        assertNote(d, 1, 0, 7, 4 * DAY, false);
    }

    function test_AReportedOutcome_IsContestedByEitherInItsWindow() external {
        DealIn memory d = withDeposit(classic(), 1000e6);
        open(d);
        atDay(60);
        refused(Errors.WrongStage.selector, 1, Cells.AWAITING);
        _contest(d, 1, 0, true, client);
        report(d, 5);
        uint256 end = endOf(60, 10 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 1, end);
        _contest(d, 1, 0, true, client);
        refused(Errors.TooLate.selector, 1, end);
        _contest(d, 1, 0, false, provider);
        atMinute(end - 1);
        uint256 snapshot = vm.snapshotState();
        _contest(d, 1, 0, true, client);
        assertCode(d, 1, Cells.CONTESTED_BY_CLIENT);
        vm.revertToState(snapshot);
        _contest(d, 1, 0, false, provider);
        assertCode(d, 1, Cells.CONTESTED_BY_PROVIDER);
    }

    function test_GivenAnOutcomeWithoutArbitration_TheFallbackAppliesOnceMilestonesHaveEnded() external {
        DealIn memory d = withoutArbitrator(classic());
        open(d);
        accept(d, 1, 0);
        atDay(60);
        report(d, 5);
        mark();
        _contest(d, 1, 0, false, provider);
        assertMoved(22_500e6, 22_275e6, 925e6);
        assertCell(d, 1, Cells.ENDED, 0, 5000);
    }

    function test_GivenATokenThatTookToAFee_IsRefused() external {
        DealIn memory d = _deposits();
        delivered(d);
        moody.tax(true);
        refused(Errors.InexactTransfer.selector, 1000e6, 990e6);
        _contest(d, 0, 0, true, client);
    }

    function test_TheArbitratorsCode_IsNeverCalled() external {
        DealIn memory d = withDeposit(withArbitrator(deal(), address(0xdead)), 1000e6);
        delivered(d);
        _contest(d, 0, 0, true, client);
        assertCode(d, 0, Cells.CONTESTED_BY_CLIENT);
    }

    function test_WhenNotOpenOrHashed_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        refusedId(Errors.NotOpen.selector, id);
        _contest(d, 0, 0, true, client);
        open(d);
        missing(7, 3);
        vm.prank(client);
        escrow.contest(d.pack(3), 0, 0, true, REASONS, "");
    }
}
