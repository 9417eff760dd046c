// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract TerminateTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant TERMINATION = IRecord.Cause.Termination;

    function _terminate(DealIn memory d, uint256 mask, address sender) private {
        bytes memory pw = d.pack(PW);
        vm.prank(sender);
        escrow.terminate(pw, mask, "");
    }

    /// All three can be ended, for 1,000 each.
    function _deal() private view returns (DealIn memory d) {
        d = deal();
        for (uint256 i; i < 3; ++i) {
            d.work.tranches[i].terminable = true;
            d.work.tranches[i].terminationFee = 1000e6;
        }
    }

    function test_UntilStart_TheFeeGoesToTheProviderAndTheRestBack() external {
        DealIn memory d = _deal();
        bytes32 id = open(d);
        atMinute(T0 + 40 * DAY);
        refused(Errors.TooLate.selector, 1, T0 + 40 * DAY);
        _terminate(d, 2, client);
        atMinute(T0 + 40 * DAY - 1);
        mark();
        expectPaid(id, 1, TERMINATION, true, false, 1000e6);
        expectRefunded(id, 1, TERMINATION, 29_000e6);
        _terminate(d, 2, client);
        assertMoved(29_000e6, 990e6, 10e6);
        assertCell(d, 1, Cells.TERMINATED, 0, 0);
    }

    function test_GivenSeveral_EndsAllAndCloses() external {
        DealIn memory d = _deal();
        bytes32 id = open(d);
        mark();
        expectClosed(id);
        _terminate(d, 7, client);
        assertMoved(97_000e6, 2970e6, 30e6);
    }

    function test_GivenOneThatHasStarted_TheOthersGoOn() external {
        DealIn memory d = _deal();
        open(d);
        atDay(10);
        refused(Errors.TooLate.selector, 0, T0 + 10 * DAY);
        _terminate(d, 7, client);
        _terminate(d, 6, client);
        assertCode(d, 0, Cells.ACTIVE);
        deliver(d, 0, 0);
        mark();
        accept(d, 1, 0);
        assertMoved(0, 19_800e6, 200e6);
    }

    function test_GivenNoFee_AllGoesBack() external {
        DealIn memory d = _deal();
        d.work.tranches[1].terminationFee = 0;
        bytes32 id = open(d);
        mark();
        expectRefunded(id, 1, TERMINATION, M1);
        _terminate(d, 2, client);
        assertMoved(int256(M1), 0, 0);
    }

    function test_GivenAFeeOfTheWholeAmount_NothingGoesBack() external {
        DealIn memory d = _deal();
        d.work.tranches[1].terminationFee = uint128(M1);
        open(d);
        mark();
        _terminate(d, 2, client);
        assertMoved(0, 29_700e6, 300e6);
    }

    function test_WhenUnfunded_ItsFeeGoesToTheProvider() external {
        DealIn memory d = _deal();
        d.work.tranches[2].fundBy = uint32(T0 + 50 * DAY);
        bytes32 id = open(d);
        mark();
        expectPaid(id, 2, TERMINATION, true, false, 1000e6);
        _terminate(d, 4, client);
        assertMoved(0, 990e6, 10e6);
        assertCell(d, 2, Cells.TERMINATED, 0, 0);
    }

    function test_WhenDeliveredOrRejectedBeforeStart_IsEndedToo() external {
        DealIn memory d = _deal();
        open(d);
        deliver(d, 1, 0);
        deliver(d, 2, 0);
        reject(d, 2, 0);
        mark();
        _terminate(d, 6, client);
        assertMoved(78_000e6, 1980e6, 20e6);
        assertCode(d, 1, Cells.TERMINATED);
    }

    function test_AfterPartAcceptance_KeepsTheShareAndLimitsTheFee() external {
        DealIn memory d = _deal();
        open(d);
        deliver(d, 1, 0);
        acceptPart(d, 1, 0, 9900);
        mark();
        // 300 are left; the fee of 1,000 cannot be more.
        _terminate(d, 2, client);
        assertMoved(0, 297e6, 3e6);
        assertCell(d, 1, Cells.TERMINATED, 1, 9900);
    }

    function test_WhenWaiting_IsEndedAndUnblocksTheNext() external {
        DealIn memory d = sequential(_deal());
        open(d);
        atDay(3);
        _terminate(d, 2, client);
        assertCell(d, 2, Cells.ACTIVE, 0, rawOfDay(3));
        assertCode(d, 0, Cells.ACTIVE);
    }

    function test_GivenTheOutcomeWithoutAReport_IsEnded() external {
        DealIn memory d = classic();
        d.work.tranches[1].terminable = true;
        d.work.tranches[1].terminationFee = 500e6;
        bytes32 id = open(d);
        atMinute(T0 + 60 * DAY - 1);
        mark();
        expectPaid(id, 1, TERMINATION, true, false, 500e6);
        expectRefunded(id, 1, TERMINATION, 44_500e6);
        _terminate(d, 2, client);
        assertMoved(44_500e6, 495e6, 5e6);
    }

    function test_GivenAReportedOutcome_IsRefused() external {
        DealIn memory d = classic();
        d.work.tranches[1].terminable = true;
        open(d);
        atDay(60);
        report(d, 1);
        refused(Errors.WrongStage.selector, 1, Cells.DELIVERED);
        _terminate(d, 2, client);
    }

    function test_WhenContestedOrEnded_IsRefused() external {
        DealIn memory d = _deal();
        open(d);
        deliver(d, 1, 0);
        contest(d, 1, 0, true);
        refused(Errors.WrongStage.selector, 1, Cells.DISPUTED);
        _terminate(d, 2, client);
        accept(d, 1, 0);
        refused(Errors.WrongStage.selector, 0, Cells.PAID);
        _terminate(d, 1, client);
        _terminate(d, 4, client);
        refused(Errors.WrongStage.selector, 2, Cells.TERMINATED);
        _terminate(d, 4, client);
    }

    function test_WhenNotTerminable_IsRefused() external {
        DealIn memory d = _deal();
        d.work.tranches[1].terminable = false;
        open(d);
        refused(Errors.NotTerminable.selector, 1);
        _terminate(d, 7, client);
    }

    function test_WhenTheMaskIsEmptyOrTooWide_IsRefused() external {
        DealIn memory d = _deal();
        open(d);
        refused(Errors.WrongTranche.selector, 3);
        _terminate(d, 0, client);
        refused(Errors.WrongTranche.selector, 3);
        _terminate(d, 8, client);
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = _deal();
        d.parties.clientDelegate = clientDelegate;
        open(d);
        address[3] memory others = [stranger, provider, clientDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _terminate(d, 1, others[k]);
        }
    }
}
