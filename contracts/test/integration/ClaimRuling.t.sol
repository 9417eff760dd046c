// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ClaimRulingTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant RULING = IRecord.Cause.Ruling;
    IRecord.Cause private constant FALLBACK = IRecord.Cause.Fallback;

    function _case(DealIn memory d, uint256 i) private view returns (uint256) {
        return uint256(keccak256(abi.encode(idOf(d), i)));
    }

    /// A dispute before `court`, fronted by the stranger.
    function _arbitrated(DealIn memory d) private {
        disputed(d);
        vm.deal(stranger, 1 ether);
        bytes memory wa = d.pack(6);
        vm.prank(stranger);
        escrow.arbitrate{value: 0.01 ether}(wa, 0);
    }

    function _anyDeal() private view returns (DealIn memory) {
        return withArbitrator(withDeposit(deal(), 1000e6), address(court));
    }

    function _claim(DealIn memory d, uint256 i, uint256 number) private {
        bytes memory all = d.pack(ALL);
        vm.prank(relayer);
        escrow.claim(all, i, number);
    }

    function test_WithoutARuling_TheFallbackAppliesFromTheEnd() external {
        DealIn memory d = deal();
        d.arbitration.fallbackBps = 2500;
        bytes32 id = idOf(d);
        contested(d);
        uint256 end = endOf(21, 30 * DAY);
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, 0, end);
        claim(d, 0);
        atMinute(end);
        mark();
        expectPaid(id, 0, FALLBACK, true, true, 5000e6);
        expectRefunded(id, 0, FALLBACK, 15_000e6);
        claim(d, 0);
        assertMoved(15_000e6, 4950e6, 50e6);
        assertCell(d, 0, Cells.ENDED, 0, 2500);
    }

    function test_WithDepositsAndNoRuling_EachTakesItsOwnBack() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        atDay(60);
        mark();
        claim(d, 0);
        assertMoved(11_000e6, 10_900e6, 100e6);
    }

    function test_WhenNoDisputeWasCreated_EachTakesItsOwnBack() external {
        DealIn memory d = _anyDeal();
        disputed(d);
        // A number that was ruled on is not read: nothing is before the arbitrator.
        court.give(escrow, 1, 101);
        atDay(60);
        mark();
        _claim(d, 0, 1);
        assertMoved(11_000e6, 10_900e6, 100e6);
    }

    function test_GivenARuling_IsPaidAtOnce() external {
        DealIn memory d = _anyDeal();
        bytes32 id = idOf(d);
        _arbitrated(d);
        atDay(25);
        court.give(escrow, 1, 31);
        mark();
        expectPaid(id, 0, RULING, true, true, 6000e6);
        expectRefunded(id, 0, RULING, 14_000e6);
        _claim(d, 0, 1);
        // One deposit to the fronter, the other split 30 : 70.
        assertMoved(14_700e6, 6240e6, 60e6, 1000e6);
        assertEq(balance(stranger), 1000e6);
        assertCell(d, 0, Cells.ENDED, 0, 3000);
    }

    function test_GivenARulingInTheLastMinute_ItCounts() external {
        DealIn memory d = _anyDeal();
        _arbitrated(d);
        atMinute(endOf(21, 30 * DAY) - 1);
        court.give(escrow, 1, 101);
        atDay(90);
        mark();
        _claim(d, 0, 1);
        assertMoved(0, 20_800e6, 200e6, 1000e6);
    }

    function test_GivenARulingAtTheEnd_TheFallbackApplies() external {
        DealIn memory d = _anyDeal();
        bytes32 id = idOf(d);
        _arbitrated(d);
        atMinute(endOf(21, 30 * DAY));
        court.give(escrow, 1, 101);
        mark();
        expectPaid(id, 0, FALLBACK, true, true, 10_000e6);
        _claim(d, 0, 1);
        assertMoved(10_500e6, 10_400e6, 100e6, 1000e6);
    }

    function test_EveryChoice_GivesItsPercentage() external {
        DealIn memory d = _anyDeal();
        _arbitrated(d);
        uint16[7] memory choices = [uint16(0), 1, 2, 51, 101, 102, 65_535];
        uint8[7] memory percent = [50, 0, 1, 50, 100, 50, 50];
        for (uint256 k; k < 7; ++k) {
            uint256 snapshot = vm.snapshotState();
            court.give(escrow, 1, choices[k]);
            mark();
            _claim(d, 0, 1);
            int256 part = int256(uint256(percent[k])) * 200e6;
            int256 deposit = int256(uint256(percent[k])) * 10e6;
            assertMoved(21_000e6 - part - deposit, part * 99 / 100 + deposit, part / 100, 1000e6);
            assertCell(d, 0, Cells.ENDED, 0, uint256(percent[k]) * 100);
            vm.revertToState(snapshot);
        }
        court.give(escrow, 1, type(uint256).max);
        mark();
        _claim(d, 0, 1);
        assertMoved(10_500e6, 10_400e6, 100e6, 1000e6);
    }

    function test_WithAnotherNumber_IsRefused() external {
        DealIn memory d = _anyDeal();
        _arbitrated(d);
        court.give(escrow, 2, 101);
        refused(Errors.WrongDisputeNumber.selector, 2);
        _claim(d, 0, 2);
        // Nor that of another tranche.
        deliver(d, 1, 0);
        contest(d, 1, 0, true);
        answer(d, 1, 0, false);
        bytes memory wa = d.pack(6);
        vm.deal(client, 1 ether);
        vm.prank(client);
        escrow.arbitrate{value: 0.01 ether}(wa, 1);
        refused(Errors.WrongDisputeNumber.selector, 2);
        _claim(d, 0, 2);
        _claim(d, 1, 2);
        assertCode(d, 1, Cells.ENDED);
    }

    function test_WithoutARulingBeforeTheArbitrator_IsRefusedUntilTheEnd() external {
        DealIn memory d = _anyDeal();
        _arbitrated(d);
        uint256 end = endOf(21, 30 * DAY);
        atMinute(end - 1);
        refused(Errors.TooEarly.selector, 0, end);
        _claim(d, 0, 1);
        atMinute(end);
        mark();
        _claim(d, 0, 1);
        assertMoved(10_500e6, 10_400e6, 100e6, 1000e6);
    }

    function test_GivenAnArbitratorThatRulesAtOnce_IsPaid() external {
        DealIn memory d = _anyDeal();
        court.set(7, 0.01 ether, 101, false);
        _arbitrated(d);
        mark();
        _claim(d, 0, 7);
        assertMoved(0, 20_800e6, 200e6, 1000e6);
    }

    function test_GivenARecordedPanelRuling_ThePanelIsCredited() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        uint256 number = _case(d, 0);
        vm.prank(address(panel));
        escrow.rule(number, 76);
        mark();
        vm.expectEmit(address(escrow));
        emit Credited(address(token), address(panel), 1000e6);
        claim(d, 0);
        assertMoved(5250e6, 15_600e6, 150e6);
        assertEq(owed(address(panel)), 1000e6);
        panel.share(escrow, address(token), members);
        for (uint256 k; k < 3; ++k) {
            assertEq(balance(members[k]), 333_333_333);
        }
        assertEq(owed(address(panel)), 1);
    }

    function test_GivenADepositThatDoesNotDivide_TheClientGetsTheRemainder() external {
        DealIn memory d = withDeposit(deal(), 101);
        disputed(d);
        uint256 number = _case(d, 0);
        vm.prank(address(panel));
        escrow.rule(number, 51);
        mark();
        claim(d, 0);
        assertMoved(10_000e6 + 51, 9900e6 + 50, 100e6);
    }

    function test_GivenAShareAlready_RulesOnTheRest() external {
        DealIn memory d = withArbitrator(deal(), address(court));
        delivered(d);
        acceptPart(d, 0, 0, 3333);
        contest(d, 0, 1, false);
        bytes memory wa = d.pack(6);
        vm.deal(stranger, 1 ether);
        vm.prank(stranger);
        escrow.arbitrate{value: 0.01 ether}(wa, 0);
        court.give(escrow, 1, 34);
        mark();
        _claim(d, 0, 1);
        // 13,334 x 33 % = 4,400.22; 3333 + floor(6667 x 33 %) = 5533.
        assertMoved(8933.78e6, 4400.22e6 - 44.0022e6, 44.0022e6);
        assertCell(d, 0, Cells.ENDED, 1, 5533);
    }

    function test_GivenAnOutcomeWithoutArbitration_TheFallbackWaitsForTheMilestones() external {
        DealIn memory d = withoutArbitrator(classic());
        bytes32 id = open(d);
        atDay(61);
        report(d, 60_000);
        contest(d, 1, 0, true);
        assertCode(d, 1, Cells.DISPUTED);
        refused(Errors.MilestonesOpen.selector);
        claim(d, 1);
        accept(d, 1, 0);
        mark();
        expectPaid(id, 1, FALLBACK, true, true, 22_500e6);
        claim(d, 1);
        assertMoved(22_500e6, 22_275e6, 925e6);
    }

    function test_GivenAnOutcomeRuledOn_SplitsItsScaledMaximum() external {
        DealIn memory d = withArbitrator(classic(), address(court));
        open(d);
        deliver(d, 0, 0);
        acceptPart(d, 0, 0, 6000);
        atDay(61);
        claim(d, 0);
        report(d, 60_000);
        contest(d, 1, 0, false);
        bytes memory wa = d.pack(6);
        vm.deal(stranger, 1 ether);
        vm.prank(stranger);
        escrow.arbitrate{value: 0.01 ether}(wa, 1);
        court.give(escrow, 1, 51);
        mark();
        _claim(d, 1, 1);
        // 45,000 x 60 % x 50 %
        assertMoved(31_500e6, 13_365e6, 135e6);
        assertCell(d, 1, Cells.ENDED, 0, 3000);
    }

    function test_WhenArbitrationIsHashed_IsRefused() external {
        DealIn memory d = deal();
        contested(d);
        atDay(90);
        missing(4, 3);
        escrow.claim(d.pack(PW), 0, 0);
    }

    event Credited(address indexed token, address indexed owner, uint256 amount);
}
