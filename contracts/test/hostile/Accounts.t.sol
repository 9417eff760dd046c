// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn} from "../Deal.sol";
import {BlacklistToken} from "../tokens/BlacklistToken.sol";
import {Source} from "./Source.sol";
import {Wallet} from "./Wallet.sol";

/// @notice Hostile outcome sources, payees and contract accounts (rules 1, 13, 17).
contract HostileAccountsTest is Base {
    using Deal for DealIn;

    bytes32 private constant X = keccak256("deliverable");
    Wallet private wallet;

    // Sources ------------------------------------------------------------------------------------------------------

    function _sourced() private returns (DealIn memory d, Source source) {
        source = new Source();
        d = classic();
        d.outcome.source = address(source);
        d.outcome.defaultValue = 50_000;
        open(d);
        accept(d, 1, 0);
        atDay(61);
    }

    function _report(DealIn memory d, uint256 value) private returns (bool ok, bytes memory answer_) {
        bytes memory packed = d.pack(10);
        vm.prank(stranger);
        (ok, answer_) = address(escrow).call{gas: 3_000_000}(abi.encodeCall(escrow.report, (packed, value, "")));
    }

    /// No answer of the source stops the outcome: with none, the default in the terms pays.
    function test_Source_NeverBlocks() external {
        for (uint256 mood = 1; mood < 8; ++mood) {
            if (mood == uint256(Source.Mood.Bomb)) continue;
            uint256 snapshot = vm.snapshotState();
            (DealIn memory d, Source source) = _sourced();
            source.be(Source.Mood(mood));
            (bool ok,) = _report(d, 60_000);
            assertFalse(ok, vm.toString(mood));
            assertEq(codeOf(d, 1), 2);
            atDay(90);
            claim(d, 1);
            assertEq(balance(address(escrow)), 0);
            assertEq(balance(provider), 10_000e6 + 99_000e6);
            vm.revertToState(snapshot);
        }
    }

    function test_Source_LongAnswer() external {
        (DealIn memory d, Source source) = _sourced();
        source.be(Source.Mood.Bomb);
        (bool ok,) = _report(d, 60_000);
        assertTrue(ok, "what it adds costs the sender's gas and nothing else");
        assertEq(codeOf(d, 1), 5);
    }

    /// It cannot change anything while it is asked: it is asked by a static call, and the guard is shut.
    function test_Source_Reenters() external {
        (DealIn memory d, Source source) = _sourced();
        source.arm(address(escrow), abi.encodeCall(IEscrow.claim, (d.pack(ALL), 1, 0)));
        (bool ok,) = _report(d, 60_000);
        assertTrue(ok, "attested because the claim within failed");
        source.arm(address(escrow), abi.encodeCall(IEscrow.rule, (1, 1)));
        assertEq(escrow.disputes(address(source), 1), 0);
    }

    /// True for everything: the first value stands, either party contests it, and it is ruled.
    function test_Source_TrueForEverything() external {
        (DealIn memory d,) = _sourced();
        (bool ok, bytes memory answer_) = _report(d, uint256(type(uint128).max) + 1);
        assertEq(answer_, abi.encodeWithSelector(Errors.BadReport.selector));
        (ok,) = _report(d, type(uint128).max);
        assertTrue(ok);
        (ok, answer_) = _report(d, 0);
        assertEq(answer_, abi.encodeWithSelector(Errors.WrongStage.selector, 1, 5));
        contest(d, 1, 0, true);
        decide(d, 1, 1);
        assertEq(balance(provider), 10_000e6 + 69_300e6);
        assertEq(balance(address(escrow)), 0);
    }

    // Payees -------------------------------------------------------------------------------------------------------

    function _namePayee(DealIn memory d, address payee) private {
        vm.prank(provider);
        escrow.namePayee(d.pack(PARTIES), payee, 0, "");
    }

    /// Each payout goes to whoever is named then; deposits go to the provider.
    function test_Payee_ChangedBetweenPayouts() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        open(d);
        uint256 before = balance(provider);
        _namePayee(d, address(0xa1));
        accept(d, 1, 0);
        _namePayee(d, address(0xa2));
        atDay(41);
        contest(d, 1, 0, false);
        accept(d, 2, 0);
        assertEq(balance(address(0xa1)), 19_800e6);
        assertEq(balance(address(0xa2)), 29_700e6);
        assertEq(balance(provider), before, "its deposit came back to it");
        _namePayee(d, address(0));
        accept(d, 4, 0);
        assertEq(balance(provider), before + 49_500e6);
        assertEq(balance(address(escrow)), 0);
    }

    /// A payee that the token refuses: the provider's credit, never the payee's.
    function test_Payee_Refused() external {
        BlacklistToken odd = new BlacklistToken(6);
        token = odd;
        fundAccount(client, 100_000e6);
        DealIn memory d = deal();
        open(d);
        odd.setBlacklisted(address(0xa1), true);
        _namePayee(d, address(0xa1));
        accept(d, 7, 0);
        assertEq(escrow.credits(address(odd), provider), 99_000e6);
        assertEq(escrow.credits(address(odd), address(0xa1)), 0);
        escrow.push(address(odd), provider);
        assertEq(balance(provider), 99_000e6);
        assertEq(balance(address(escrow)), 0);
    }

    function test_Payee_NotTheEscrow() external {
        DealIn memory d = deal();
        open(d);
        bytes memory packed = d.pack(PARTIES);
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(Errors.BadReceiver.selector, address(escrow)));
        escrow.namePayee(packed, address(escrow), 0, "");
    }

    /// A payee that is a contract is not called: the token alone moves the money.
    function test_Payee_ContractIsNotCalled() external {
        DealIn memory d = deal();
        open(d);
        Exploder payee = new Exploder();
        _namePayee(d, address(payee));
        accept(d, 7, 0);
        assertEq(balance(address(payee)), 99_000e6);
    }

    /// The signed tip comes from the payout before the payee gets the rest.
    function test_Payee_PaysTheTip() external {
        DealIn memory d = deal();
        open(d);
        _namePayee(d, address(0xa1));
        atDay(11);
        bytes memory signed = auth(
            CLIENT_KEY,
            abi.encode(
                typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"), idOf(d), 1, 0, X
            ),
            uint40(block.timestamp),
            address(token),
            9e6,
            9e6,
            uint40(block.timestamp)
        );
        uint256 before = balance(client);
        vm.prank(relayer);
        escrow.accept(d.pack(PWA), 1, 0, X, signed);
        assertEq(balance(relayer), 9e6);
        assertEq(balance(client), before - 9e6, "the signer pays, and the signer is the client");
        assertEq(balance(address(0xa1)), 19_800e6);
    }

    // Contract accounts --------------------------------------------------------------------------------------------

    function _walletDeal() private returns (DealIn memory d, bytes32 id) {
        wallet = new Wallet(token, address(escrow));
        token.mint(address(wallet), 1_000_000e6);
        d = deal();
        d.parties.client = address(wallet);
        id = idOf(d);
    }

    function _openWallet(DealIn memory d, bytes32 id) private {
        bytes memory two = sign(PROVIDER_KEY, id);
        escrow.open(d.pack(ALL), 0, hex"00", two);
    }

    function test_Wallet_OpeningAnswers() external {
        (DealIn memory d, bytes32 id) = _walletDeal();
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory packed = d.pack(ALL);
        for (uint256 mood; mood < 8; ++mood) {
            if (mood == uint256(Wallet.Mood.Reenters)) continue;
            uint256 snapshot = vm.snapshotState();
            wallet.be(Wallet.Mood(mood));
            (bool ok,) = address(escrow).call{gas: 5_000_000}(abi.encodeCall(escrow.open, (packed, 0, hex"00", two)));
            bool yes = mood == uint256(Wallet.Mood.Yes) || mood == uint256(Wallet.Mood.Bomb);
            assertEq(ok, yes, vm.toString(mood));
            assertEq(balance(address(escrow)), yes ? 100_000e6 : 0);
            vm.revertToState(snapshot);
        }
    }

    /// A signature is judged in the transaction that consumes it: what the account said before counts for nothing.
    function test_Wallet_ChangesItsMind() external {
        (DealIn memory d, bytes32 id) = _walletDeal();
        _openWallet(d, id);
        bytes memory packed = d.pack(PWA);
        bytes memory signed = _empty();
        wallet.be(Wallet.Mood.No);
        vm.expectRevert(abi.encodeWithSelector(Errors.NotAuthorised.selector, address(wallet)));
        escrow.accept(packed, 1, 0, X, signed);
        wallet.be(Wallet.Mood.Yes);
        escrow.accept(packed, 1, 0, X, signed);
        assertEq(codeOf(d, 0), 12);
        wallet.be(Wallet.Mood.BurnsGas);
        (bool ok,) = address(escrow).call{gas: 2_000_000}(abi.encodeCall(escrow.accept, (packed, 2, 0, X, signed)));
        assertFalse(ok);
        // Whatever it answers now, time pays.
        atDay(41);
        deliver(d, 1, 0);
        atDay(52);
        claim(d, 1);
        assertEq(codeOf(d, 1), 12);
        atDay(108);
        claim(d, 2);
        assertEq(balance(address(escrow)), 0);
    }

    /// While it is asked it can neither reenter nor change anything.
    function test_Wallet_ReentersAccept() external {
        _reenters(abi.encodeCall(IEscrow.accept, (_walletTerms(), 2, 0, X, "")));
    }

    function test_Wallet_ReentersClaim() external {
        _reenters(abi.encodeCall(IEscrow.claim, (_walletTerms(), 0, 0)));
    }

    function test_Wallet_ReentersRule() external {
        _reenters(abi.encodeCall(IEscrow.rule, (1, 1)));
        assertEq(escrow.disputes(address(wallet), 1), 0);
    }

    function test_Wallet_ReentersPush() external {
        _reenters(abi.encodeCall(IEscrow.push, (address(token), provider)));
    }

    function _walletTerms() private returns (bytes memory) {
        (DealIn memory d,) = _walletDeal();
        return d.pack(PWA);
    }

    function _reenters(bytes memory call_) private {
        if (address(wallet) == address(0)) _walletDeal();
        DealIn memory d = deal();
        d.parties.client = address(wallet);
        _openWallet(d, idOf(d));
        wallet.arm(address(escrow), call_);
        escrow.accept(d.pack(PWA), 1, 0, X, _empty());
        assertEq(codeOf(d, 0), 12, "signed, because the call within failed");
        assertEq(codeOf(d, 1), 4);
    }

    /// @return No tip, a hundred days, and a signature that only the account can judge.
    function _empty() private view returns (bytes memory) {
        return
            abi.encodePacked(uint128(0), uint128(0), address(0), uint40(0), uint40(block.timestamp + 100 days), hex"00");
    }

    /// Its key is no key: an account with code signs by its code even if the bytes look like another's signature.
    function test_Wallet_NotByAnotherKey() external {
        (DealIn memory d, bytes32 id) = _walletDeal();
        wallet.be(Wallet.Mood.No);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory packed = d.pack(ALL);
        vm.expectRevert(abi.encodeWithSelector(Errors.NotAuthorised.selector, address(wallet)));
        escrow.open(packed, 0, one, two);
    }
}

contract Exploder {
    fallback() external payable {
        revert("never called");
    }
}
