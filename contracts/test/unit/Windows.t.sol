// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Windows} from "../../src/libraries/Windows.sol";
import {Test} from "../Test.sol";

contract WindowsReader {
    function end(uint256 from, uint256 length, bytes calldata pauses) external pure returns (uint256) {
        uint256 offset;
        assembly {
            offset := pauses.offset
        }
        return Windows.endWithPauses(from, length, offset, pauses.length / 8);
    }
}

contract WindowsTest is Test {
    WindowsReader private reader = new WindowsReader();

    /// Minute by minute: one that a pause covers does not count.
    function _model(uint256 from, uint256 length, uint32[2][4] memory pauses, uint256 count)
        private
        pure
        returns (uint256 t)
    {
        t = from + 1;
        while (length > 0) {
            bool paused;
            for (uint256 k; k < count; ++k) {
                if (t >= pauses[k][0] && t < pauses[k][1]) paused = true;
            }
            if (!paused) --length;
            ++t;
        }
    }

    function testFuzz_AnyPauses_AreThoseOfTheModel(uint256 from, uint256 length, uint256 seed, uint256 count)
        external
        view
    {
        from = bound(from, 0, 20);
        length = bound(length, 1, 30);
        count = bound(count, 0, 4);
        uint32[2][4] memory pauses;
        bytes memory packed;
        uint256 last;
        for (uint256 k; k < count; ++k) {
            pauses[k][0] = uint32(last + (seed >> (16 * k)) % 12);
            pauses[k][1] = uint32(pauses[k][0] + 1 + (seed >> (16 * k + 8)) % 12);
            last = pauses[k][1];
            packed = abi.encodePacked(packed, pauses[k][0], pauses[k][1]);
        }
        assertEq(reader.end(from, length, packed), _model(from, length, pauses, count));
    }

    function testFuzz_WithoutPauses_TheMinuteOfTheActDoesNotCount(uint256 from, uint256 length) external view {
        from = bound(from, 0, 1 << 32);
        length = bound(length, 0, 1 << 32);
        assertEq(Windows.end(from, length), from + 1 + length);
        assertEq(reader.end(from, length, ""), from + 1 + length);
    }

    function test_APauseAtEachEdge_IsCountedOnce() external view {
        // The window is [11, 21).
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(5), uint32(11))), 21);
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(5), uint32(12))), 22);
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(11), uint32(12))), 22);
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(20), uint32(30))), 31);
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(21), uint32(30))), 21);
        // A second one that only the first brings into the window.
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(20), uint32(30), uint32(30), uint32(40))), 41);
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(19), uint32(30), uint32(31), uint32(40))), 41);
        assertEq(reader.end(10, 10, abi.encodePacked(uint32(19), uint32(30), uint32(32), uint32(40))), 32);
    }
}
