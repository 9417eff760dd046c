// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract ExtendTest is Scene {
    using Deal for DealIn;

    IRecord.Cause private constant EXTENSION = IRecord.Cause.Extension;

    function _extend(DealIn memory d, uint256 i, address sender) private {
        bytes memory pw = d.pack(PW);
        vm.prank(sender);
        escrow.extend(pw, i, "");
    }

    function _deal(uint8 extender, uint128 price) private view returns (DealIn memory d) {
        d = deal();
        for (uint256 i; i < 3; ++i) {
            d.work.tranches[i].extender = extender;
            d.work.tranches[i].extensionDays = 5;
            d.work.tranches[i].extensionPrice = price;
        }
    }

    function test_WhenTheClientsOption_ItsPriceGoesToTheProvider() external {
        DealIn memory d = _deal(1, 150e6);
        bytes32 id = open(d);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Extended(id, 0);
        expectPaid(id, 0, EXTENSION, true, false, 150e6);
        _extend(d, 0, client);
        assertMoved(-150e6, 148.5e6, 1.5e6);
        assertCell(d, 0, Cells.ACTIVE, 0, 0);
        assertNote(d, 0, 0, 0, 5 * DAY, false);
        (,,,, bool extended,) = escrow.notes(id, 0);
        assertTrue(extended);
    }

    function test_WhenTheProvidersOption_ItsPriceGoesToTheClient() external {
        DealIn memory d = _deal(2, 150e6);
        bytes32 id = open(d);
        mark();
        expectRefunded(id, 0, EXTENSION, 150e6);
        _extend(d, 0, provider);
        assertMoved(150e6, 0, 0);
        assertNote(d, 0, 0, 0, 5 * DAY, false);
        mark();
        accept(d, 1, 0);
        assertMoved(0, 19_651.5e6, 198.5e6);
    }

    function test_GivenNoPrice_OnlyMovesDue() external {
        DealIn memory d = _deal(1, 0);
        open(d);
        mark();
        _extend(d, 0, client);
        assertMoved(0, 0, 0);
        d = _deal(2, 0);
        d.work.document = keccak256("b");
        open(d);
        mark();
        _extend(d, 0, provider);
        assertMoved(0, 0, 0);
        // Nothing was discounted: paid in one piece.
        accept(d, 1, 0);
        assertCode(d, 0, Cells.PAID);
    }

    function test_UntilDue_IsExtended() external {
        DealIn memory d = _deal(2, 0);
        open(d);
        atDay(40);
        refused(Errors.TooLate.selector, 0, T0 + 40 * DAY);
        _extend(d, 0, provider);
        atMinute(T0 + 40 * DAY - 1);
        _extend(d, 0, provider);
        // The deadline is due + 5 days + cure.
        atMinute(T0 + 52 * DAY - 1);
        refused(Errors.TooEarly.selector, 0, T0 + 52 * DAY);
        claim(d, 0);
        atMinute(T0 + 52 * DAY);
        claim(d, 0);
        assertCell(d, 0, Cells.ENDED, 0, 0);
    }

    function test_TheSecondTime_IsRefused() external {
        DealIn memory d = _deal(1, 0);
        open(d);
        _extend(d, 0, client);
        refused(Errors.NotExtendable.selector, 0);
        _extend(d, 0, client);
    }

    function test_GivenNoOption_IsRefused() external {
        DealIn memory d = _deal(0, 0);
        d.work.tranches[0].extensionDays = 0;
        d.work.tranches[1].extensionDays = 0;
        d.work.tranches[2].extensionDays = 0;
        open(d);
        refused(Errors.NotExtendable.selector, 0);
        _extend(d, 0, client);
    }

    function test_WhenNotTheNamedParty_IsRefused() external {
        DealIn memory d = _deal(1, 0);
        d.parties.clientDelegate = clientDelegate;
        open(d);
        address[3] memory others = [stranger, provider, clientDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _extend(d, 0, others[k]);
        }
        d = _deal(2, 0);
        d.parties.providerDelegate = providerDelegate;
        open(d);
        others = [stranger, client, providerDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(provider);
            _extend(d, 0, others[k]);
        }
    }

    function test_WhenAtAnotherStage_IsRefused() external {
        DealIn memory d = _deal(2, 0);
        d.work.tranches[2].fundBy = uint32(T0 + 50 * DAY);
        open(d);
        deliver(d, 0, 0);
        refused(Errors.WrongStage.selector, 0, Cells.DELIVERED);
        _extend(d, 0, provider);
        reject(d, 0, 0);
        refused(Errors.WrongStage.selector, 0, Cells.REJECTED);
        _extend(d, 0, provider);
        refused(Errors.WrongStage.selector, 2, Cells.UNFUNDED);
        _extend(d, 2, provider);
        accept(d, 2, 0);
        refused(Errors.WrongStage.selector, 1, Cells.PAID);
        _extend(d, 1, provider);
    }

    function test_WhenNoMilestone_IsRefused() external {
        DealIn memory d = classic();
        open(d);
        refused(Errors.WrongTranche.selector, 1);
        _extend(d, 1, client);
        refused(Errors.WrongTranche.selector, 8);
        _extend(d, 8, client);
    }

    function test_WhenHashed_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        bytes memory pruned = d.pack(PARTIES);
        vm.expectRevert(abi.encodeWithSelector(Errors.BranchMissing.selector, 3, 1));
        escrow.extend(pruned, 0, "");
    }

    function test_WhenWaiting_IsExtendedAtAnyTime() external {
        DealIn memory d = sequential(_deal(2, 0));
        open(d);
        // Due was day 70, but the wait moves it.
        atDay(90);
        _extend(d, 1, provider);
        deliver(d, 0, 0);
        // Blocked from day 40 to day 90: due is day 70 + 50 + 5, the deadline a week later.
        atMinute(T0 + 132 * DAY - 1);
        refused(Errors.TooEarly.selector, 1, T0 + 132 * DAY);
        claim(d, 1);
        atMinute(T0 + 132 * DAY);
        claim(d, 1);
    }

    function test_WhenUnblockedLate_DueIsTheMovedOne() external {
        DealIn memory d = sequential(_deal(2, 0));
        open(d);
        atDay(50);
        deliver(d, 0, 0);
        atDay(80);
        refused(Errors.TooLate.selector, 1, T0 + 80 * DAY);
        _extend(d, 1, provider);
        atMinute(T0 + 80 * DAY - 1);
        _extend(d, 1, provider);
        deliver(d, 1, 0);
        assertNote(d, 1, 0, 0, 15 * DAY, false);
    }

    function test_GivenATokenThatTookToAFee_IsRefused() external {
        DealIn memory d = _deal(1, 100e6);
        open(d);
        moody.tax(true);
        refused(Errors.InexactTransfer.selector, 100e6, 99e6);
        _extend(d, 0, client);
    }
}
