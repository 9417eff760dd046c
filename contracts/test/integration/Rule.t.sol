// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Scene} from "./Scene.sol";

contract RuleTest is Scene {
    event Ruling(address indexed arbitrator, uint256 indexed disputeID, uint256 ruling);

    function test_TheFirst_IsRecordedWithItsMinute() external {
        vm.expectEmit(address(escrow));
        emit Ruling(stranger, 5, 31);
        vm.prank(stranger);
        escrow.rule(5, 31);
        uint256 dispute = escrow.disputes(stranger, 5);
        assertEq(dispute, (1 << 40) | (T0 << 8) | 31);
        atDay(1);
        vm.prank(stranger);
        escrow.rule(5, 77);
        assertEq(escrow.disputes(stranger, 5), dispute);
    }

    function test_AChoiceBeyondTheLast_IsARefusalToRule() external {
        uint256[3] memory choices = [uint256(102), 256, type(uint256).max];
        for (uint256 k; k < 3; ++k) {
            vm.expectEmit(address(escrow));
            emit Ruling(address(this), k, 0);
            escrow.rule(k, choices[k]);
            assertEq(uint8(escrow.disputes(address(this), k)), 0);
        }
        escrow.rule(9, 101);
        assertEq(uint8(escrow.disputes(address(this), 9)), 101);
    }

    function test_EachArbitrator_HasItsOwnNumbers() external {
        court.give(escrow, 1, 101);
        escrow.rule(1, 1);
        assertEq(uint8(escrow.disputes(address(court), 1)), 101);
        assertEq(uint8(escrow.disputes(address(this), 1)), 1);
    }
}
