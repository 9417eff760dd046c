// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Deployed} from "../Deployed.sol";
import {Errors} from "../../src/Errors.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn, TrancheIn} from "../Deal.sol";
import {BlacklistToken} from "../tokens/BlacklistToken.sol";
import {FalseToken} from "../tokens/FalseToken.sol";
import {FeeToken} from "../tokens/FeeToken.sol";
import {PausableToken} from "../tokens/PausableToken.sol";
import {ReentrantToken} from "../tokens/ReentrantToken.sol";
import {SilentToken} from "../tokens/SilentToken.sol";
import {RehearsalToken} from "../../src/RehearsalToken.sol";
import {TurningToken} from "../tokens/TurningToken.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Odd and hostile tokens over a whole agreement each: what opening refuses, what becomes a credit, and that
/// every tranche still ends and every unit is transferred or credited.
contract HostileTokensTest is Base {
    using Deal for DealIn;

    uint256 private constant SUM = 100_000e6;
    uint256 private constant GROSS_FEES = 1000e6;

    function _use(address odd) private returns (DealIn memory d) {
        token = RehearsalToken(odd);
        fundAccount(client, 10 * SUM);
        d = deal();
    }

    function _openSigned(DealIn memory d) private {
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        escrow.open(d.pack(ALL), 0, one, two);
    }

    function _credit(address owner) private view returns (uint256) {
        return escrow.credits(address(token), owner);
    }

    function _push(address owner) private {
        vm.prank(stranger);
        escrow.push(address(token), owner);
    }

    /// First by acceptance, second in part and by silence, third refunded at its deadline: all by the plain verbs.
    function _live(DealIn memory d) private {
        accept(d, 1, 0);
        atDay(41);
        deliver(d, 1, 0);
        acceptPart(d, 1, 0, 2500);
        deliver(d, 1, 1);
        atDay(60);
        claim(d, 1);
        atDay(108);
        claim(d, 2);
    }

    function _assertLived(DealIn memory d) private view {
        assertEq(balance(provider), 50_000e6 - 500e6, "provider");
        assertEq(balance(feeRecipient), 500e6, "fees");
        assertEq(balance(client), 10 * SUM - 50_000e6, "client");
        assertEq(balance(address(escrow)), 0, "escrow");
        assertEq(codeOf(d, 0), 12);
        assertEq(codeOf(d, 1), 13);
        assertEq(codeOf(d, 2), 13);
    }

    // Refused at opening -------------------------------------------------------------------------------------------

    function test_FeeOnTransfer_RefusedAtOpening() external {
        DealIn memory d = _use(address(new FeeToken(10)));
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory packed = d.pack(ALL);
        vm.expectRevert(abi.encodeWithSelector(Errors.InexactTransfer.selector, SUM, SUM - SUM / 1000));
        escrow.open(packed, 0, one, two);
        assertEq(escrow.stages(id), 0);
    }

    function test_ReturnsFalse_RefusedAtOpening() external {
        DealIn memory d = _use(address(new FalseToken(true)));
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory packed = d.pack(ALL);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        escrow.open(packed, 0, one, two);
    }

    function test_Blacklisted_RefusedAtOpening() external {
        BlacklistToken odd = new BlacklistToken(6);
        DealIn memory d = _use(address(odd));
        odd.setBlacklisted(client, true);
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory packed = d.pack(ALL);
        vm.expectRevert(abi.encodeWithSelector(BlacklistToken.Blacklisted.selector, client));
        escrow.open(packed, 0, one, two);
    }

    function test_NoCode_RefusedAtOpening() external {
        DealIn memory d = deal();
        d.work.token = address(0x70ce);
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory packed = d.pack(ALL);
        vm.expectRevert(abi.encodeWithSelector(Errors.TokenWithoutCode.selector, address(0x70ce)));
        escrow.open(packed, 0, one, two);
    }

    // Odd but harmless ---------------------------------------------------------------------------------------------

    function test_ReturnsNothing_Lives() external {
        SilentToken odd = new SilentToken();
        odd.mint(client, 10 * SUM);
        vm.prank(client);
        odd.approve(address(escrow), type(uint256).max);
        token = RehearsalToken(address(odd));
        DealIn memory d = deal();
        _openSigned(d);
        _live(d);
        _assertLived(d);
    }

    function test_Decimals_Live() external {
        uint8[4] memory decimals = [0, 6, 18, 30];
        for (uint256 k; k < 4; ++k) {
            uint256 snapshot = vm.snapshotState();
            DealIn memory d = _use(address(Deployed.token(decimals[k])));
            uint256 unit = 10 ** uint256(decimals[k]);
            uint128[3] memory amounts = [uint128(100 * unit), uint128(101 * unit), uint128(333 * unit)];
            for (uint256 i; i < 3; ++i) {
                d.work.tranches[i].amount = amounts[i];
            }
            fundAccount(client, 534 * unit);
            _openSigned(d);
            _live(d);
            uint256 part = uint256(amounts[1]) * 2500 / 10_000;
            uint256 rest = amounts[1] - part;
            uint256 fees = amounts[0] / 100 + part / 100 + rest / 100;
            assertEq(balance(feeRecipient), fees, "fees");
            assertEq(balance(provider), amounts[0] + amounts[1] - fees, "provider");
            assertEq(balance(address(escrow)), 0, "escrow");
            vm.revertToState(snapshot);
        }
    }

    /// Eight tranches of the largest amount there is.
    function test_LargestAmounts_Live() external {
        DealIn memory d = deal();
        TrancheIn[] memory tranches = new TrancheIn[](8);
        for (uint256 i; i < 8; ++i) {
            tranches[i] = milestone(type(uint128).max, 10, 40);
        }
        tranches[7].cure = 0;
        d.work.tranches = tranches;
        d.work.feeBps = 300;
        d.work.payByResult = true;
        d.outcome.metric = 3;
        d.outcome.lines = true;
        addCurve(d);
        d.outcome.metric = 3;
        d.outcome.source = address(0);
        d.outcome.points[1].value = 5000;
        d.outcome.points[2].value = type(uint128).max;
        d.outcome.points[1].pay = type(uint128).max;
        d.outcome.points[2].pay = 0;
        token.mint(client, 8 * uint256(type(uint128).max));
        uint256 before = balance(client) - 8 * uint256(type(uint128).max);
        uint256 providerBefore = balance(provider);
        uint256 feesBefore = balance(feeRecipient);
        open(d);
        accept(d, 7, 0);
        atDay(12);
        deliver(d, 3, 0);
        acceptPart(d, 3, 0, 3333);
        accept(d, 8, 64);
        atDay(48);
        for (uint256 i = 4; i < 8; ++i) {
            claim(d, i);
        }
        uint256 most = type(uint128).max;
        uint256 share = uint256(4 * 10_000) * 10_000 / 70_000;
        uint256 bonus = most - ((most * (share - 5000) + most - 5000 - 1) / (most - 5000));
        uint256 part = most * 3333 / 10_000;
        uint256 fees = 3 * (most * 3 / 100) + part * 3 / 100 + (most - part) * 3 / 100 + bonus * 3 / 100;
        assertEq(balance(feeRecipient) - feesBefore, fees, "fees");
        assertEq(balance(provider) - providerBefore, 4 * most + bonus - fees, "provider");
        assertEq(balance(client) - before, 4 * most - bonus, "client");
        assertEq(balance(address(escrow)), 0, "escrow");
    }

    // Refusing later: payments become credits ----------------------------------------------------------------------

    function test_Blacklist_ProviderThenRedirect() external {
        BlacklistToken odd = new BlacklistToken(6);
        DealIn memory d = _use(address(odd));
        _openSigned(d);
        odd.setBlacklisted(provider, true);
        _live(d);
        assertEq(_credit(provider), 49_500e6);
        assertEq(balance(address(escrow)), 49_500e6);
        _push(provider);
        assertEq(_credit(provider), 49_500e6, "a push that fails changes nothing");
        vm.prank(provider);
        escrow.redirect(address(token), provider, address(0xcafe), 20_000e6, 0, "");
        assertEq(balance(address(0xcafe)), 20_000e6);
        bytes memory signed = auth(
            PROVIDER_KEY,
            abi.encode(
                typeOf("Redirect(address token,address to,uint256 amount,uint256 nonce,"),
                token,
                address(0xcaff),
                9500e6,
                0
            ),
            uint40(block.timestamp),
            address(token),
            500e6,
            500e6,
            uint40(block.timestamp)
        );
        vm.prank(relayer);
        escrow.redirect(address(token), provider, address(0xcaff), 9500e6, 0, signed);
        assertEq(balance(address(0xcaff)), 9500e6);
        assertEq(balance(relayer), 500e6, "the tip comes from the credit");
        odd.setBlacklisted(provider, false);
        _push(provider);
        assertEq(balance(provider), 19_500e6);
        assertEq(balance(address(escrow)), 0);
    }

    /// To a receiver that the token refuses: the credit stays with its owner.
    function test_Blacklist_RedirectRefused() external {
        BlacklistToken odd = new BlacklistToken(6);
        DealIn memory d = _use(address(odd));
        _openSigned(d);
        odd.setBlacklisted(provider, true);
        odd.setBlacklisted(stranger, true);
        accept(d, 1, 0);
        vm.prank(provider);
        escrow.redirect(address(token), provider, stranger, 5e6, 0, "");
        assertEq(_credit(provider), 19_800e6);
        assertEq(_credit(stranger), 0);
    }

    function test_Blacklist_EveryoneAndTheEscrow() external {
        BlacklistToken odd = new BlacklistToken(6);
        DealIn memory d = _use(address(odd));
        _openSigned(d);
        odd.setBlacklisted(address(escrow), true);
        _live(d);
        assertEq(_credit(provider) + _credit(client) + _credit(feeRecipient), SUM);
        assertEq(balance(address(escrow)), SUM);
        odd.setBlacklisted(address(escrow), false);
        _push(provider);
        _push(client);
        _push(feeRecipient);
        _assertLived(d);
    }

    /// The relayer is refused by the token: its tip is its own credit, and nobody else's money waits for it.
    function test_Blacklist_Relayer() external {
        BlacklistToken odd = new BlacklistToken(6);
        DealIn memory d = _use(address(odd));
        _openSigned(d);
        odd.setBlacklisted(relayer, true);
        deliver(d, 0, 0);
        bytes memory signed = auth(
            PROVIDER_KEY,
            abi.encode(
                typeOf("Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons,"),
                idOf(d),
                1,
                0,
                bytes32(0)
            ),
            uint40(block.timestamp + 60 days),
            address(token),
            7e6,
            7e6,
            uint40(block.timestamp + 60 days)
        );
        d = deal();
        accept(d, 1, 0);
        atDay(41);
        bytes memory packed = d.pack(PWA);
        odd.mint(provider, 7e6);
        vm.prank(provider);
        odd.approve(address(escrow), 7e6);
        vm.prank(relayer);
        (bool ok,) = address(escrow).call(abi.encodeCall(escrow.contest, (packed, 1, 0, false, bytes32(0), signed)));
        assertFalse(ok, "collecting from an account to a refused one cannot be a credit: the act waits");
        assertEq(codeOf(d, 1), 4);
        vm.prank(stranger);
        escrow.contest(packed, 1, 0, false, bytes32(0), signed);
        assertEq(codeOf(d, 1), 10, "any other relayer can send it");
    }

    function test_Paused_WholeLife() external {
        PausableToken odd = new PausableToken();
        DealIn memory d = _use(address(odd));
        _openSigned(d);
        odd.setPaused(true);
        _live(d);
        assertEq(_credit(provider), 49_500e6);
        assertEq(_credit(client), 50_000e6);
        assertEq(_credit(feeRecipient), 500e6);
        odd.setPaused(false);
        _push(client);
        _push(feeRecipient);
        _push(provider);
        _assertLived(d);
        vm.expectRevert(abi.encodeWithSelector(Errors.CreditTooLow.selector, 0, 0));
        escrow.push(address(token), provider);
    }

    function test_ReturnsFalseLater_WholeLife() external {
        FalseToken odd = new FalseToken(false);
        DealIn memory d = _use(address(odd));
        _openSigned(d);
        odd.setRefusing(true);
        _live(d);
        assertEq(balance(address(escrow)), SUM);
        odd.setRefusing(false);
        _push(client);
        _push(feeRecipient);
        _push(provider);
        _assertLived(d);
    }

    /// Every way in which a token can turn: the agreement ends all the same, and nothing is lost once it turns back.
    function test_TurnsAfterFunding_WholeLife() external {
        for (uint256 mood = 1; mood < 9; ++mood) {
            uint256 snapshot = vm.snapshotState();
            TurningToken odd = new TurningToken();
            DealIn memory d = _use(address(odd));
            _openSigned(d);
            odd.turn(TurningToken.Mood(mood));
            _live(d);
            assertEq(_credit(provider) + _credit(client) + _credit(feeRecipient), SUM, "all credited");
            assertEq(balance(address(escrow)), SUM);
            odd.turn(TurningToken.Mood.Good);
            _push(client);
            _push(feeRecipient);
            _push(provider);
            _assertLived(d);
            vm.revertToState(snapshot);
        }
    }

    /// Out of our power, and yet bounded: each receives less, nobody else's money is touched.
    function test_TurnsFeeTaking_WholeLife() external {
        FeeToken odd = new FeeToken(0);
        DealIn memory d = _use(address(odd));
        DealIn memory other = deal();
        other.work.document = keccak256("another");
        _openSigned(d);
        _openSigned(other);
        odd.setFee(100);
        _live(d);
        assertEq(balance(provider), 49_500e6 * 99 / 100);
        assertEq(balance(address(escrow)), SUM, "what the other agreement holds");
        assertEq(_credit(provider) + _credit(client) + _credit(feeRecipient), 0);
    }

    /// A token that turns while a deposit is due: the pull is refused, the dispute still ends.
    function test_TurnsFeeTaking_DepositsRefused() external {
        FeeToken odd = new FeeToken(0);
        DealIn memory d = withDeposit(_use(address(odd)), 1000e6);
        _openSigned(d);
        deliver(d, 0, 0);
        odd.setFee(100);
        bytes memory packed = d.pack(PWA);
        vm.prank(client);
        vm.expectRevert(abi.encodeWithSelector(Errors.InexactTransfer.selector, 1000e6, 990e6));
        escrow.contest(packed, 0, 0, true, bytes32(0), "");
        atDay(11);
        claim(d, 0);
        assertEq(codeOf(d, 0), 12);
    }

    // Reentrancy ---------------------------------------------------------------------------------------------------

    function _everyVerb(DealIn memory d) private view returns (bytes[] memory calls) {
        bytes memory t = d.pack(ALL);
        bytes32 x = keccak256("deliverable");
        address[] memory payees = new address[](1);
        payees[0] = stranger;
        calls = new bytes[](25);
        calls[0] = abi.encodeCall(IEscrow.open, (t, 0, "", ""));
        calls[1] = abi.encodeCall(IEscrow.revoke, (t, true, ""));
        calls[2] = abi.encodeCall(IEscrow.amend, (t, t, 0, "", ""));
        calls[3] = abi.encodeCall(IEscrow.fund, (t, 1, ""));
        calls[4] = abi.encodeCall(IEscrow.deliver, (t, 1, 0, x, ""));
        calls[5] = abi.encodeCall(IEscrow.accept, (t, 7, 0, x, ""));
        calls[6] = abi.encodeCall(IEscrow.acceptPart, (t, 0, 0, 5000, x, x, ""));
        calls[7] = abi.encodeCall(IEscrow.reject, (t, 0, 0, x, x, ""));
        calls[8] = abi.encodeCall(IEscrow.terminate, (t, 7, ""));
        calls[9] = abi.encodeCall(IEscrow.extend, (t, 0, ""));
        calls[10] = abi.encodeCall(IEscrow.report, (t, 1, ""));
        calls[11] = abi.encodeCall(IEscrow.contest, (t, 1, 0, true, x, ""));
        calls[12] = abi.encodeCall(IEscrow.answer, (t, 1, 0, ""));
        calls[13] = abi.encodeCall(IEscrow.arbitrate, (t, 1));
        calls[14] = abi.encodeCall(IEscrow.rulePanel, (t, 1, 101, payees));
        calls[15] = abi.encodeCall(IEscrow.claim, (t, 0, 0));
        calls[16] = abi.encodeCall(IEscrow.claim, (t, 1, 0));
        calls[17] = abi.encodeCall(IEscrow.settle, (t, 0, 0, 0, 0, "", ""));
        calls[18] = abi.encodeCall(IEscrow.namePayee, (t, stranger, 0, ""));
        calls[19] = abi.encodeCall(IEscrow.revokeDelegate, (t, true, ""));
        calls[20] = abi.encodeCall(IEscrow.redirect, (address(token), address(token), stranger, 1, 0, ""));
        calls[21] = abi.encodeCall(IEscrow.push, (address(token), provider));
        calls[22] = abi.encodeCall(IEscrow.rule, (1, 101));
        calls[23] = abi.encodeWithSignature("stages(bytes32)", idOf(d));
        calls[24] = abi.encodeWithSignature("credits(address,address)", address(token), provider);
    }

    /// In every transfer of a whole life, one verb after the other: only reads and `rule` get through.
    function test_Reenters_EveryVerb() external {
        ReentrantToken odd = new ReentrantToken();
        DealIn memory d = _use(address(odd));
        bytes[] memory calls = _everyVerb(d);
        bytes[] memory two = new bytes[](2);
        two[1] = abi.encodeWithSignature("stages(bytes32)", idOf(d));
        for (uint256 k; k < 25; ++k) {
            uint256 snapshot = vm.snapshotState();
            two[0] = calls[k];
            odd.arm(address(escrow), two);
            _openSigned(d);
            assertEq(uint256(bytes32(odd.answers(1))), escrow.stages(idOf(d)), "read while opening: as written");
            _live(d);
            _assertLived(d);
            assertEq(odd.passed(0), k > 21, vm.toString(k));
            assertGt(odd.tried(), 10);
            assertEq(uint256(bytes32(odd.answers(1))), escrow.stages(idOf(d)), "read while paying: as written");
            // Recorded under the sender's own address, where it means nothing.
            if (k == 22) assertEq(escrow.disputes(address(odd), 1) & 0xff, 101);
            vm.revertToState(snapshot);
        }
    }

    /// What stops it is the guard, in every verb that moves money.
    function test_Reenters_GuardAnswers() external {
        ReentrantToken odd = new ReentrantToken();
        DealIn memory d = _use(address(odd));
        _openSigned(d);
        bytes[] memory calls = _everyVerb(d);
        Prober prober = new Prober();
        bytes[] memory one = new bytes[](1);
        for (uint256 k; k < 22; ++k) {
            one[0] = abi.encodeCall(prober.probe, (address(escrow), calls[k]));
            odd.arm(address(prober), one);
            uint256 snapshot = vm.snapshotState();
            accept(d, 1, 0);
            assertEq(
                prober.answer(),
                abi.encodePacked(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
                vm.toString(k)
            );
            vm.revertToState(snapshot);
        }
    }
}

/// @notice Keeps what a call answered.
contract Prober {
    bytes public answer;

    function probe(address target, bytes calldata data) external {
        (, answer) = target.call(data);
    }
}
