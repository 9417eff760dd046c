// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract FundTest is Scene {
    using Deal for DealIn;

    function _fund(DealIn memory d, uint256 mask, address sender) private {
        bytes memory pw = d.pack(PW);
        vm.prank(sender);
        escrow.fund(pw, mask, "");
    }

    function test_UntilFundBy_PullsWhatIsMissing() external {
        DealIn memory d = staged();
        bytes32 id = open(d);
        atMinute(d.work.tranches[2].fundBy - 1);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Funded(id, 4, 49_000e6);
        _fund(d, 4, client);
        assertMoved(-49_000e6, 0, 0);
        assertCell(d, 2, Cells.ACTIVE, 0, 0);
    }

    function test_FromFundBy_IsRefused() external {
        DealIn memory d = staged();
        open(d);
        atMinute(d.work.tranches[2].fundBy);
        refused(Errors.TooLate.selector, 2, d.work.tranches[2].fundBy);
        _fund(d, 4, client);
    }

    function test_WhenAnotherFunds_IsRefused() external {
        DealIn memory d = staged();
        d.parties.clientDelegate = clientDelegate;
        open(d);
        address[3] memory others = [stranger, provider, clientDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _fund(d, 4, others[k]);
        }
    }

    function test_WhenFundedAlready_IsRefused() external {
        DealIn memory d = staged();
        open(d);
        refused(Errors.WrongStage.selector, 0, Cells.ACTIVE);
        _fund(d, 1, client);
        refused(Errors.WrongStage.selector, 0, Cells.ACTIVE);
        _fund(d, 5, client);
        _fund(d, 4, client);
        refused(Errors.WrongStage.selector, 2, Cells.ACTIVE);
        _fund(d, 4, client);
    }

    function test_WhenTheMaskIsEmptyOrTooWide_IsRefused() external {
        DealIn memory d = staged();
        open(d);
        refused(Errors.WrongTranche.selector, 3);
        _fund(d, 0, client);
        refused(Errors.WrongTranche.selector, 3);
        _fund(d, 12, client);
    }

    function test_GivenSequentialTerms_WaitsUntilUnblocked() external {
        DealIn memory d = sequential(staged());
        open(d);
        _fund(d, 4, client);
        assertCell(d, 2, Cells.WAITING, 0, 0);
    }

    function test_GivenSequentialTerms_KeepsWhenItWasUnblocked() external {
        DealIn memory d = sequential(staged());
        open(d);
        deliver(d, 0, 0);
        atDay(45);
        deliver(d, 1, 0);
        assertCell(d, 2, Cells.UNFUNDED, 0, rawOfDay(45));
        atDay(47);
        _fund(d, 4, client);
        assertCell(d, 2, Cells.ACTIVE, 0, rawOfDay(45));
    }

    function test_GivenTheOutcome_AwaitsItsReport() external {
        DealIn memory d = classic();
        d.work.tranches[1].fundBy = uint32(T0 + 10 * DAY);
        open(d);
        mark();
        _fund(d, 2, client);
        assertMoved(-45_000e6, 0, 0);
        assertCell(d, 1, Cells.AWAITING, 0, 0);
    }

    function test_GivenATokenThatTookToAFee_IsRefused() external {
        DealIn memory d = staged();
        open(d);
        moody.tax(true);
        refused(Errors.InexactTransfer.selector, 49_000e6, 48_510e6);
        _fund(d, 4, client);
    }

    function test_UntilFunded_CannotBeDeliveredAcceptedOrContested() external {
        DealIn memory d = staged();
        open(d);
        refused(Errors.WrongStage.selector, 2, Cells.UNFUNDED);
        deliver(d, 2, 0);
        refused(Errors.NothingToAccept.selector);
        accept(d, 4, 0);
        refused(Errors.WrongStage.selector, 2, Cells.UNFUNDED);
        contest(d, 2, 0, true);
        refused(Errors.WrongStage.selector, 2, Cells.UNFUNDED);
        contest(d, 2, 0, false);
    }

    function test_WhenNotOpenOrHashed_IsRefused() external {
        DealIn memory d = staged();
        bytes32 id = idOf(d);
        refusedId(Errors.NotOpen.selector, id);
        _fund(d, 4, client);
        open(d);
        missing(3, 1);
        vm.prank(client);
        escrow.fund(d.pack(1), 4, "");
    }
}
