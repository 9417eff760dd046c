// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccountFactory, IPasskeyAccount} from "../../src/interfaces/IPasskeyAccount.sol";
import {Accounts, IAccount} from "./Accounts.sol";

contract AccountFactoryTest is Accounts {
    function test_TheAddress_IsKnownBefore() external {
        bytes[] memory signers = list(passkey(PHONE), wallet(WALLET));
        address expected = factory.addressOf(signers, 1, "salt");
        assertEq(expected.code.length, 0);
        vm.expectEmit(address(factory));
        emit IAccountFactory.Created(expected, signers, 1, "salt");
        assertEq(factory.deploy(signers, 1, "salt"), expected);
        IAccount made = IAccount(expected);
        assertEq(made.getSignerCount(), 2);
        assertTrue(made.isSigner(passkey(PHONE)));
        assertTrue(made.isSigner(wallet(WALLET)));
        assertEq(made.threshold(), 1);
        assertEq(made.VERIFIER(), factory.VERIFIER());
    }

    function test_TheAddress_FollowsFromEveryArgument() external view {
        bytes[] memory signers = list(passkey(PHONE), wallet(WALLET));
        address[4] memory others = [
            factory.addressOf(list(passkey(LAPTOP), wallet(WALLET)), 1, 0),
            factory.addressOf(list(wallet(WALLET), passkey(PHONE)), 1, 0),
            factory.addressOf(signers, 2, 0),
            factory.addressOf(signers, 1, bytes32(uint256(1)))
        ];
        for (uint256 k; k < others.length; ++k) {
            assertNotEq(factory.addressOf(signers, 1, 0), others[k]);
        }
    }

    function test_TheFactorysParts_FollowFromItsOwnAddress() external view {
        assertEq(factory.VERIFIER(), vm.computeCreateAddress(address(factory), 1));
        assertEq(factory.IMPLEMENTATION(), vm.computeCreateAddress(address(factory), 2));
    }

    function test_Again_ChangesNothing() external {
        bytes[] memory signers = list(passkey(PHONE), wallet(WALLET));
        IAccount made = account(signers, 1);
        executeAs(made, only(address(made), abi.encodeCall(IPasskeyAccount.removeSigners, (list(wallet(WALLET))))));
        vm.prank(stranger);
        assertEq(factory.deploy(signers, 1, 0), address(made));
        assertEq(made.getSignerCount(), 1);
        assertEq(made.nextNonce(), 1);
    }

    function test_SomebodyElse_DeploysTheSame() external {
        bytes[] memory signers = list(passkey(PHONE));
        address expected = factory.addressOf(signers, 1, 0);
        vm.startPrank(stranger);
        assertEq(factory.deploy(signers, 1, 0), expected);
        vm.expectRevert(IPasskeyAccount.AlreadyInitialised.selector);
        IAccount(expected).initialize(list(wallet(STRANGER_KEY)), 1);
        vm.stopPrank();
        assertTrue(IAccount(expected).isSigner(passkey(PHONE)));
    }

    function test_SignersThatCouldNotSign_AreRefused() external {
        bytes memory phone = passkey(PHONE);
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.BadSigner.selector, abi.encodePacked(address(0))));
        factory.deploy(list(abi.encodePacked(address(0))), 1, 0);
        vm.expectRevert(abi.encodeWithSignature("MultiSignerERC7913ZeroThreshold()"));
        factory.deploy(list(phone), 0, 0);
        vm.expectRevert(abi.encodeWithSignature("MultiSignerERC7913UnreachableThreshold(uint64,uint64)", 1, 2));
        factory.deploy(list(phone), 2, 0);
        vm.expectRevert(abi.encodeWithSignature("MultiSignerERC7913AlreadyExists(bytes)", phone));
        factory.deploy(list(phone, phone), 1, 0);
    }

    function test_TheCodeThatAccountsShare_IsNobodys() external {
        IAccount code = IAccount(factory.IMPLEMENTATION());
        vm.expectRevert(IPasskeyAccount.AlreadyInitialised.selector);
        code.initialize(list(wallet(STRANGER_KEY)), 1);
        bytes[] memory nobody = list(abi.encodePacked(address(0)));
        assertFalse(approves(code, 0, abi.encode(nobody, list(new bytes(65)))));
        assertFalse(approves(code, 0, abi.encode(nobody, list(sign(STRANGER_KEY, approval(code, 0))))));
    }
}
