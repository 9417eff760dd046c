// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract AnswerTest is Scene {
    using Deal for DealIn;

    function _answer(DealIn memory d, uint256 i, uint256 round, address sender) private {
        bytes memory pwa = d.pack(PWA);
        vm.prank(sender);
        escrow.answer(pwa, i, round, "");
    }

    function _deposits() private view returns (DealIn memory) {
        return withDeposit(deal(), 1000e6);
    }

    function test_UntilTheEndOfItsWindow_TheOtherSidePostsTheSame() external {
        DealIn memory d = _deposits();
        bytes32 id = idOf(d);
        contested(d);
        uint256 end = endOf(21, 5 * DAY);
        atMinute(end);
        refused(Errors.TooLate.selector, 0, end);
        _answer(d, 0, 0, provider);
        atMinute(end - 1);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Answered(id, 0);
        _answer(d, 0, 0, provider);
        assertMoved(0, -1000e6, 0);
        // The clock stays that of the contest.
        assertCell(d, 0, Cells.DISPUTED, 0, rawOfDay(21));
    }

    function test_GivenTheProviderContested_TheClientAnswers() external {
        DealIn memory d = _deposits();
        open(d);
        atDay(20);
        contest(d, 0, 0, false);
        notAuthorised(client);
        _answer(d, 0, 0, provider);
        mark();
        _answer(d, 0, 0, client);
        assertMoved(-1000e6, 0, 0);
        deliver(d, 1, 0);
        reject(d, 1, 0);
        contest(d, 1, 1, false);
        _answer(d, 1, 1, client);
        assertCell(d, 1, Cells.DISPUTED, 1, rawOfDay(20));
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = _deposits();
        d.parties.providerDelegate = providerDelegate;
        contested(d);
        address[3] memory others = [stranger, client, providerDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(provider);
            _answer(d, 0, 0, others[k]);
        }
    }

    function test_WhenNotContested_IsRefused() external {
        DealIn memory d = _deposits();
        delivered(d);
        refused(Errors.WrongStage.selector, 0, Cells.DELIVERED);
        _answer(d, 0, 0, client);
        contest(d, 0, 0, true);
        _answer(d, 0, 0, provider);
        refused(Errors.WrongStage.selector, 0, Cells.DISPUTED);
        _answer(d, 0, 0, client);
        refused(Errors.WrongTranche.selector, 3);
        _answer(d, 3, 0, client);
    }

    function test_WhenTheRoundIsWrong_IsRefused() external {
        DealIn memory d = _deposits();
        contested(d);
        refused(Errors.WrongRound.selector, 0, 0);
        _answer(d, 0, 1, provider);
    }

    function test_GivenATokenThatTookToAFee_IsRefused() external {
        DealIn memory d = _deposits();
        contested(d);
        moody.tax(true);
        refused(Errors.InexactTransfer.selector, 1000e6, 990e6);
        _answer(d, 0, 0, provider);
    }

    function test_WhenHashed_IsRefused() external {
        DealIn memory d = _deposits();
        contested(d);
        missing(7, 3);
        vm.prank(provider);
        escrow.answer(d.pack(3), 0, 0, "");
    }
}
