// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ListedToken} from "../../src/ListedToken.sol";
import {Test} from "../Test.sol";

contract ListedTokenTest is Test {
    address private constant LISTED = address(0x1157ed);
    address private constant OTHER = address(0x07e4);
    address private constant STRANGER = address(0x57a);

    ListedToken private token;

    function setUp() external {
        token = ListedToken(vm.deployCode("contracts/artifacts/ListedToken.json", abi.encode(uint8(6))));
        token.mint(LISTED, 100);
        token.mint(OTHER, 100);
        vm.prank(LISTED);
        token.approve(STRANGER, type(uint256).max);
        vm.prank(OTHER);
        token.approve(STRANGER, type(uint256).max);
    }

    function _refuse(address account, bool refused) private {
        vm.prank(STRANGER);
        token.refuse(account, refused);
    }

    function _expectRefused(address account) private {
        vm.expectRevert(abi.encodeWithSelector(ListedToken.PaymentRefused.selector, account));
    }

    function test_AtFirst_NobodyIsRefused() external view {
        assertFalse(token.isRefused(LISTED));
        assertFalse(token.isRefused(OTHER));
        assertEq(token.decimals(), 6);
    }

    function test_Anyone_WritesTheList() external {
        vm.expectEmit(address(token));
        emit ListedToken.Listed(LISTED, true);
        _refuse(LISTED, true);
        assertTrue(token.isRefused(LISTED));
        assertFalse(token.isRefused(OTHER));
        vm.expectEmit(address(token));
        emit ListedToken.Listed(LISTED, false);
        _refuse(LISTED, false);
        assertFalse(token.isRefused(LISTED));
    }

    function test_WhenListed_PaymentsToIt_AreRefused() external {
        _refuse(LISTED, true);
        _expectRefused(LISTED);
        vm.prank(OTHER);
        token.transfer(LISTED, 1);
        _expectRefused(LISTED);
        vm.prank(STRANGER);
        token.transferFrom(OTHER, LISTED, 1);
        _expectRefused(LISTED);
        token.mint(LISTED, 1);
        assertEq(token.balanceOf(LISTED), 100);
        assertEq(token.balanceOf(OTHER), 100);
        assertEq(token.totalSupply(), 200);
    }

    function test_WhenListed_ItsOwnPayments_AreMade() external {
        _refuse(LISTED, true);
        vm.prank(LISTED);
        token.transfer(OTHER, 1);
        vm.prank(STRANGER);
        token.transferFrom(LISTED, OTHER, 2);
        assertEq(token.balanceOf(LISTED), 97);
        assertEq(token.balanceOf(OTHER), 103);
    }

    function test_WhenListed_Others_ArePaid() external {
        _refuse(LISTED, true);
        vm.prank(OTHER);
        token.transfer(STRANGER, 1);
        vm.prank(STRANGER);
        token.transferFrom(OTHER, STRANGER, 2);
        token.mint(STRANGER, 3);
        assertEq(token.balanceOf(STRANGER), 6);
    }

    function test_WhenUnlisted_ItIsPaidAgain() external {
        _refuse(LISTED, true);
        _refuse(LISTED, false);
        vm.prank(OTHER);
        token.transfer(LISTED, 1);
        assertEq(token.balanceOf(LISTED), 101);
    }
}
