// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";

import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ArbitrateTest is Scene {
    using Deal for DealIn;

    function setUp() public override {
        super.setUp();
        vm.deal(stranger, 10 ether);
    }

    function _arbitrate(DealIn memory d, uint256 value) private {
        bytes memory wa = d.pack(6);
        vm.prank(stranger);
        escrow.arbitrate{value: value}(wa, 0);
    }

    function _any() private view returns (DealIn memory d) {
        d = withArbitrator(withDeposit(deal(), 1000e6), address(court));
        d.arbitration.extraData = hex"c0ffee";
    }

    function _case(DealIn memory d) private view returns (uint256) {
        return uint256(keccak256(abi.encode(idOf(d), 0)));
    }

    event MetaEvidence(uint256 indexed metaEvidenceID, string evidence);
    event Dispute(
        address indexed arbitrator, uint256 indexed disputeID, uint256 metaEvidenceID, uint256 evidenceGroupID
    );

    function test_WhenDisputed_BindsTheDisputeAndReturnsWhatIsOver() external {
        DealIn memory d = _any();
        disputed(d);
        uint256 group = _case(d);
        vm.expectCall(
            address(court), 0.01 ether, abi.encodeWithSignature("createDispute(uint256,bytes)", 101, hex"c0ffee")
        );
        vm.expectEmit(address(escrow));
        emit MetaEvidence(group, vm.toString(d.work.document));
        vm.expectEmit(address(escrow));
        emit Dispute(address(court), 1, group, group);
        _arbitrate(d, 1 ether);
        assertEq(stranger.balance, 9.99 ether);
        assertEq(address(court).balance, 0.01 ether);
        assertEq(address(escrow).balance, 0);
        assertCell(d, 0, Cells.ARBITRATED, 0, rawOfDay(21));
        assertEq(escrow.fronters(idOf(d), 0), stranger);
        assertEq(escrow.disputes(address(court), 1), group >> 48 << 48);
    }

    function test_GivenNoDeposit_NobodyIsOwedOne() external {
        DealIn memory d = withArbitrator(deal(), address(court));
        contested(d);
        _arbitrate(d, 0.01 ether);
        assertEq(escrow.fronters(idOf(d), 0), address(0));
        court.give(escrow, 1, 101);
        bytes memory all = d.pack(ALL);
        mark();
        escrow.claim(all, 0, 1);
        assertMoved(0, 19_800e6, 200e6);
    }

    function test_UntilTheEndOfTheRulingWindow_IsCreated() external {
        DealIn memory d = _any();
        disputed(d);
        uint256 end = endOf(21, 30 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _arbitrate(d, 0.01 ether);
        atMinute(end - 1);
        _arbitrate(d, 0.01 ether);
        assertCode(d, 0, Cells.ARBITRATED);
    }

    function test_WhenItCostsTooMuch_IsRefusedAndMayBeRetried() external {
        DealIn memory d = _any();
        disputed(d);
        court.set(1, 1 ether + 1, 0, false);
        refused(Errors.CostOverCap.selector, 1 ether + 1, 1 ether);
        _arbitrate(d, 2 ether);
        assertCode(d, 0, Cells.DISPUTED);
        court.set(1, 1 ether, 0, false);
        _arbitrate(d, 1 ether);
        assertEq(stranger.balance, 9 ether);
    }

    function test_WhenTooLittleIsSent_IsRefused() external {
        DealIn memory d = _any();
        disputed(d);
        refused(Errors.ValueTooLow.selector, 0.01 ether - 1, 0.01 ether);
        _arbitrate(d, 0.01 ether - 1);
    }

    function test_WhenTheArbitratorFails_NothingChangesAndItMayBeRetried() external {
        DealIn memory d = _any();
        disputed(d);
        court.set(1, 0, 0, true);
        vm.expectRevert();
        _arbitrate(d, 0);
        assertCode(d, 0, Cells.DISPUTED);
        assertEq(escrow.fronters(idOf(d), 0), address(0));
        court.set(1, 0, 0, false);
        _arbitrate(d, 0);
        assertCode(d, 0, Cells.ARBITRATED);
    }

    function test_WhenTheNumberIsTaken_IsRefused() external {
        DealIn memory d = _any();
        disputed(d);
        _arbitrate(d, 0.01 ether);
        DealIn memory e = _any();
        e.work.document = keccak256("b");
        vm.warp(T0 * 60);
        disputed(e);
        court.set(1, 0.01 ether, 0, false);
        vm.expectRevert(abi.encodeWithSelector(Errors.DisputeNumberTaken.selector, address(court), 1));
        _arbitrate(e, 0.01 ether);
    }

    function test_WhenTheSenderTakesNothingBack_IsRefused() external {
        DealIn memory d = _any();
        disputed(d);
        bytes memory wa = d.pack(6);
        vm.deal(address(token), 1 ether);
        refused(Errors.NativeReturnFailed.selector);
        vm.prank(address(token));
        escrow.arbitrate{value: 0.02 ether}(wa, 0);
        vm.prank(address(token));
        escrow.arbitrate{value: 0.01 ether}(wa, 0);
    }

    function test_WhenNotDisputed_IsRefused() external {
        DealIn memory d = _any();
        contested(d);
        refused(Errors.WrongStage.selector, 0, Cells.CONTESTED_BY_CLIENT);
        _arbitrate(d, 0.01 ether);
        answer(d, 0, 0, false);
        _arbitrate(d, 0.01 ether);
        refused(Errors.WrongStage.selector, 0, Cells.ARBITRATED);
        _arbitrate(d, 0.01 ether);
    }

    function test_GivenAPanelOrNoArbitration_IsRefused() external {
        DealIn memory d = deal();
        contested(d);
        refused(Errors.WrongStage.selector, 0, Cells.DISPUTED);
        _arbitrate(d, 0);
        d = withoutArbitrator(classic());
        vm.warp(T0 * 60);
        open(d);
        atDay(60);
        report(d, 5);
        contest(d, 1, 0, true);
        bytes memory wa = d.pack(6);
        refused(Errors.WrongStage.selector, 1, Cells.DISPUTED);
        escrow.arbitrate(wa, 1);
    }

    function test_WhenThereIsNoSuchTrancheOrItIsHashed_IsRefused() external {
        DealIn memory d = _any();
        disputed(d);
        bytes memory wa = d.pack(6);
        refused(Errors.WrongTranche.selector, 3);
        escrow.arbitrate(wa, 3);
        wa = d.pack(3);
        missing(6, 3);
        escrow.arbitrate(wa, 0);
    }

    function test_TheIncludedPanel_CanBeAskedAsAnyArbitrator() external {
        DealIn memory d = withArbitrator(deal(), address(panel));
        contested(d);
        _arbitrate(d, 1 ether);
        assertEq(stranger.balance, 10 ether);
        assertEq(panel.arbitrables(1), address(escrow));
    }
}
