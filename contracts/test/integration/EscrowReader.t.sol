// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowReader, Stage} from "../../src/EscrowReader.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn, TrancheIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract EscrowReaderTest is Scene {
    using Deal for DealIn;

    EscrowReader private reader;

    function setUp() public override {
        super.setUp();
        reader = new EscrowReader();
    }

    function _assertStage(Stage memory s, uint256 code, uint256 round, uint256 clock, uint256 share) private pure {
        assertEq(s.code, code);
        assertEq(s.round, round);
        assertEq(s.clock, clock);
        assertEq(s.shareBps, share);
    }

    function test_WhenNeverOpened_IsEmpty() external view {
        assertEq(reader.stagesOf(escrow, idOf(deal())).length, 0);
    }

    function test_WhenOpen_ReadsEveryStage() external {
        DealIn memory d = sequential(dealWithOutcome());
        d.work.tranches[2].fundBy = uint32(T0 + 60 * DAY);
        bytes32 id = open(d);
        atDay(20);
        deliver(d, 0, 0);
        Stage[] memory all = reader.stagesOf(escrow, id);
        assertEq(all.length, 4);
        _assertStage(all[0], Cells.DELIVERED, 0, T0 + 20 * DAY, 0);
        _assertStage(all[1], Cells.ACTIVE, 0, T0 + 20 * DAY, 0);
        _assertStage(all[2], Cells.UNFUNDED, 0, 0, 0);
        _assertStage(all[3], Cells.AWAITING, 0, 0, 0);
        acceptPart(d, 0, 0, 2500);
        deliver(d, 1, 0);
        accept(d, 2, 0);
        all = reader.stagesOf(escrow, id);
        _assertStage(all[0], Cells.REJECTED, 1, endOf(20, WEEK), 0);
        _assertStage(all[1], Cells.PAID, 0, T0 + 20 * DAY, 10_000);
        _assertStage(all[2], Cells.UNFUNDED, 0, T0 + 20 * DAY, 0);
        atDay(60);
        claim(d, 0);
        claim(d, 2);
        all = reader.stagesOf(escrow, id);
        _assertStage(all[0], Cells.ENDED, 1, 0, 2500);
        _assertStage(all[2], Cells.TERMINATED, 0, 0, 0);
    }

    function test_GivenEightTranches_ReadsEight() external {
        DealIn memory d = deal();
        d.work.tranches = new TrancheIn[](8);
        for (uint256 i; i < 8; ++i) {
            d.work.tranches[i] = milestone(1e6, 10, 40);
        }
        assertEq(reader.stagesOf(escrow, open(d)).length, 8);
    }
}
