// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ReportTest is Scene {
    using Deal for DealIn;

    function _report(DealIn memory d, uint256 value, bytes memory proof) private {
        bytes memory wo = d.pack(10);
        vm.prank(stranger);
        escrow.report(wo, value, proof);
    }

    function _expectTaken(DealIn memory d, uint256 value) private {
        bytes32 id = idOf(d);
        bytes memory proof = reportProof(id, value, 2);
        vm.expectEmit(address(escrow));
        emit IRecord.Reported(id, value);
        _report(d, value, proof);
        assertCell(d, 1, Cells.DELIVERED, 0, clockNow());
        (,,,,, uint128 found) = escrow.notes(id, 1);
        assertEq(found, value);
    }

    function _expectRefused(DealIn memory d, bytes memory reason) private {
        bytes memory proof = reportProof(idOf(d), 5, 2);
        vm.expectRevert(reason);
        _report(d, 5, proof);
    }

    function test_FromMeasuredAtUntilReportBy_IsTaken() external {
        DealIn memory d = classic();
        open(d);
        atMinute(T0 + 60 * DAY - 1);
        _expectRefused(d, abi.encodeWithSelector(Errors.TooEarly.selector, 1, T0 + 60 * DAY));
        atMinute(T0 + 60 * DAY);
        uint256 snapshot = vm.snapshotState();
        mark();
        _expectTaken(d, 50_000);
        assertMoved(0, 0, 0);
        vm.revertToState(snapshot);
        atMinute(T0 + 90 * DAY);
        _expectRefused(d, abi.encodeWithSelector(Errors.TooLate.selector, 1, T0 + 90 * DAY));
        atMinute(T0 + 90 * DAY - 1);
        _expectTaken(d, type(uint128).max);
    }

    function test_TheFirst_IsTheOnlyOne() external {
        DealIn memory d = classic();
        open(d);
        atDay(60);
        _expectTaken(d, 1);
        _expectRefused(d, abi.encodeWithSelector(Errors.WrongStage.selector, 1, Cells.DELIVERED));
        contest(d, 1, 0, true);
        _expectRefused(d, abi.encodeWithSelector(Errors.WrongStage.selector, 1, Cells.DISPUTED));
    }

    function test_WhenNotAttested_IsRefused() external {
        DealIn memory d = classic();
        bytes32 id = open(d);
        atDay(60);
        bytes memory one = reportProof(id, 5, 1);
        bytes memory two = reportProof(id, 5, 2);
        refused(Errors.BadReport.selector);
        _report(d, 5, one);
        refused(Errors.BadReport.selector);
        _report(d, 6, two);
        two = reportProof(keccak256("another agreement"), 5, 2);
        refused(Errors.BadReport.selector);
        _report(d, 5, two);
    }

    function test_WhenTheValueDoesNotFit_IsRefused() external {
        DealIn memory d = classic();
        bytes32 id = open(d);
        atDay(60);
        uint256 value = uint256(type(uint128).max) + 1;
        bytes memory proof = reportProof(id, value, 2);
        refused(Errors.BadReport.selector);
        _report(d, value, proof);
    }

    function test_GivenNoOutcomeOrABuiltInMetric_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        _expectRefused(d, abi.encodeWithSelector(Errors.WrongTranche.selector, 0));
        d = classic();
        d.outcome.metric = 3;
        d.outcome.source = address(0);
        open(d);
        _expectRefused(d, abi.encodeWithSelector(Errors.WrongTranche.selector, 1));
    }

    function test_GivenAnUnfundedOrEndedOutcome_IsRefused() external {
        DealIn memory d = classic();
        d.work.tranches[1].fundBy = uint32(T0 + 10 * DAY);
        open(d);
        _expectRefused(d, abi.encodeWithSelector(Errors.WrongStage.selector, 1, Cells.UNFUNDED));
        atDay(60);
        claim(d, 1);
        _expectRefused(d, abi.encodeWithSelector(Errors.WrongStage.selector, 1, Cells.TERMINATED));
    }

    function test_WhenNotOpenOrHashed_IsRefused() external {
        DealIn memory d = classic();
        _expectRefused(d, abi.encodeWithSelector(Errors.NotOpen.selector, idOf(d)));
        open(d);
        missing(10, 3);
        escrow.report(d.pack(3), 5, "");
    }
}
