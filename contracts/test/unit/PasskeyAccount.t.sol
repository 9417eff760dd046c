// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {IPasskeyAccount} from "../../src/interfaces/IPasskeyAccount.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Accounts, IAccount} from "./Accounts.sol";

/// Sends what it was armed with whenever it is called.
contract Doorbell {
    address private target;
    bytes private data;

    function arm(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function ring() external {
        (bool ok, bytes memory reason) = target.call(data);
        if (ok) return;
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }
}

contract PasskeyAccountTest is Accounts {
    using Deal for DealIn;

    bytes32 private constant HASH = keccak256("what somebody asks to be approved");

    IAccount private mine;

    function setUp() public override {
        super.setUp();
        mine = account(list(passkey(PHONE), wallet(WALLET)), 1);
    }

    function _refused(bytes memory signature) private view {
        assertFalse(approves(mine, HASH, signature));
    }

    // Approving ----------------------------------------------------------------------------------------------------

    function test_APasskey_Approves() external view {
        assertTrue(approves(mine, HASH, byPasskey(PHONE, approval(mine, HASH))));
    }

    function test_AWallet_Approves() external view {
        assertTrue(approves(mine, HASH, byWallet(WALLET, approval(mine, HASH))));
    }

    function test_AnotherKey_IsRefused() external view {
        bytes32 digest = approval(mine, HASH);
        _refused(byPasskey(LAPTOP, digest));
        _refused(byWallet(LAPTOP, digest));
        // Under the name of the right one.
        _refused(abi.encode(list(passkey(PHONE)), list(assertion(LAPTOP, digest))));
        _refused(abi.encode(list(wallet(WALLET)), list(sign(LAPTOP, digest))));
    }

    function test_AnotherChallenge_IsRefused() external view {
        _refused(byPasskey(PHONE, HASH));
        _refused(byPasskey(PHONE, approval(mine, keccak256("something else"))));
        _refused(byWallet(WALLET, HASH));
    }

    function test_AnotherCeremony_IsRefused() external view {
        bytes memory made = assertion(PHONE, approval(mine, HASH), "webauthn.create", VERIFIED);
        _refused(abi.encode(list(passkey(PHONE)), list(made)));
    }

    function test_AUserWhoIsNotVerified_IsRefused() external view {
        bytes1[4] memory flags = [bytes1(0x00), 0x01, 0x04, 0x15];
        for (uint256 k; k < flags.length; ++k) {
            bytes memory made = assertion(PHONE, approval(mine, HASH), "webauthn.get", flags[k]);
            _refused(abi.encode(list(passkey(PHONE)), list(made)));
        }
    }

    function test_WhatIsNoSignature_IsRefused() external view {
        _refused("");
        _refused(new bytes(65));
        _refused(abi.encode(new bytes[](0), new bytes[](0)));
        _refused(abi.encode(list(passkey(PHONE)), new bytes[](0)));
        _refused(abi.encode(list(passkey(PHONE)), list("")));
    }

    function test_SignedForAnotherAccountOfTheSameKeys_IsRefused() external {
        IAccount other = IAccount(factory.deploy(list(passkey(PHONE), wallet(WALLET)), 1, bytes32(uint256(1))));
        bytes memory signature = byPasskey(PHONE, approval(other, HASH));
        assertTrue(approves(other, HASH, signature));
        _refused(signature);
    }

    function test_SignedForAnotherChain_IsRefused() external {
        bytes memory signature = byPasskey(PHONE, approval(mine, HASH));
        vm.chainId(1);
        _refused(signature);
    }

    function test_AnAccountAsSigner_ApprovesForAnother() external {
        IAccount house = account(list(abi.encodePacked(address(mine))), 1);
        bytes memory inner = byPasskey(PHONE, approval(mine, approval(house, HASH)));
        assertTrue(approves(house, HASH, abi.encode(list(abi.encodePacked(address(mine))), list(inner))));
    }

    // As a party ---------------------------------------------------------------------------------------------------

    function _deal() private view returns (DealIn memory d) {
        d = deal();
        d.parties.client = address(mine);
    }

    function _openBoth(DealIn memory d) private returns (bytes32 id) {
        token.mint(address(mine), 100_000e6);
        executeAs(mine, only(address(token), abi.encodeCall(token.approve, (address(escrow), 100_000e6))));
        id = idOf(d);
        bytes memory clients = byPasskey(PHONE, approval(mine, id));
        bytes memory providers = sign(PROVIDER_KEY, id);
        vm.prank(relayer);
        escrow.open(d.pack(ALL), 0, clients, providers);
    }

    function test_AsAParty_ItOpensFundsAndAccepts() external {
        DealIn memory d = _deal();
        bytes32 id = _openBoth(d);
        assertEq(balance(address(escrow)), 100_000e6);
        assertEq(balance(address(mine)), 0);
        atDay(20);
        deliver(d, 0, 0);
        bytes memory fields = abi.encode(
            typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"),
            id,
            1,
            0,
            keccak256("deliverable")
        );
        uint40 until = uint40(block.timestamp + 1 days);
        bytes32 tip =
            keccak256(abi.encode(keccak256("Tip(address token,uint128 cap,uint40 deadline)"), address(0), 0, 0));
        bytes32 structHash = keccak256(bytes.concat(fields, abi.encode(until, tip)));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", escrow.domain(), structHash));
        bytes memory auth_ = abi.encodePacked(
            uint128(0), uint128(0), address(0), uint40(0), until, byPasskey(PHONE, approval(mine, digest))
        );
        uint256 before = balance(provider);
        vm.prank(relayer);
        escrow.accept(d.pack(PWA), 1, 0, keccak256("deliverable"), auth_);
        assertEq(balance(provider) - before, 19_800e6);
    }

    function test_AsAParty_ItActsByItselfThroughExecute() external {
        DealIn memory d = deal();
        d.parties.provider = address(mine);
        bytes32 id = idOf(d);
        bytes memory signature = byPasskey(PHONE, approval(mine, id));
        vm.prank(client);
        escrow.open(d.pack(ALL), 0, "", signature);
        executeAs(mine, only(address(escrow), abi.encodeCall(IEscrow.namePayee, (d.pack(1), stranger, 0, ""))));
        assertEq(escrow.payees(id), stranger);
    }

    function test_AsAParty_ItIsBoundByNoOtherKey() external {
        DealIn memory d = _deal();
        bytes32 id = idOf(d);
        bytes memory clients = byPasskey(LAPTOP, approval(mine, id));
        bytes memory providers = sign(PROVIDER_KEY, id);
        vm.expectRevert(abi.encodeWithSelector(Errors.NotAuthorised.selector, address(mine)));
        escrow.open(d.pack(ALL), 0, clients, providers);
    }

    // Executing ----------------------------------------------------------------------------------------------------

    function test_Execute_MakesEveryCallInOrder() external {
        vm.deal(address(mine), 3);
        IPasskeyAccount.Call[] memory calls = new IPasskeyAccount.Call[](3);
        calls[0] = IPasskeyAccount.Call(address(token), 0, abi.encodeCall(token.mint, (address(mine), 7)));
        calls[1] = IPasskeyAccount.Call(address(token), 0, abi.encodeCall(token.transfer, (stranger, 7)));
        calls[2] = IPasskeyAccount.Call(stranger, 3, "");
        executeAs(mine, calls);
        assertEq(balance(stranger), 7);
        assertEq(stranger.balance, 3);
        assertEq(mine.nextNonce(), 1);
    }

    function test_Execute_NeedsASignatureOfExactlyThis() external {
        IPasskeyAccount.Call[] memory calls = only(address(token), abi.encodeCall(token.mint, (stranger, 7)));
        bytes32 digest = execution(mine, calls, 0, LATER);
        // An approval of the same words is none: what is shown differs.
        bytes memory signature = byPasskey(PHONE, approval(mine, digest));
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.NotSigned.selector, digest));
        mine.execute(calls, 0, LATER, signature);
        signature = byPasskey(PHONE, digest);
        IPasskeyAccount.Call[] memory others = only(address(token), abi.encodeCall(token.mint, (stranger, 8)));
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.NotSigned.selector, execution(mine, others, 0, LATER)));
        mine.execute(others, 0, LATER, signature);
        vm.expectRevert(
            abi.encodeWithSelector(IPasskeyAccount.NotSigned.selector, execution(mine, calls, 0, LATER - 1))
        );
        mine.execute(calls, 0, LATER - 1, signature);
        mine.execute(calls, 0, LATER, signature);
    }

    function test_Execute_CountsUntilValidUntil() external {
        IPasskeyAccount.Call[] memory calls = only(address(token), abi.encodeCall(token.mint, (stranger, 7)));
        uint40 until = uint40(block.timestamp + 60);
        bytes memory signature = byPasskey(PHONE, execution(mine, calls, 0, until));
        vm.warp(until + 1);
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.SignatureExpired.selector, until));
        mine.execute(calls, 0, until, signature);
        vm.warp(until);
        mine.execute(calls, 0, until, signature);
    }

    function test_Execute_NeverTwice() external {
        IPasskeyAccount.Call[] memory calls = only(address(token), abi.encodeCall(token.mint, (stranger, 7)));
        bytes memory signature = byPasskey(PHONE, execution(mine, calls, 0, LATER));
        bytes memory early = byPasskey(PHONE, execution(mine, calls, 1, LATER));
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.WrongNonce.selector, 1, 0));
        mine.execute(calls, 1, LATER, early);
        mine.execute(calls, 0, LATER, signature);
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.WrongNonce.selector, 0, 1));
        mine.execute(calls, 0, LATER, signature);
        mine.execute(calls, 1, LATER, early);
        assertEq(balance(stranger), 14);
    }

    function test_ExecuteForAnotherAccountOfTheSameKeys_IsRefused() external {
        IAccount other = IAccount(factory.deploy(list(passkey(PHONE), wallet(WALLET)), 1, bytes32(uint256(1))));
        IPasskeyAccount.Call[] memory calls = only(address(token), abi.encodeCall(token.mint, (stranger, 7)));
        bytes memory signature = byPasskey(PHONE, execution(other, calls, 0, LATER));
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.NotSigned.selector, execution(mine, calls, 0, LATER)));
        mine.execute(calls, 0, LATER, signature);
    }

    function test_Execute_DoesAllOrNothing() external {
        IPasskeyAccount.Call[] memory calls = new IPasskeyAccount.Call[](2);
        calls[0] = IPasskeyAccount.Call(address(token), 0, abi.encodeCall(token.mint, (stranger, 7)));
        calls[1] = IPasskeyAccount.Call(address(token), 0, abi.encodeCall(token.transfer, (stranger, 7)));
        bytes memory signature = byPasskey(PHONE, execution(mine, calls, 0, LATER));
        bytes memory reason =
            abi.encodeWithSignature("ERC20InsufficientBalance(address,uint256,uint256)", address(mine), 0, 7);
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.CallFailed.selector, 1, address(token), reason));
        mine.execute(calls, 0, LATER, signature);
        assertEq(balance(stranger), 0);
        // What failed may be tried again.
        token.mint(address(mine), 7);
        mine.execute(calls, 0, LATER, signature);
        assertEq(balance(stranger), 14);
    }

    function test_ExecuteOfACallIntoTheVoid_IsRefused() external {
        IPasskeyAccount.Call[] memory calls = only(stranger, abi.encodeCall(token.mint, (stranger, 7)));
        bytes memory signature = byPasskey(PHONE, execution(mine, calls, 0, LATER));
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.NoCode.selector, 0, stranger));
        mine.execute(calls, 0, LATER, signature);
    }

    function test_ExecuteInsideOfAnother_IsRefused() external {
        Doorbell bell = new Doorbell();
        IPasskeyAccount.Call[] memory inner = only(address(token), abi.encodeCall(token.mint, (stranger, 7)));
        bytes memory signature = byPasskey(PHONE, execution(mine, inner, 1, LATER));
        bell.arm(address(mine), abi.encodeCall(IPasskeyAccount.execute, (inner, 1, LATER, signature)));
        IPasskeyAccount.Call[] memory calls = only(address(bell), abi.encodeCall(Doorbell.ring, ()));
        bytes memory outer = byPasskey(PHONE, execution(mine, calls, 0, LATER));
        bytes memory reason = abi.encodeWithSignature("ReentrancyGuardReentrantCall()");
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.CallFailed.selector, 0, address(bell), reason));
        mine.execute(calls, 0, LATER, outer);
    }

    // Signers ------------------------------------------------------------------------------------------------------

    function test_ASpareKey_RecoversTheAccount() external {
        // The phone is lost: the wallet lets the laptop in and the phone out.
        IPasskeyAccount.Call[] memory calls = new IPasskeyAccount.Call[](2);
        calls[0] =
            IPasskeyAccount.Call(address(mine), 0, abi.encodeCall(IPasskeyAccount.addSigners, (list(passkey(LAPTOP)))));
        calls[1] = IPasskeyAccount.Call(
            address(mine), 0, abi.encodeCall(IPasskeyAccount.removeSigners, (list(passkey(PHONE))))
        );
        mine.execute(calls, 0, LATER, byWallet(WALLET, execution(mine, calls, 0, LATER)));
        assertTrue(approves(mine, HASH, byPasskey(LAPTOP, approval(mine, HASH))));
        _refused(byPasskey(PHONE, approval(mine, HASH)));
    }

    function test_ARemovedSigner_SignsNothingAnyMore() external {
        IPasskeyAccount.Call[] memory calls = only(address(token), abi.encodeCall(token.mint, (stranger, 7)));
        bytes memory approved = byWallet(WALLET, approval(mine, HASH));
        bytes memory signed = byWallet(WALLET, execution(mine, calls, 1, LATER));
        executeAs(mine, only(address(mine), abi.encodeCall(IPasskeyAccount.removeSigners, (list(wallet(WALLET))))));
        _refused(approved);
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.NotSigned.selector, execution(mine, calls, 1, LATER)));
        mine.execute(calls, 1, LATER, signed);
    }

    function test_TheLastSigner_CannotBeRemoved() external {
        IPasskeyAccount.Call[] memory calls =
            only(address(mine), abi.encodeCall(IPasskeyAccount.removeSigners, (list(passkey(PHONE), wallet(WALLET)))));
        bytes memory signature = byPasskey(PHONE, execution(mine, calls, 0, LATER));
        bytes memory reason =
            abi.encodeWithSignature("MultiSignerERC7913UnreachableThreshold(uint64,uint64)", uint64(0), uint64(1));
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.CallFailed.selector, 0, address(mine), reason));
        mine.execute(calls, 0, LATER, signature);
    }

    function test_Signers_ChangeByTheAccountItselfOnly() external {
        bytes[] memory phone = list(passkey(PHONE));
        bytes[] memory laptop = list(passkey(LAPTOP));
        bytes memory refused = abi.encodeWithSelector(IPasskeyAccount.NotItself.selector, vm.addr(WALLET));
        vm.startPrank(vm.addr(WALLET));
        vm.expectRevert(refused);
        mine.addSigners(laptop);
        vm.expectRevert(refused);
        mine.removeSigners(phone);
        vm.expectRevert(refused);
        mine.setThreshold(2);
        vm.expectRevert(IPasskeyAccount.AlreadyInitialised.selector);
        mine.initialize(list(wallet(WALLET)), 1);
        vm.stopPrank();
    }

    function test_ASignerThatCouldNotSign_IsRefused() external {
        (uint256 x, uint256 y) = vm.publicKeyP256(LAPTOP);
        bytes[7] memory bad = [
            bytes(""),
            new bytes(19),
            abi.encodePacked(address(0)),
            abi.encodePacked(address(mine)),
            abi.encodePacked(factory.VERIFIER(), x, x),
            // The identity precompile would approve everything.
            abi.encodePacked(address(4), x, y),
            abi.encodePacked(factory.VERIFIER(), x, y, uint8(0))
        ];
        for (uint256 k; k < bad.length; ++k) {
            IPasskeyAccount.Call[] memory calls =
                only(address(mine), abi.encodeCall(IPasskeyAccount.addSigners, (list(bad[k]))));
            bytes memory signature = byPasskey(PHONE, execution(mine, calls, 0, LATER));
            bytes memory reason = abi.encodeWithSelector(IPasskeyAccount.BadSigner.selector, bad[k]);
            vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.CallFailed.selector, 0, address(mine), reason));
            mine.execute(calls, 0, LATER, signature);
        }
    }

    // Two of its signers -------------------------------------------------------------------------------------------

    function _both(IAccount who, uint256 one_, uint256 two, bytes32 hash) private view returns (bytes memory) {
        bytes32 digest = approval(who, hash);
        return abi.encode(list(passkey(one_), passkey(two)), list(assertion(one_, digest), assertion(two, digest)));
    }

    function test_AnOrganisation_NeedsTwoOfItsSigners() external {
        IAccount firm = account(list(passkey(PHONE), passkey(LAPTOP), wallet(WALLET)), 2);
        bytes32 digest = approval(firm, HASH);
        assertFalse(approves(firm, HASH, byPasskey(PHONE, digest)));
        // In either order.
        assertTrue(approves(firm, HASH, _both(firm, PHONE, LAPTOP, HASH)));
        assertTrue(approves(firm, HASH, _both(firm, LAPTOP, PHONE, HASH)));
        bytes[] memory signers = list(wallet(WALLET), passkey(PHONE));
        bytes[] memory signatures = list(sign(WALLET, digest), assertion(PHONE, digest));
        assertTrue(approves(firm, HASH, abi.encode(signers, signatures)));
        // One who signed something else spoils it.
        signatures[0] = sign(WALLET, HASH);
        assertFalse(approves(firm, HASH, abi.encode(signers, signatures)));
    }

    function test_AnOrganisation_DoesNotCountASignerTwice() external {
        IAccount firm = account(list(passkey(PHONE), passkey(LAPTOP)), 2);
        assertFalse(approves(firm, HASH, _both(firm, PHONE, PHONE, HASH)));
    }

    function test_AnOrganisation_ExecutesByTwoAndKeepsTwo() external {
        IAccount firm = account(list(passkey(PHONE), passkey(LAPTOP)), 2);
        IPasskeyAccount.Call[] memory calls =
            only(address(firm), abi.encodeCall(IPasskeyAccount.removeSigners, (list(passkey(PHONE)))));
        bytes32 digest = execution(firm, calls, 0, LATER);
        bytes[] memory signatures = list(assertion(PHONE, digest), assertion(LAPTOP, digest));
        bytes memory signature = abi.encode(list(passkey(PHONE), passkey(LAPTOP)), signatures);
        bytes memory reason =
            abi.encodeWithSignature("MultiSignerERC7913UnreachableThreshold(uint64,uint64)", uint64(1), uint64(2));
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.CallFailed.selector, 0, address(firm), reason));
        firm.execute(calls, 0, LATER, signature);
        bytes memory alone = byPasskey(PHONE, digest);
        vm.expectRevert(abi.encodeWithSelector(IPasskeyAccount.NotSigned.selector, digest));
        firm.execute(calls, 0, LATER, alone);
    }

    function test_APerson_BecomesAnOrganisation() external {
        IPasskeyAccount.Call[] memory calls = new IPasskeyAccount.Call[](2);
        calls[0] =
            IPasskeyAccount.Call(address(mine), 0, abi.encodeCall(IPasskeyAccount.addSigners, (list(passkey(LAPTOP)))));
        calls[1] = IPasskeyAccount.Call(address(mine), 0, abi.encodeCall(IPasskeyAccount.setThreshold, (2)));
        executeAs(mine, calls);
        _refused(byPasskey(PHONE, approval(mine, HASH)));
        assertTrue(approves(mine, HASH, _both(mine, PHONE, LAPTOP, HASH)));
        assertEq(mine.threshold(), 2);
    }
}
