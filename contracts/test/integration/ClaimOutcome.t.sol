// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn, TrancheIn, PointIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ClaimOutcomeTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant OUTCOME = IRecord.Cause.Outcome;

    /// `classic` in units of `unit`, at a fee of `bps`.
    function _classic(uint128 unit, uint16 bps) private view returns (DealIn memory d) {
        d = classic();
        d.work.feeBps = bps;
        d.work.tranches[0].amount = 70_000 * unit;
        d.work.tranches[1].amount = 45_000 * unit;
        d.outcome.points[1].pay = 30_000 * unit;
        d.outcome.points[2].pay = 45_000 * unit;
    }

    /// `_classic` with its milestone as one of 45,000 and one of 25,000, of which only the first is paid.
    function _partly(uint128 unit, uint16 bps) private view returns (DealIn memory d) {
        d = _classic(unit, bps);
        TrancheIn[] memory three = new TrancheIn[](3);
        three[0] = milestone(45_000 * unit, 10, 40);
        three[1] = milestone(25_000 * unit, 10, 40);
        three[2] = d.work.tranches[1];
        d.work.tranches = three;
    }

    function _pays(uint128 unit, uint16 bps, uint256 users, uint256 back, uint256 net, uint256 fee) private {
        uint256 snapshot = vm.snapshotState();
        DealIn memory d = _classic(unit, bps);
        mark();
        open(d);
        accept(d, 1, 0);
        atDay(60);
        report(d, users);
        atMinute(endOf(60, 10 * DAY));
        claim(d, 1);
        int256 one = int256(uint256(unit));
        assertMoved(-(115_000 - int256(back)) * one, int256(net) * one, int256(fee) * one);
        assertEq(balance(address(escrow)), 0);
        vm.revertToState(snapshot);
    }

    function test_TheClassicCaseGross_IsPaidToTheUnit() external {
        for (uint256 k; k < 2; ++k) {
            uint128 unit = k == 0 ? 1e6 : 1;
            _pays(unit, 0, 45_000, 45_000, 70_000, 0);
            _pays(unit, 0, 49_999, 45_000, 70_000, 0);
            _pays(unit, 0, 50_000, 15_000, 100_000, 0);
            _pays(unit, 0, 59_999, 15_000, 100_000, 0);
            _pays(unit, 0, 60_000, 0, 115_000, 0);
            _pays(unit, 0, 1_000_000, 0, 115_000, 0);
        }
    }

    function test_TheClassicCaseNet_IsPaidToTheUnit() external {
        for (uint256 k; k < 2; ++k) {
            uint128 unit = k == 0 ? 1e6 : 1;
            _pays(unit, 100, 45_000, 45_000, 69_300, 700);
            _pays(unit, 100, 50_000, 15_000, 99_000, 1000);
            _pays(unit, 100, 60_000, 0, 113_850, 1150);
        }
    }

    function _partlyPaid(uint128 unit, uint16 bps) private {
        DealIn memory d = _partly(unit, bps);
        mark();
        open(d);
        accept(d, 1, 0);
        atDay(60);
        claim(d, 1);
        report(d, 60_000);
        atMinute(endOf(60, 10 * DAY));
        claim(d, 2);
    }

    function test_TheClassicCasePartlyPaid_IsScaledAndFloored() external {
        uint256 snapshot = vm.snapshotState();
        _partlyPaid(1, 0);
        assertMoved(-73_928, 73_928, 0);
        vm.revertToState(snapshot);
        _partlyPaid(1e6, 0);
        assertMoved(-73_928_571_428, 73_928_571_428, 0);
        vm.revertToState(snapshot);
        // Fees of 450 and of floor(289.28).
        _partlyPaid(1, 100);
        assertMoved(-73_928, 73_189, 739);
        vm.revertToState(snapshot);
        _partlyPaid(1e6, 100);
        assertMoved(-73_928_571_428, 73_189_285_714, 739_285_714);
    }

    function test_AReport_IsFinalFromTheEndOfItsWindow() external {
        DealIn memory d = classic();
        bytes32 id = open(d);
        accept(d, 1, 0);
        atDay(60);
        report(d, 50_000);
        uint256 end = endOf(60, 10 * DAY);
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, 1, end);
        claim(d, 1);
        atMinute(end);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.OutcomeSettled(id, 50_000, 30_000e6);
        expectPaid(id, 1, OUTCOME, true, false, 30_000e6);
        expectRefunded(id, 1, OUTCOME, 15_000e6);
        expectClosed(id);
        claim(d, 1);
        assertMoved(15_000e6, 29_700e6, 1000e6);
        assertCell(d, 1, Cells.ENDED, 0, 6666);
    }

    function test_UntilAllMilestonesHaveEnded_IsRefused() external {
        DealIn memory d = classic();
        open(d);
        atDay(61);
        report(d, 60_000);
        atDay(100);
        refused(Errors.MilestonesOpen.selector);
        claim(d, 1);
        claim(d, 0);
        mark();
        // Nothing was paid, so nothing of the outcome is earned.
        claim(d, 1);
        assertMoved(45_000e6, 0, 0);
    }

    function test_WithoutAReport_TheDefaultAppliesFromReportBy() external {
        DealIn memory d = classic();
        d.outcome.defaultValue = 50_000;
        bytes32 id = open(d);
        accept(d, 1, 0);
        atMinute(T0 + 90 * DAY - 1);
        refused(Errors.TooEarly.selector, 1, T0 + 90 * DAY);
        claim(d, 1);
        atMinute(T0 + 90 * DAY);
        mark();
        expectPaid(id, 1, IRecord.Cause.Default, true, false, 30_000e6);
        claim(d, 1);
        assertMoved(15_000e6, 29_700e6, 1000e6);
    }

    function _metric(uint8 metric) private view returns (DealIn memory d) {
        d = dealWithOutcome();
        d.outcome.source = address(0);
        d.outcome.metric = metric;
        d.outcome.lines = true;
        d.outcome.points = new PointIn[](2);
        if (metric == 2) {
            // 100 a day less, to nothing after 450 days.
            d.outcome.points[0] = PointIn(0, 45_000e6);
            d.outcome.points[1] = PointIn(450, 0);
        } else {
            d.outcome.points[1] = PointIn(10_000, 45_000e6);
        }
    }

    function test_DaysLate_SumsWhatEveryDeliveryWasLate() external {
        DealIn memory d = _metric(2);
        bytes32 id = open(d);
        // A minute late: one day. Paid in one piece, counted from the cell.
        atMinute(T0 + 40 * DAY + 1);
        deliver(d, 0, 0);
        accept(d, 1, 0);
        // Three days late, rejected; redelivered two days after its deadline: five, in the note.
        atDay(73);
        deliver(d, 1, 0);
        reject(d, 1, 0);
        atMinute(endOf(73, WEEK) + 2 * DAY);
        deliver(d, 1, 1);
        accept(d, 2, 4);
        refused(Errors.MilestonesOpen.selector);
        claim(d, 3);
        // Never delivered: the acceptance counts, four days.
        atDay(104);
        accept(d, 4, 0);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.OutcomeSettled(id, 10, 44_000e6);
        claim(d, 3);
        assertMoved(1000e6, 43_560e6, 1440e6);
    }

    function test_DaysLate_DoesNotCountWhatBlockedOrExtended() external {
        DealIn memory d = sequential(_metric(2));
        d.work.tranches[1].extender = 2;
        d.work.tranches[1].extensionDays = 2;
        bytes32 id = open(d);
        bytes memory pw = d.pack(PW);
        vm.prank(provider);
        escrow.extend(pw, 1, "");
        atDay(44);
        deliver(d, 0, 0);
        // Due: 70 + 4 + 2.
        atDay(76);
        deliver(d, 1, 0);
        accept(d, 7, 0);
        vm.expectEmit(address(escrow));
        emit IRecord.OutcomeSettled(id, 4, 44_600e6);
        claim(d, 3);
    }

    function test_ShareAccepted_IsNotScaledAgain() external {
        DealIn memory d = _metric(3);
        bytes32 id = open(d);
        deliver(d, 0, 0);
        acceptPart(d, 0, 0, 5000);
        accept(d, 2, 0);
        atDay(110);
        claim(d, 0);
        claim(d, 2);
        mark();
        // 10,000 + 30,000 of 100,000.
        vm.expectEmit(address(escrow));
        emit IRecord.OutcomeSettled(id, 4000, 18_000e6);
        claim(d, 3);
        assertMoved(27_000e6, 17_820e6, 480e6);
    }

    function test_ATerminationFee_IsNoProgressAndADiscountIs() external {
        DealIn memory d = _metric(3);
        d.work.tranches[1].terminable = true;
        d.work.tranches[1].terminationFee = 3000e6;
        d.work.tranches[0].extender = 2;
        d.work.tranches[0].extensionDays = 2;
        d.work.tranches[0].extensionPrice = 5000e6;
        bytes32 id = open(d);
        bytes memory pw = d.pack(PW);
        vm.prank(provider);
        escrow.extend(pw, 0, "");
        vm.prank(client);
        escrow.terminate(pw, 2, "");
        accept(d, 5, 0);
        vm.expectEmit(address(escrow));
        emit IRecord.OutcomeSettled(id, 7000, 31_500e6);
        claim(d, 3);
    }

    function test_Lines_RiseAndFallFloored() external {
        DealIn memory d = classic();
        d.outcome.lines = true;
        d.outcome.points[0].pay = 10;
        d.outcome.points[1] = PointIn(3, 0);
        d.outcome.points[2] = PointIn(10, 100);
        open(d);
        accept(d, 1, 0);
        atDay(60);
        // 10, 6.66, 3.33, 0; then 14.28 a step; flat after the last.
        uint8[8] memory x = [0, 1, 2, 3, 4, 9, 10, 255];
        uint8[8] memory pay = [10, 6, 3, 0, 14, 85, 100, 100];
        bytes32 id = idOf(d);
        for (uint256 k; k < 8; ++k) {
            uint256 snapshot = vm.snapshotState();
            report(d, x[k]);
            atDay(75);
            vm.expectEmit(address(escrow));
            emit IRecord.OutcomeSettled(id, x[k], pay[k]);
            claim(d, 1);
            vm.revertToState(snapshot);
        }
    }

    function test_GivenAmountsNearTheTypesEnd_DoesNotOverflow() external {
        DealIn memory d = classic();
        uint128 most = type(uint128).max;
        d.work.tranches[0].amount = most;
        d.work.tranches[1].amount = most;
        d.outcome.points[2] = PointIn(most, most);
        d.outcome.lines = true;
        fundAccount(client, uint256(most) * 2 + 1);
        open(d);
        deliver(d, 0, 0);
        acceptPart(d, 0, 0, 9999);
        atDay(60);
        claim(d, 0);
        report(d, most - 1);
        atDay(75);
        claim(d, 1);
        assertCell(d, 1, Cells.ENDED, 0, 9998);
        assertEq(balance(address(escrow)), 0);
    }

    function test_WhenTheOutcomeIsHashed_IsRefused() external {
        DealIn memory d = classic();
        open(d);
        accept(d, 1, 0);
        atDay(90);
        missing(8, 3);
        escrow.claim(d.pack(PW), 1, 0);
    }

    function test_WhenUnfunded_LapsesFromFundBy() external {
        DealIn memory d = classic();
        d.work.tranches[1].fundBy = uint32(T0 + 10 * DAY);
        d.work.tranches[1].terminationFee = 500e6;
        open(d);
        atDay(10);
        mark();
        claim(d, 1);
        assertMoved(0, 495e6, 5e6);
        assertCode(d, 1, Cells.TERMINATED);
    }
}
