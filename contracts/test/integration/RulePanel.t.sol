// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract RulePanelTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant RULING = IRecord.Cause.Ruling;

    address[] private payees;

    event Ruling(address indexed arbitrator, uint256 indexed disputeID, uint256 ruling);

    function setUp() public override {
        super.setUp();
        payees = [address(0xa1), address(0xa2), address(0xa3)];
    }

    function _rule(DealIn memory d, uint256 i, uint256 ruling, address sender) private {
        bytes memory pwa = d.pack(PWA);
        vm.prank(sender);
        escrow.rulePanel(pwa, i, ruling, payees);
    }

    function _deal() private view returns (DealIn memory) {
        return withDeposit(deal(), 1000e6);
    }

    function test_WhenThePanelRules_PaysAtOnce() external {
        DealIn memory d = _deal();
        bytes32 id = idOf(d);
        disputed(d);
        mark();
        vm.expectEmit(address(escrow));
        emit Ruling(address(panel), uint256(keccak256(abi.encode(id, 0))), 31);
        expectPaid(id, 0, RULING, true, true, 6000e6);
        expectRefunded(id, 0, RULING, 14_000e6);
        _rule(d, 0, 31, address(panel));
        assertMoved(14_700e6, 6240e6, 60e6, 1000e6);
        // What does not divide goes to the first.
        assertEq(balance(payees[0]), 333_333_334);
        assertEq(balance(payees[1]), 333_333_333);
        assertEq(balance(payees[2]), 333_333_333);
        assertCell(d, 0, Cells.ENDED, 0, 3000);
    }

    function test_EveryChoice_GivesItsPercentage() external {
        DealIn memory d = deal();
        d.arbitration.fallbackBps = 4200;
        contested(d);
        uint256[6] memory choices = [uint256(0), 1, 2, 101, 102, type(uint256).max];
        uint16[6] memory bps = [uint16(4200), 0, 100, 10_000, 4200, 4200];
        for (uint256 k; k < 6; ++k) {
            uint256 snapshot = vm.snapshotState();
            _rule(d, 0, choices[k], address(panel));
            assertCell(d, 0, Cells.ENDED, 0, bps[k]);
            vm.revertToState(snapshot);
        }
    }

    function test_GivenAMemberThatIsRefused_CreditsIt() external {
        DealIn memory d = _deal();
        disputed(d);
        moody.refuse(payees[1], true);
        _rule(d, 0, 51, address(panel));
        assertEq(owed(payees[1]), 333_333_333);
    }

    function test_UntilTheEndOfTheRulingWindow_IsRuled() external {
        DealIn memory d = _deal();
        disputed(d);
        uint256 end = endOf(21, 30 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _rule(d, 0, 51, address(panel));
        atMinute(end - 1);
        _rule(d, 0, 51, address(panel));
        assertCode(d, 0, Cells.ENDED);
    }

    function test_WhenAnotherRules_IsRefused() external {
        DealIn memory d = _deal();
        disputed(d);
        address[4] memory others = [stranger, client, provider, members[0]];
        for (uint256 k; k < 4; ++k) {
            refused(Errors.NotArbitrator.selector, uint160(address(panel)));
            _rule(d, 0, 51, others[k]);
        }
    }

    function test_GivenAnArbitratorThatIsNoPanel_IsRefused() external {
        DealIn memory d = withArbitrator(_deal(), address(court));
        disputed(d);
        refused(Errors.NotArbitrator.selector, uint160(address(court)));
        _rule(d, 0, 51, address(court));
    }

    function test_WhenNotDisputed_IsRefused() external {
        DealIn memory d = _deal();
        contested(d);
        refused(Errors.WrongStage.selector, 0, Cells.CONTESTED_BY_CLIENT);
        _rule(d, 0, 51, address(panel));
        answer(d, 0, 0, false);
        _rule(d, 0, 51, address(panel));
        refused(Errors.WrongStage.selector, 0, Cells.ENDED);
        _rule(d, 0, 51, address(panel));
        refused(Errors.WrongTranche.selector, 3);
        _rule(d, 3, 51, address(panel));
    }

    function test_GivenAnOutcome_WaitsForTheMilestones() external {
        DealIn memory d = withDeposit(classic(), 1000e6);
        open(d);
        atDay(60);
        report(d, 5);
        contest(d, 1, 0, true);
        answer(d, 1, 0, false);
        refused(Errors.MilestonesOpen.selector);
        _rule(d, 1, 51, address(panel));
        accept(d, 1, 0);
        mark();
        _rule(d, 1, 51, address(panel));
        assertMoved(23_000e6, 22_775e6, 925e6, 1000e6);
    }

    function test_GivenAnOutcomeOverNothingPaid_AllGoesBack() external {
        DealIn memory d = classic();
        open(d);
        atDay(60);
        claim(d, 0);
        report(d, 60_000);
        contest(d, 1, 0, true);
        mark();
        _rule(d, 1, 101, address(panel));
        assertMoved(45_000e6, 0, 0);
        assertCell(d, 1, Cells.ENDED, 0, 0);
    }

    function test_GivenATrancheTooSmallForArbitration_IsRefused() external {
        DealIn memory d = withDeposit(classic(), 23_000e6);
        open(d);
        atDay(60);
        report(d, 5);
        contest(d, 1, 0, true);
        refused(Errors.WrongStage.selector, 1, Cells.DISPUTED);
        _rule(d, 1, 51, address(panel));
    }

    function test_WithNobodyToPay_IsRefused() external {
        DealIn memory d = _deal();
        disputed(d);
        payees = new address[](0);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x12));
        _rule(d, 0, 51, address(panel));
    }

    function test_WhenNotOpenOrHashed_IsRefused() external {
        DealIn memory d = _deal();
        bytes32 id = idOf(d);
        refusedId(Errors.NotOpen.selector, id);
        _rule(d, 0, 51, address(panel));
        open(d);
        missing(7, 3);
        escrow.rulePanel(d.pack(3), 0, 51, payees);
    }
}
