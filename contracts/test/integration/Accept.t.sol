// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract AcceptTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant ACCEPTANCE = IRecord.Cause.Acceptance;

    function _accept(DealIn memory d, uint256 mask, uint256 rounds, address sender) private {
        bytes memory pwa = d.pack(PWA);
        vm.prank(sender);
        escrow.accept(pwa, mask, rounds, DELIVERABLE, "");
    }

    function test_WhenDelivered_PaysInFullAndKeepsTheFeeUntilClose() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(20);
        deliver(d, 0, 0);
        atDay(25);
        mark();
        expectPaid(id, 0, ACCEPTANCE, true, false, M0);
        _accept(d, 1, 0, client);
        assertMoved(0, 19_800e6, 0);
        assertCell(d, 0, Cells.PAID, 0, rawOfDay(20));
    }

    function test_WhenTheLast_ClosesAndSendsAllFees() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        accept(d, 3, 0);
        mark();
        expectPaid(id, 2, ACCEPTANCE, true, false, M2);
        expectClosed(id);
        _accept(d, 4, 0, client);
        assertMoved(0, 49_500e6, 1000e6);
        assertEq(balance(address(escrow)), 0);
    }

    function test_GivenSeveral_PaysAllAtOnce() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        mark();
        for (uint256 i; i < 3; ++i) {
            expectPaid(id, i, ACCEPTANCE, true, false, [M0, M1, M2][i]);
        }
        expectClosed(id);
        _accept(d, 7, 0, client);
        assertMoved(0, 99_000e6, 1000e6);
    }

    function test_GivenSomeEndedUnfundedOrInAnotherRound_SkipsThem() external {
        DealIn memory d = staged();
        open(d);
        deliver(d, 0, 0);
        reject(d, 0, 0);
        mark();
        // Milestone 0 is in round 1, milestone 2 unfunded.
        _accept(d, 7, 0, client);
        assertMoved(0, 29_700e6, 0);
        assertCode(d, 0, Cells.REJECTED);
        assertCode(d, 2, Cells.UNFUNDED);
        // Milestone 1 has been paid.
        mark();
        _accept(d, 7, 1, client);
        assertMoved(0, 19_800e6, 0);
    }

    function test_WhenNothingIsLeft_IsRefused() external {
        DealIn memory d = dealWithOutcome();
        open(d);
        refused(Errors.NothingToAccept.selector);
        _accept(d, 0, 0, client);
        // The outcome is no milestone; bits beyond are none either.
        refused(Errors.NothingToAccept.selector);
        _accept(d, 8, 0, client);
        refused(Errors.NothingToAccept.selector);
        _accept(d, 0xf0, 0, client);
        refused(Errors.NothingToAccept.selector);
        _accept(d, 7, 0x15, client);
        accept(d, 1, 0);
        refused(Errors.NothingToAccept.selector);
        _accept(d, 1, 0, client);
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        open(d);
        address[3] memory others = [stranger, provider, providerDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _accept(d, 1, 0, others[k]);
        }
        _accept(d, 1, 0, clientDelegate);
        assertCode(d, 0, Cells.PAID);
        bytes memory p = d.pack(PARTIES);
        vm.prank(client);
        escrow.revokeDelegate(p, true, "");
        notAuthorised(client);
        _accept(d, 2, 0, clientDelegate);
    }

    function test_WhenNeverDelivered_CountsAsTheDelivery() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(41);
        expectPaid(id, 0, ACCEPTANCE, false, false, M0);
        _accept(d, 1, 0, client);
        assertCell(d, 0, Cells.PAID, 0, rawOfDay(41));
    }

    function test_AtDue_IsOnTimeAndAMinuteLaterIsNot() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(40);
        uint256 snapshot = vm.snapshotState();
        expectPaid(id, 0, ACCEPTANCE, true, false, M0);
        _accept(d, 1, 0, client);
        vm.revertToState(snapshot);
        atMinute(T0 + 40 * DAY + 1);
        expectPaid(id, 0, ACCEPTANCE, false, false, M0);
        _accept(d, 1, 0, client);
    }

    function test_GivenALateDelivery_SaysSo() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(42);
        deliver(d, 0, 0);
        expectPaid(id, 0, ACCEPTANCE, false, false, M0);
        _accept(d, 1, 0, client);
        assertCell(d, 0, Cells.PAID, 0, rawOfDay(42));
    }

    function test_WhenRejected_PaysAndCountsTheDaysAfterItsDeadline() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        rejected(d);
        uint256 snapshot = vm.snapshotState();
        atMinute(endOf(21, WEEK));
        mark();
        expectPaid(id, 0, ACCEPTANCE, true, false, M0);
        _accept(d, 1, 1, client);
        assertMoved(0, 19_800e6, 0);
        assertCell(d, 0, Cells.PAID, 1, clockNow());
        vm.revertToState(snapshot);
        atMinute(endOf(21, WEEK) + 1);
        expectPaid(id, 0, ACCEPTANCE, false, false, M0);
        _accept(d, 1, 1, client);
        assertNote(d, 0, 0, 1, 0, false);
    }

    function test_AfterPartAcceptance_PaysTheRestWithItsFee() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        deliver(d, 0, 0);
        acceptPart(d, 0, 0, 3333);
        mark();
        expectPaid(id, 0, ACCEPTANCE, true, false, 13_334e6);
        _accept(d, 1, 1, client);
        assertMoved(0, 13_334e6 - 133.34e6, 133.34e6);
        assertCell(d, 0, Cells.ENDED, 1, 10_000);
    }

    function test_AfterADiscount_PaysWhatIsLeft() external {
        DealIn memory d = deal();
        d.work.tranches[0].extender = 2;
        d.work.tranches[0].extensionDays = 5;
        d.work.tranches[0].extensionPrice = 100e6;
        bytes32 id = open(d);
        bytes memory pw = d.pack(PW);
        vm.prank(provider);
        escrow.extend(pw, 0, "");
        uint256 snapshot = vm.snapshotState();
        mark();
        atDay(45);
        expectPaid(id, 0, ACCEPTANCE, true, false, 19_900e6);
        _accept(d, 1, 0, client);
        assertMoved(0, 19_701e6, 199e6);
        assertCell(d, 0, Cells.ENDED, 0, 10_000);
        vm.revertToState(snapshot);
        atDay(47);
        expectPaid(id, 0, ACCEPTANCE, false, false, 19_900e6);
        _accept(d, 1, 0, client);
        assertNote(d, 0, 0, 2, 5 * DAY, false);
    }

    function test_GivenSequentialTerms_PaysAWaitingOneAndUnblocksTheNext() external {
        DealIn memory d = sequential(deal());
        bytes32 id = open(d);
        // Blocked from its start on day 40; accepted on day 75, five days after due, but 35 days were not its own.
        atDay(75);
        expectPaid(id, 1, ACCEPTANCE, true, false, M1);
        _accept(d, 2, 0, client);
        assertNote(d, 1, 0, 0, 35 * DAY, false);
        assertCell(d, 1, Cells.PAID, 0, rawOfDay(75));
        assertCell(d, 2, Cells.ACTIVE, 0, rawOfDay(75));
        assertCode(d, 0, Cells.ACTIVE);
    }

    function test_GivenEachContestedStage_PaysAndReturnsDepositsAsIfRuledForTheProvider() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        bytes32 id = idOf(d);
        contested(d);
        uint256 snapshot = vm.snapshotState();
        mark();
        expectPaid(id, 0, ACCEPTANCE, true, true, M0);
        _accept(d, 1, 0, client);
        assertMoved(1000e6, 19_800e6, 0);
        assertCell(d, 0, Cells.PAID, 0, 0);
        vm.revertToState(snapshot);
        answer(d, 0, 0, false);
        mark();
        _accept(d, 1, 0, client);
        assertMoved(1000e6, 20_800e6, 0);
    }

    function test_GivenTheProviderContested_ReturnsItsDeposit() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        open(d);
        atDay(20);
        contest(d, 0, 0, false);
        mark();
        _accept(d, 1, 0, client);
        assertMoved(0, 20_800e6, 0);
        deliver(d, 1, 0);
        reject(d, 1, 0);
        contest(d, 1, 1, false);
        assertCode(d, 1, Cells.CONTESTED_BY_PROVIDER);
        mark();
        _accept(d, 2, 4, client);
        assertMoved(0, 30_700e6, 0);
    }

    function test_GivenAFrontedCost_OneDepositGoesToTheFronter() external {
        DealIn memory d = withArbitrator(withDeposit(deal(), 1000e6), address(court));
        disputed(d);
        vm.deal(stranger, 1 ether);
        vm.prank(stranger);
        escrow.arbitrate{value: 0.01 ether}(d.pack(6), 0);
        mark();
        _accept(d, 1, 0, client);
        assertMoved(0, 20_800e6, 0, 1000e6);
        assertEq(balance(stranger), 1000e6);
    }

    function test_GivenADispute_NeedsTheArbitrationBranch() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        contested(d);
        missing(4, 3);
        vm.prank(client);
        escrow.accept(d.pack(PW), 1, 0, DELIVERABLE, "");
        // Without one it does not.
        vm.prank(client);
        escrow.accept(d.pack(PW), 2, 0, DELIVERABLE, "");
    }

    function test_GivenADisputeWithoutDeposits_Pays() external {
        DealIn memory d = deal();
        contested(d);
        assertCode(d, 0, Cells.DISPUTED);
        mark();
        _accept(d, 1, 0, client);
        assertMoved(0, 19_800e6, 0);
    }

    /// Rule 13: without a delivery the acceptance counts, contested or not.
    function test_GivenAnUndeliveredContestedOne_CountsItsDaysUntilTheContest() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(42);
        contest(d, 0, 0, false);
        atDay(44);
        expectPaid(id, 0, ACCEPTANCE, false, true, M0);
        _accept(d, 1, 0, client);
    }

    function test_GivenALateDeliveryThatWasContested_IsNotOnTime() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(43);
        deliver(d, 0, 0);
        contest(d, 0, 0, true);
        assertNote(d, 0, 0, 3, 0, false);
        expectPaid(id, 0, ACCEPTANCE, false, true, M0);
        _accept(d, 1, 0, client);
    }

    function test_GivenALateDeliveryThatIsPaidInPieces_NotesItsDays() external {
        DealIn memory d = deal();
        d.work.tranches[0].extender = 2;
        d.work.tranches[0].extensionDays = 1;
        d.work.tranches[0].extensionPrice = 100e6;
        open(d);
        bytes memory pw = d.pack(PW);
        vm.prank(provider);
        escrow.extend(pw, 0, "");
        atDay(43);
        deliver(d, 0, 0);
        _accept(d, 1, 0, client);
        assertCell(d, 0, Cells.ENDED, 0, 10_000);
        assertNote(d, 0, 0, 2, DAY, false);
    }

    function test_GivenNoFee_TakesNone() external {
        DealIn memory d = deal();
        d.work.feeBps = 0;
        d.work.feeRecipient = address(0);
        open(d);
        mark();
        accept(d, 7, 0);
        assertMoved(0, 100_000e6, 0);
    }

    function test_GivenAFeeRecipientThatIsRefused_CreditsIt() external {
        DealIn memory d = deal();
        open(d);
        moody.refuse(feeRecipient, true);
        mark();
        vm.expectEmit(address(escrow));
        emit Credited(address(token), feeRecipient, 1000e6);
        _accept(d, 7, 0, client);
        assertMoved(0, 99_000e6, 0);
        assertEq(owed(feeRecipient), 1000e6);
    }

    function test_GivenAProviderThatIsRefused_CreditsIt() external {
        DealIn memory d = deal();
        open(d);
        moody.refuse(provider, true);
        mark();
        vm.expectEmit(address(escrow));
        emit Credited(address(token), provider, 19_800e6);
        _accept(d, 1, 0, client);
        assertMoved(0, 0, 0);
        assertEq(owed(provider), 19_800e6);
    }

    function test_GivenTooLittleGasForAnHonestTry_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        bytes memory pwa = d.pack(PWA);
        moody.refuse(provider, true);
        refused(Errors.GasTooLow.selector);
        vm.prank(client);
        escrow.accept{gas: 350_000}(pwa, 1, 0, DELIVERABLE, "");
        vm.prank(client);
        escrow.accept{gas: 600_000}(pwa, 1, 0, DELIVERABLE, "");
        assertEq(owed(provider), 19_800e6);
    }

    event Credited(address indexed token, address indexed owner, uint256 amount);
}
