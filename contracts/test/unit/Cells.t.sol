// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Cells} from "../../src/libraries/Cells.sol";
import {Test} from "../Test.sol";

contract CellsTest is Test {
    using Cells for uint256;

    /// What a cell says, unpacked.
    struct Cell {
        uint256 code;
        uint256 round;
        bool noted;
        uint256 raw;
    }

    function _assertSame(uint256 s, Cell[8] memory cells) private pure {
        bool live;
        bool noted;
        for (uint256 i; i < 8; ++i) {
            assertEq(s.allTerminalBefore(i), !live);
            assertEq(s.code(i), cells[i].code);
            assertEq(s.round(i), cells[i].round);
            assertEq(s.noted(i), cells[i].noted);
            assertEq(s.raw(i), cells[i].raw);
            assertEq(s.clock(i), cells[i].raw + 29_453_760);
            live = live || (cells[i].code != 0 && cells[i].code < 12);
            noted = noted || cells[i].noted;
        }
        assertEq(s.allTerminal(), !live);
        assertEq(s.anyNoted(), noted);
    }

    function testFuzz_AnyChanges_AreThoseOfTheModel(uint256[32] calldata changes) external pure {
        uint256 s;
        Cell[8] memory cells;
        for (uint256 k; k < 32; ++k) {
            uint256 x = changes[k];
            uint256 i = x & 7;
            uint256 verb = (x >> 3) & 7;
            if (verb < 4) {
                (cells[i].code, cells[i].raw) = ((x >> 6) & 15, (x >> 10) & 0x1ffffff);
                s = s.put(i, cells[i].code, cells[i].raw);
            } else if (verb == 4) {
                if (cells[i].round == 3) continue;
                cells[i].round += 1;
                s = s.raiseRound(i);
            } else if (verb < 7) {
                cells[i].noted = true;
                s = s.note(i);
            } else {
                for (uint256 j; j < 8; ++j) {
                    cells[j].noted = cells[j].noted || cells[j].code != 0;
                }
                s = s.noteAll();
            }
            _assertSame(s, cells);
        }
    }

    function test_TheTerminalStages_AreTheLastFour() external pure {
        for (uint256 code; code < 16; ++code) {
            uint256 s = uint256(0).put(7, code, 0);
            assertEq(s.allTerminal(), code == 0 || code >= Cells.PAID);
            assertTrue(s.allTerminalBefore(7));
        }
    }

    function test_TheEpoch_IsTheFirstMinuteOf2026AndLastsUntil2089() external pure {
        assertEq(Cells.EPOCH * 60, 1_767_225_600);
        // 2089-10-17T00:00Z
        assertGt((Cells.EPOCH + 0x1ffffff) * 60, 3_780_000_000 - 1);
    }
}
