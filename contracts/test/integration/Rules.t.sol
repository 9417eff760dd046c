// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn, TrancheIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

/// @notice One short test a rule, numbered as in docs/protocol.md. The files of the verbs go through every branch.
contract RulesTest is Scene {
    using Deal for DealIn;

    function test_Rule01_ExistsOnlyWithBothSignaturesOverOneId() external {
        DealIn memory d = deal();
        bytes memory all = d.pack(ALL);
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        notAuthorised(provider);
        escrow.open(all, 0, one, "");
        escrow.open(all, 0, one, two);
        refusedId(Errors.AlreadyUsed.selector, id);
        escrow.open(all, 0, one, two);
    }

    function test_Rule02_IsFundedBeforeItStarts() external {
        DealIn memory d = staged();
        mark();
        open(d);
        assertMoved(-51_000e6, 0, 0);
        refused(Errors.WrongStage.selector, 2, Cells.UNFUNDED);
        deliver(d, 2, 0);
        atDay(50);
        mark();
        claim(d, 2);
        assertMoved(0, 990e6, 10e6);
    }

    function test_Rule03_TheFeeIsCappedAndNeverOnRefunds() external {
        DealIn memory d = deal();
        d.work.feeBps = 301;
        bytes memory all = d.pack(ALL);
        refused(Errors.FeeOverCap.selector, 301, 300);
        escrow.open(all, 0, "", "");
        d.work.feeBps = 300;
        open(d);
        mark();
        accept(d, 1, 0);
        atDay(200);
        claim(d, 1);
        claim(d, 2);
        assertMoved(80_000e6, 19_400e6, 600e6);
    }

    function test_Rule04_WindowsAreHalfOpenAndThreeDaysAtLeast() external {
        DealIn memory d = deal();
        d.work.tranches[0].review = 4319;
        bytes memory all = d.pack(ALL);
        vm.expectRevert(abi.encodeWithSelector(Errors.WindowTooShort.selector, 0, 4319, 4320));
        escrow.open(all, 0, "", "");
        d.work.tranches[0].review = 4320;
        delivered(d);
        uint256 end = endOf(20, 4320);
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, 0, end);
        claim(d, 0);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        reject(d, 0, 0);
        claim(d, 0);
        assertCode(d, 0, Cells.PAID);
    }

    function test_Rule05_EachStandsAloneAndADisputeFreezesOne() external {
        DealIn memory d = deal();
        contested(d);
        deliver(d, 1, 0);
        mark();
        accept(d, 2, 0);
        assertMoved(0, 29_700e6, 0);
        d = sequential(d);
        vm.warp(T0 * 60);
        open(d);
        refused(Errors.WrongStage.selector, 1, Cells.WAITING);
        deliver(d, 1, 0);
    }

    function test_Rule06_ARejectionVoidsEarlierAcceptances() external {
        DealIn memory d = deal();
        rejected(d);
        refused(Errors.NothingToAccept.selector);
        accept(d, 1, 0);
        accept(d, 3, 1);
        assertCode(d, 0, Cells.PAID);
        assertCode(d, 1, Cells.PAID);
    }

    function test_Rule07_PartAcceptancePaysAtOnceAndRejectsTheRest() external {
        DealIn memory d = deal();
        delivered(d);
        mark();
        acceptPart(d, 0, 0, 4000);
        assertMoved(0, 7920e6, 80e6);
        mark();
        accept(d, 1, 1);
        assertMoved(0, 11_880e6, 120e6);
    }

    function test_Rule08_AFullAcceptancePaysADisputedOneToo() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        mark();
        accept(d, 1, 0);
        assertMoved(1000e6, 20_800e6, 0);
        decide(d, 0, 1);
        assertCode(d, 0, Cells.PAID);
    }

    function test_Rule09_SilenceIsAnAnswerKnownBeforehand() external {
        DealIn memory d = deal();
        delivered(d);
        atDay(31);
        mark();
        claim(d, 0);
        assertMoved(0, 19_800e6, 0);
        atDay(77);
        deliver(d, 1, 0);
        mark();
        claim(d, 1);
        assertMoved(int256(M1), 0, 0);
    }

    function test_Rule10_AChangeOrderMovesTheMoney() external {
        DealIn memory a = deal();
        DealIn memory b = deal();
        open(a);
        b.work.replaces = idOf(a);
        bytes memory signature = sign(PROVIDER_KEY, idOf(b));
        bytes memory pw = a.pack(PW);
        bytes memory all = b.pack(ALL);
        mark();
        vm.prank(client);
        escrow.amend(pw, all, 0, "", signature);
        assertMoved(0, 0, 0);
        assertCode(a, 0, Cells.CLOSED);
        assertCode(b, 0, Cells.ACTIVE);
    }

    function test_Rule11_TheClientEndsWhatHasNotStarted() external {
        DealIn memory d = deal();
        d.work.tranches[1].terminable = true;
        d.work.tranches[1].terminationFee = 1000e6;
        open(d);
        deliver(d, 1, 0);
        bytes memory pw = d.pack(PW);
        mark();
        vm.prank(client);
        escrow.terminate(pw, 2, "");
        assertMoved(29_000e6, 990e6, 10e6);
    }

    function test_Rule11_AnExtensionMovesDueForItsPrice() external {
        DealIn memory d = deal();
        d.work.tranches[0].extender = 2;
        d.work.tranches[0].extensionDays = 30;
        d.work.tranches[0].extensionPrice = 100e6;
        open(d);
        bytes memory pw = d.pack(PW);
        mark();
        vm.prank(provider);
        escrow.extend(pw, 0, "");
        assertMoved(100e6, 0, 0);
        atMinute(T0 + 77 * DAY - 1);
        refused(Errors.TooEarly.selector, 0, T0 + 77 * DAY);
        claim(d, 0);
    }

    function test_Rule12_ASettlementEndsEverything() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        bytes memory signed = auth(
            PROVIDER_KEY,
            abi.encode(
                typeOf(
                    "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,"
                ),
                idOf(d),
                10_000e6,
                90_000e6,
                0,
                2000e6
            )
        );
        bytes memory pwa = d.pack(PWA);
        mark();
        vm.prank(client);
        escrow.settle(pwa, 10_000e6, 90_000e6, 0, 2000e6, "", signed);
        assertMoved(92_000e6, 9900e6, 100e6);
    }

    /// With 45,000 of 70,000 paid, 60,000 users bring 28,928, together 73,928; 0 decimals, gross.
    function test_Rule13_TheClassicCase() external {
        DealIn memory d = classic();
        d.work.feeBps = 0;
        TrancheIn[] memory three = new TrancheIn[](3);
        three[0] = milestone(45_000, 10, 40);
        three[1] = milestone(25_000, 10, 40);
        three[2] = d.work.tranches[1];
        three[2].amount = 45_000;
        d.work.tranches = three;
        d.outcome.points[1].pay = 30_000;
        d.outcome.points[2].pay = 45_000;
        open(d);
        mark();
        accept(d, 1, 0);
        atDay(60);
        claim(d, 1);
        report(d, 60_000);
        atDay(71);
        mark();
        claim(d, 2);
        assertMoved(45_000 - 28_928, 28_928, 0);
    }

    function test_Rule14_ContestingNeedsNoArbitratorsCode() external {
        DealIn memory d = withArbitrator(deal(), address(0xdead));
        contested(d);
        atMinute(endOf(21, 30 * DAY));
        mark();
        claim(d, 0);
        assertMoved(10_000e6, 9900e6, 100e6);
    }

    function test_Rule15_WhoDoesNotAnswerForfeits() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        contested(d);
        atMinute(endOf(21, 5 * DAY));
        mark();
        claim(d, 0);
        assertMoved(21_000e6, 0, 0);
    }

    function test_Rule16_ThePanelRulesAndPaysInOneTransaction() external {
        DealIn memory d = deal();
        contested(d);
        mark();
        decide(d, 0, 76);
        assertMoved(5000e6, 14_850e6, 150e6);
    }

    function test_Rule17_PaymentCannotBeBlocked() external {
        DealIn memory d = deal();
        open(d);
        moody.refuse(provider, true);
        moody.refuse(feeRecipient, true);
        accept(d, 7, 0);
        assertEq(owed(provider), 99_000e6);
        assertEq(owed(feeRecipient), 1000e6);
        vm.prank(provider);
        escrow.redirect(address(token), provider, stranger, 99_000e6, 0, "");
        assertEq(balance(stranger), 99_000e6);
    }

    function test_Rule18_TimeAloneEndsEverything() external {
        DealIn memory d = sequential(withDeposit(dealWithOutcome(), 1000e6));
        d.work.tranches[2].fundBy = uint32(T0 + 60 * DAY);
        open(d);
        deliver(d, 0, 0);
        contest(d, 0, 0, true);
        atDay(400);
        for (uint256 i; i < 4; ++i) {
            if (i == 1) atDay(800);
            claim(d, i);
        }
        assertEq(balance(address(escrow)), 0);
    }

    function test_Rule19_AnyoneRelaysForATipFromTheSigner() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        uint40 soon = uint40(vm.getBlockTimestamp());
        bytes memory signed = auth(
            PROVIDER_KEY,
            abi.encode(
                typeOf("Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,"),
                id,
                0,
                0,
                DELIVERABLE
            ),
            soon,
            address(token),
            5e6,
            5e6,
            soon
        );
        bytes memory p = d.pack(PARTIES);
        mark();
        vm.prank(relayer);
        escrow.deliver(p, 0, 0, DELIVERABLE, signed);
        assertEq(balance(provider), 10_000e6 - 5e6);
        assertEq(balance(relayer), 5e6);
    }

    function test_Rule20_TheRecordIsOfPayoutsAndRefunds() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        atDay(41);
        deliver(d, 0, 0);
        expectPaid(id, 0, IRecord.Cause.PartAcceptance, false, false, 5000e6);
        acceptPart(d, 0, 0, 2500);
        atDay(49);
        bytes memory all = d.pack(ALL);
        expectRefunded(id, 0, IRecord.Cause.Deadline, 15_000e6);
        escrow.claim(all, 0, 0);
    }
}
