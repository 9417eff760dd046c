// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {Terms} from "../../src/libraries/Terms.sol";
import {Validity} from "../../src/libraries/Validity.sol";
import {Deal, DealIn, PauseIn, PointIn, TrancheIn} from "../Deal.sol";
import {Scene} from "../integration/Scene.sol";

contract Validator {
    function check(bytes calldata terms, address escrow) external view {
        Validity.check(Terms.read(terms, 0, 15), escrow);
    }
}

contract ValidityTest is Scene {
    using Deal for DealIn;

    Validator private validator;

    function setUp() public override {
        super.setUp();
        validator = new Validator();
    }

    function _valid(DealIn memory d) private view {
        validator.check(d.pack(ALL), address(escrow));
    }

    function _invalid(DealIn memory d, bytes4 reason) private {
        _invalid(d, abi.encodePacked(reason));
    }

    function _invalid(DealIn memory d, bytes4 reason, uint256 one) private {
        _invalid(d, abi.encodeWithSelector(reason, one));
    }

    function _invalid(DealIn memory d, bytes4 reason, uint256 one, uint256 two) private {
        _invalid(d, abi.encodeWithSelector(reason, one, two));
    }

    function _invalid(DealIn memory d, bytes memory reason) private {
        bytes memory all = d.pack(ALL);
        vm.expectRevert(reason);
        validator.check(all, address(escrow));
    }

    function test_TheDealsOfTheTests_AreValid() external view {
        _valid(deal());
        _valid(classic());
        _valid(dealWithOutcome());
        _valid(staged());
        _valid(withDeposit(deal(), 1000e6));
        _valid(withoutArbitrator(deal()));
    }

    // Parties

    function test_Parties_AreThereAndDistinct() external {
        bytes4 reason = Errors.PartiesNotDistinct.selector;
        address[5] memory clients = [address(0), provider, address(escrow), address(panel), address(reports)];
        address[5] memory providers = [address(0), client, address(escrow), address(panel), address(reports)];
        for (uint256 k; k < 5; ++k) {
            DealIn memory d = classic();
            d.parties.client = clients[k];
            _invalid(d, reason);
            d = classic();
            d.parties.provider = providers[k];
            _invalid(d, reason);
        }
        DealIn memory e = classic();
        e.arbitration.arbitrator = address(reports);
        _invalid(e, reason);
    }

    function test_Delegates_AreNeitherTheOtherSideNorArbitratorNorSource() external {
        bytes4 reason = Errors.PartiesNotDistinct.selector;
        address[3] memory others = [provider, address(panel), address(reports)];
        for (uint256 k; k < 3; ++k) {
            DealIn memory d = classic();
            d.parties.clientDelegate = others[k];
            _invalid(d, reason);
            d = classic();
            d.parties.providerDelegate = k == 0 ? client : others[k];
            _invalid(d, reason);
        }
        DealIn memory e = classic();
        e.parties.clientDelegate = stranger;
        _valid(e);
        e.parties.providerDelegate = stranger;
        _invalid(e, reason);
        e.parties.clientDelegate = client;
        e.parties.providerDelegate = provider;
        _valid(e);
    }

    // Fee and token

    function test_TheFee_IsCappedAndHasAReceiver() external {
        DealIn memory d = deal();
        d.work.feeBps = 300;
        _valid(d);
        d.work.feeBps = 301;
        _invalid(d, Errors.FeeOverCap.selector, 301, 300);
        d.work.feeBps = 100;
        d.work.feeRecipient = address(0);
        _invalid(d, Errors.BadReceiver.selector, 0);
        d.work.feeRecipient = address(escrow);
        _invalid(d, Errors.BadReceiver.selector, uint160(address(escrow)));
        d.work.feeBps = 0;
        _valid(d);
    }

    function test_TheToken_HasCode() external {
        DealIn memory d = deal();
        d.work.token = stranger;
        _invalid(d, Errors.TokenWithoutCode.selector, uint160(stranger));
    }

    // Tranches

    function _tranches(uint256 count) private view returns (DealIn memory d) {
        d = deal();
        d.work.tranches = new TrancheIn[](count);
        for (uint256 i; i < count; ++i) {
            d.work.tranches[i] = milestone(100, 10, 40);
        }
    }

    function test_Tranches_AreOneToEight() external {
        _valid(_tranches(1));
        _valid(_tranches(8));
        _invalid(_tranches(0), Errors.TrancheCount.selector, 0);
        _invalid(_tranches(9), Errors.TrancheCount.selector, 9);
        _invalid(_tranches(255), Errors.TrancheCount.selector, 255);
    }

    function test_AnOutcome_HasAMilestoneBeforeIt() external {
        DealIn memory d = classic();
        TrancheIn[] memory one = new TrancheIn[](1);
        one[0] = d.work.tranches[1];
        d.work.tranches = one;
        _invalid(d, Errors.TrancheCount.selector, 1);
    }

    /// Without any tranche there is no outcome either.
    function test_PayByResultWithoutTranches_IsRefused() external {
        DealIn memory d = classic();
        d.work.tranches = new TrancheIn[](0);
        d.outcome.metric = 3;
        d.outcome.source = address(0);
        _invalid(d, Errors.TrancheCount.selector, 0);
    }

    function test_Amounts_AreNotZeroAndBearAFee() external {
        DealIn memory d = deal();
        d.work.tranches[1].amount = 0;
        _invalid(d, Errors.BadAmount.selector, 1, 0);
        d.work.tranches[1].amount = 99;
        _invalid(d, Errors.BadAmount.selector, 1, 99);
        d.work.tranches[1].amount = 100;
        _valid(d);
        d.work.tranches[1].amount = 1;
        d.work.feeBps = 0;
        _valid(d);
        d.work.tranches[1].amount = type(uint128).max;
        d.work.feeBps = 300;
        _valid(d);
    }

    function test_Dates_AreInOrder() external {
        DealIn memory d = deal();
        d.work.tranches[1].start = d.work.tranches[1].due;
        _valid(d);
        d.work.tranches[1].start += 1;
        _invalid(d, Errors.BadDates.selector, 1);
        d = deal();
        d.work.openBy = d.work.tranches[0].due;
        _valid(d);
        d.work.openBy += 1;
        _invalid(d, Errors.BadDates.selector, 0);
    }

    /// Blocked time counts from a milestone's start: from the opening on, then.
    function test_Dates_OfSequentialMilestones_FollowTheOpening() external {
        DealIn memory d = deal();
        d.work.tranches[0].start = d.work.openBy - 1;
        d.work.tranches[1].start = d.work.openBy - 1;
        _valid(d);
        d.work.sequential = true;
        _invalid(d, Errors.BadDates.selector, 1);
        d.work.tranches[1].start = d.work.openBy;
        _valid(d);
    }

    function test_FundBy_LiesBetweenOpenByAndStart() external {
        DealIn memory d = deal();
        d.work.tranches[1].fundBy = d.work.openBy;
        _valid(d);
        d.work.tranches[1].fundBy -= 1;
        _invalid(d, Errors.BadDates.selector, 1);
        d.work.tranches[1].fundBy = d.work.tranches[1].start;
        _valid(d);
        d.work.tranches[1].fundBy += 1;
        _invalid(d, Errors.BadDates.selector, 1);
    }

    function test_FundByOfTheOutcome_IsNotAfterTheLastMilestonesStart() external {
        DealIn memory d = classic();
        d.work.tranches[1].fundBy = d.work.tranches[0].start;
        _valid(d);
        d.work.tranches[1].fundBy += 1;
        _invalid(d, Errors.BadDates.selector, 1);
    }

    function test_Windows_AreThreeDaysAtLeast() external {
        DealIn memory d = deal();
        d.work.tranches[2].review = 4320;
        d.work.tranches[2].cure = 4320;
        _valid(d);
        d.work.tranches[2].review = 4319;
        _invalid(d, abi.encodeWithSelector(Errors.WindowTooShort.selector, 2, 4319, 4320));
        d.work.tranches[2].review = 4320;
        d.work.tranches[2].cure = 4319;
        _invalid(d, abi.encodeWithSelector(Errors.WindowTooShort.selector, 2, 4319, 4320));
        // The outcome has no cure, but a window to contest it in.
        d = classic();
        d.work.tranches[1].review = 4319;
        _invalid(d, abi.encodeWithSelector(Errors.WindowTooShort.selector, 1, 4319, 4320));
    }

    function test_ATerminationFee_IsAtMostTheAmount() external {
        DealIn memory d = deal();
        d.work.tranches[1].terminationFee = d.work.tranches[1].amount;
        _valid(d);
        d.work.tranches[1].terminationFee += 1;
        _invalid(d, Errors.BadOption.selector, 1);
    }

    function test_AnExtension_HasATakerDaysAndAPriceBelowTheAmount() external {
        bytes4 reason = Errors.BadOption.selector;
        DealIn memory d = deal();
        d.work.tranches[1].extensionDays = 1;
        _invalid(d, reason, 1);
        d.work.tranches[1].extensionDays = 0;
        d.work.tranches[1].extensionPrice = 1;
        _invalid(d, reason, 1);
        d.work.tranches[1].extender = 1;
        _invalid(d, reason, 1);
        d.work.tranches[1].extensionDays = 1;
        _valid(d);
        d.work.tranches[1].extensionPrice = type(uint128).max;
        _valid(d);
        d.work.tranches[1].extender = 2;
        d.work.tranches[1].extensionPrice = d.work.tranches[1].amount;
        _invalid(d, reason, 1);
        d.work.tranches[1].extensionPrice -= 1;
        _valid(d);
        d.work.tranches[1].extender = 3;
        _invalid(d, reason, 1);
        d = classic();
        d.work.tranches[1].extender = 1;
        d.work.tranches[1].extensionDays = 1;
        _invalid(d, reason, 1);
    }

    // Pauses

    function test_Pauses_AreSortedDisjointAndAMonthAtMost() external {
        bytes4 reason = Errors.BadPauses.selector;
        DealIn memory d = deal();
        d.work.pauses = new PauseIn[](4);
        for (uint32 k; k < 4; ++k) {
            d.work.pauses[k] = PauseIn(k * 43_200, k * 43_200 + 43_200);
        }
        _valid(d);
        d.work.pauses[2].from -= 1;
        d.work.pauses[2].until -= 1;
        _invalid(d, reason, 2);
        d.work.pauses[2].from += 1;
        d.work.pauses[2].until = d.work.pauses[2].from;
        _invalid(d, reason, 2);
        d.work.pauses[2].until = 0;
        _invalid(d, reason, 2);
        d = deal();
        d.work.pauses = new PauseIn[](1);
        d.work.pauses[0] = PauseIn(0, 43_201);
        _invalid(d, reason, 0);
        d.work.pauses = new PauseIn[](5);
        _invalid(d, reason, 5);
    }

    // Arbitration

    function test_Arbitration_HasWindowsThatFollowEachOther() external {
        bytes4 reason = Errors.BadArbitration.selector;
        DealIn memory d = deal();
        d.arbitration.ruleWithin = 4320;
        _valid(d);
        d.arbitration.ruleWithin = 4319;
        _invalid(d, reason);
        d = withDeposit(deal(), 1);
        d.arbitration.answerWithin = 4320;
        d.arbitration.ruleWithin = 8640;
        _valid(d);
        d.arbitration.ruleWithin = 8639;
        _invalid(d, reason);
        d.arbitration.ruleWithin = 20_000;
        d.arbitration.answerWithin = 4319;
        _invalid(d, reason);
        d = deal();
        d.arbitration.fallbackBps = 10_000;
        _valid(d);
        d.arbitration.fallbackBps = 10_001;
        _invalid(d, reason);
    }

    function test_WithoutAnArbitrator_ThereIsNoDepositAndNoPanel() external {
        bytes4 reason = Errors.BadArbitration.selector;
        DealIn memory d = withoutArbitrator(deal());
        d.arbitration.deposit = 1;
        _invalid(d, reason);
        d.arbitration.deposit = 0;
        d.arbitration.panel = true;
        _invalid(d, reason);
        d.arbitration.panel = false;
        d.arbitration.fallbackBps = 10_001;
        _invalid(d, reason);
    }

    // Outcome

    function test_AnOutcome_IsThereIfAndOnlyIfPaidByResult() external {
        bytes4 reason = Errors.BadOutcome.selector;
        DealIn memory d = deal();
        d.outcome.metric = 3;
        _invalid(d, reason);
        d.outcome.metric = 0;
        d.outcome.points = new PointIn[](1);
        _invalid(d, reason);
        d = deal();
        d.outcome.source = address(reports);
        _invalid(d, reason);
        d = classic();
        d.outcome.metric = 0;
        _invalid(d, reason);
        d.outcome.metric = 4;
        _invalid(d, reason);
    }

    function test_AReportedMetric_HasASourceAndTime() external {
        bytes4 reason = Errors.BadOutcome.selector;
        DealIn memory d = classic();
        d.outcome.source = address(0);
        _invalid(d, reason);
        d = classic();
        d.work.tranches[1].due = d.work.tranches[1].start;
        _invalid(d, reason);
        d.work.tranches[1].due += 1;
        _valid(d);
        for (uint8 metric = 2; metric < 4; ++metric) {
            d = classic();
            d.outcome.metric = metric;
            _invalid(d, reason);
            d.outcome.source = address(0);
            _valid(d);
        }
    }

    function test_TheCurve_StartsAtZeroRisesInValueAndPaysAtMostTheAmount() external {
        bytes4 reason = Errors.BadCurve.selector;
        DealIn memory d = classic();
        d.outcome.points[0].value = 1;
        _invalid(d, reason, 0);
        d = classic();
        d.outcome.points[2].value = d.outcome.points[1].value;
        _invalid(d, reason, 2);
        d = classic();
        d.outcome.points[1].pay = d.work.tranches[1].amount + 1;
        _invalid(d, reason, 1);
        d = classic();
        d.outcome.points = new PointIn[](0);
        _invalid(d, reason, 0);
        d.outcome.points = new PointIn[](9);
        _invalid(d, reason, 9);
        d.outcome.points = new PointIn[](8);
        for (uint128 k; k < 8; ++k) {
            d.outcome.points[k].value = k;
        }
        _valid(d);
    }
}
