// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Arbitrator} from "./Arbitrator.sol";

/// @notice Whatever an arbitrator's code does, the dispute ends, by its ruling or by the fallback share, and the deposits
/// with it (rules 14, 15, 16).
contract HostileArbitratorsTest is Base {
    using Deal for DealIn;

    uint256 private constant D = 1000e6;
    Arbitrator private bad;
    bytes private written;
    uint256 private clientBefore;
    uint256 private providerBefore;

    function setUp() public override {
        super.setUp();
        bad = new Arbitrator();
        DealIn memory made = withArbitrator(withDeposit(deal(), uint128(D)), address(bad));
        made.arbitration.fallbackBps = 2500;
        written = abi.encode(made);
        vm.deal(stranger, 100 ether);
        clientBefore = balance(client);
        providerBefore = balance(provider);
        open(d());
        _dispute(d(), 0);
    }

    /// The legacy compiler pipeline keeps no nested arrays in storage.
    function d() private view returns (DealIn memory) {
        return abi.decode(written, (DealIn));
    }

    function _dispute(DealIn memory x, uint256 i) private {
        deliver(x, i, 0);
        contest(x, i, 0, true);
        answer(x, i, 0, false);
    }

    function _arbitrate() private returns (bool ok, bytes memory answer_) {
        return _arbitrate(d(), 0, 0.01 ether);
    }

    function _arbitrate(DealIn memory x, uint256 i, uint256 value) private returns (bool ok, bytes memory answer_) {
        bytes memory packed = x.pack(6);
        vm.prank(stranger);
        (ok, answer_) =
            address(escrow).call{value: value, gas: 5_000_000}(abi.encodeCall(escrow.arbitrate, (packed, i)));
    }

    function _claim(uint256 number) private returns (bool ok, bytes memory answer_) {
        bytes memory packed = d().pack(PWA);
        vm.prank(stranger);
        return address(escrow).call(abi.encodeCall(escrow.claim, (packed, 0, number)));
    }

    /// @param bps Of the 20,000 of the first tranche. @param fronted Whether someone fronted the cost.
    function _assertSplit(uint256 bps, bool fronted) private view {
        uint256 gross = 20_000e6 * bps / 10_000;
        uint256 part = fronted ? D * bps / 10_000 : D;
        assertEq(codeOf(d(), 0), 13, "ended");
        assertEq(balance(provider) + D, providerBefore + gross * 99 / 100 + part, "provider");
        assertEq(balance(client) + 100_000e6 + D, clientBefore + 20_000e6 - gross + (fronted ? D - part : D), "client");
        assertEq(balance(stranger), fronted ? D : 0, "fronter");
        assertEq(balance(address(escrow)), 80_000e6, "escrow keeps the other two tranches");
    }

    function _assertUntouched() private view {
        assertEq(codeOf(d(), 0), 10, "still disputed");
        assertEq(escrow.fronters(idOf(d()), 0), address(0));
        assertEq(address(escrow).balance, 0);
        assertEq(stranger.balance, 100 ether);
    }

    /// No ruling, called or not: the fallback once the window is over, and not a minute before.
    function _assertFallback(uint256 number, bool fronted) private {
        atMinute(T0 + 1 + 30 * DAY);
        vm.warp(block.timestamp - 1);
        (bool ok,) = _claim(number);
        assertFalse(ok, "before the window ends");
        vm.warp(block.timestamp + 1);
        (ok,) = _claim(number);
        assertTrue(ok, "when it has ended");
        _assertSplit(2500, fronted);
    }

    function test_RulesAtOnce() external {
        bad.be(Arbitrator.Mood.RulesAtOnce);
        (bool ok,) = _arbitrate();
        assertTrue(ok);
        (ok,) = _claim(1);
        assertTrue(ok);
        _assertSplit(10_000, true);
    }

    function test_RulesTwice_FirstCounts() external {
        bad.be(Arbitrator.Mood.RulesTwice);
        _arbitrate();
        bad.rule(escrow, 1, 1);
        (bool ok,) = _claim(1);
        assertTrue(ok);
        _assertSplit(10_000, true);
        (ok,) = _claim(1);
        assertFalse(ok, "paid once");
    }

    function test_Never() external {
        _arbitrate();
        _assertFallback(1, true);
    }

    function test_NeverCalled() external {
        _assertFallback(0, false);
    }

    function test_RulesTooLate_Fallback() external {
        _arbitrate();
        atMinute(T0 + 1 + 30 * DAY);
        bad.rule(escrow, 1, 101);
        (bool ok,) = _claim(1);
        assertTrue(ok);
        _assertSplit(2500, true);
    }

    function test_RulesInTheLastMinute() external {
        _arbitrate();
        vm.warp((T0 + 1 + 30 * DAY) * 60 - 1);
        bad.rule(escrow, 1, 41);
        atDay(60);
        (bool ok,) = _claim(1);
        assertTrue(ok);
        _assertSplit(4000, true);
    }

    function test_RefusesOrRulesNonsense_Fallback() external {
        uint256[4] memory rulings = [uint256(0), 102, 257, type(uint256).max];
        for (uint256 k; k < 4; ++k) {
            uint256 snapshot = vm.snapshotState();
            _arbitrate();
            bad.rule(escrow, 1, rulings[k]);
            (bool ok,) = _claim(1);
            assertTrue(ok);
            _assertSplit(2500, true);
            vm.revertToState(snapshot);
        }
    }

    /// Each of these makes `arbitrate` fail, changes nothing, can be tried again, and the fallback comes all the same.
    function test_FailingCode_ChangesNothing() external {
        Arbitrator.Mood[7] memory moods = [
            Arbitrator.Mood.RevertsInCost,
            Arbitrator.Mood.RevertsInCreate,
            Arbitrator.Mood.BurnsInCost,
            Arbitrator.Mood.BurnsInCreate,
            Arbitrator.Mood.RevertBomb,
            Arbitrator.Mood.ShortAnswer,
            Arbitrator.Mood.BombInCreate
        ];
        for (uint256 k; k < moods.length; ++k) {
            uint256 snapshot = vm.snapshotState();
            bad.be(moods[k]);
            (bool ok,) = _arbitrate();
            if (moods[k] == Arbitrator.Mood.BombInCreate) {
                assertTrue(ok, "a long answer costs the sender's gas and nothing else");
                vm.revertToState(snapshot);
                continue;
            }
            assertFalse(ok, vm.toString(k));
            _assertUntouched();
            uint256 again = vm.snapshotState();
            bad.be(Arbitrator.Mood.Good);
            (ok,) = _arbitrate();
            assertTrue(ok, "tried again");
            vm.revertToState(again);
            _assertFallback(0, false);
            vm.revertToState(snapshot);
        }
    }

    function test_BombInCost() external {
        bad.be(Arbitrator.Mood.BombInCost);
        (bool ok,) = _arbitrate();
        assertTrue(ok);
        assertEq(codeOf(d(), 0), 11);
    }

    function test_CostOverMax_ThenCheaper() external {
        bad.setCost(1 ether + 1);
        (bool ok, bytes memory answer_) = _arbitrate(d(), 0, 2 ether);
        assertFalse(ok);
        assertEq(answer_, abi.encodeWithSelector(Errors.CostOverCap.selector, 1 ether + 1, 1 ether));
        _assertUntouched();
        bad.setCost(1 ether);
        (ok, answer_) = _arbitrate(d(), 0, 0.5 ether);
        assertEq(answer_, abi.encodeWithSelector(Errors.ValueTooLow.selector, 0.5 ether, 1 ether));
        (ok,) = _arbitrate(d(), 0, 3 ether);
        assertTrue(ok);
        assertEq(stranger.balance, 99 ether, "what is over goes back");
        assertEq(address(bad).balance, 1 ether);
    }

    function test_SendsValueBack_Refused() external {
        bad.be(Arbitrator.Mood.SendsBack);
        (bool ok,) = _arbitrate();
        assertTrue(ok);
        assertEq(address(escrow).balance, 0);
    }

    /// A number that is bound already binds nothing else; both disputes still end.
    function test_SameNumberTwice() external {
        bad.be(Arbitrator.Mood.SameNumber);
        (bool ok, bytes memory answer_) = _arbitrate();
        assertTrue(ok);
        _dispute(d(), 1);
        (ok, answer_) = _arbitrate(d(), 1, 0.01 ether);
        assertEq(answer_, abi.encodeWithSelector(Errors.DisputeNumberTaken.selector, address(bad), 7));
        assertEq(codeOf(d(), 1), 10);
        bad.rule(escrow, 7, 101);
        bytes memory packed = d().pack(PWA);
        vm.expectRevert();
        escrow.claim(packed, 1, 7);
        (ok,) = _claim(7);
        assertTrue(ok);
        assertEq(codeOf(d(), 0), 13);
        atDay(31);
        claim(d(), 1);
        assertEq(codeOf(d(), 1), 13);
    }

    /// One who is before the arbitrator cannot be claimed by a number that belongs to another case.
    function test_NumberOfAnotherCase() external {
        _arbitrate();
        _dispute(d(), 1);
        _arbitrate(d(), 1, 0.01 ether);
        bad.rule(escrow, 2, 101);
        (bool ok, bytes memory answer_) = _claim(2);
        assertEq(answer_, abi.encodeWithSelector(Errors.WrongDisputeNumber.selector, 2));
        (ok, answer_) = _claim(3);
        assertEq(answer_, abi.encodeWithSelector(Errors.WrongDisputeNumber.selector, 3));
        atDay(200);
        (ok,) = _claim(2);
        assertFalse(ok, "nor by waiting");
        (ok,) = _claim(1);
        assertTrue(ok);
        _assertSplitOf(2500);
    }

    function _assertSplitOf(uint256 bps) private view {
        assertEq((escrow.stages(idOf(d())) >> 7) & 0x1ffffff, bps);
    }

    function test_StrangersRule_Ignored() external {
        _arbitrate();
        uint256 number = uint256(keccak256(abi.encode(idOf(d()), uint256(0))));
        for (uint256 k; k < 3; ++k) {
            vm.prank(k == 0 ? stranger : k == 1 ? client : provider);
            escrow.rule(1, 101);
            vm.prank(provider);
            escrow.rule(number, 101);
        }
        (bool ok,) = _claim(1);
        assertFalse(ok);
        bad.rule(escrow, 1, 1);
        (ok,) = _claim(1);
        assertTrue(ok);
        _assertSplit(0, true);
    }

    function test_Reenters_OnlyRuleGetsThrough() external {
        bytes memory t = d().pack(ALL);
        address[] memory payees = new address[](1);
        payees[0] = address(bad);
        bytes[] memory calls = new bytes[](9);
        calls[0] = abi.encodeCall(IEscrow.claim, (t, 0, 1));
        calls[1] = abi.encodeCall(IEscrow.arbitrate, (t, 0));
        calls[2] = abi.encodeCall(IEscrow.rulePanel, (t, 0, 101, payees));
        calls[3] = abi.encodeCall(IEscrow.accept, (t, 1, 0, bytes32(0), ""));
        calls[4] = abi.encodeCall(IEscrow.push, (address(token), client));
        calls[5] = abi.encodeCall(IEscrow.answer, (t, 0, 0, ""));
        calls[6] = abi.encodeCall(IEscrow.redirect, (address(token), address(bad), stranger, 0, 0, ""));
        calls[7] = abi.encodeCall(IEscrow.settle, (t, 0, 0, 0, 0, "", ""));
        calls[8] = abi.encodeCall(IEscrow.rule, (1, 51));
        bad.arm(calls);
        (bool ok,) = _arbitrate();
        assertTrue(ok);
        for (uint256 k; k < 8; ++k) {
            assertFalse(bad.passed(k), vm.toString(k));
        }
        assertTrue(bad.passed(8));
        (ok,) = _claim(1);
        assertTrue(ok);
        _assertSplit(5000, true);
    }

    /// Not named a panel: it cannot use the panel's door.
    function test_NotThePanel() external {
        address[] memory payees = new address[](1);
        payees[0] = stranger;
        bytes memory packed = d().pack(PWA);
        vm.expectRevert(abi.encodeWithSelector(Errors.NotArbitrator.selector, address(bad)));
        bad.rulePanel(escrow, packed, 0, 101, payees);
    }

    /// A contract that takes no native coin back loses its own transaction, and nothing else.
    function test_SenderRefusesExcess() external {
        Refuser refuser = new Refuser();
        vm.deal(address(refuser), 1 ether);
        bytes memory packed = d().pack(6);
        vm.expectRevert(Errors.NativeReturnFailed.selector);
        refuser.send(address(escrow), abi.encodeCall(escrow.arbitrate, (packed, 0)), 1 ether);
        assertEq(codeOf(d(), 0), 10);
    }

    function test_ForcedNativeCoin_ChangesNothing() external {
        vm.deal(address(escrow), 5 ether);
        (bool ok,) = _arbitrate(d(), 0, 0);
        assertFalse(ok, "not paid from what was forced in");
        (ok,) = _arbitrate(d(), 0, 0.02 ether);
        assertTrue(ok);
        assertEq(stranger.balance, 100 ether - 0.01 ether, "only its own excess");
        assertEq(address(escrow).balance, 5 ether);
        vm.prank(stranger);
        (ok,) = address(escrow).call{value: 1}("");
        assertFalse(ok, "it takes none");
    }

    // A panel's door in hostile hands ------------------------------------------------------------------------------

    function _panelled() private returns (DealIn memory x, bytes memory packed) {
        x = deal();
        x.work.document = keccak256("panelled");
        withDeposit(x, uint128(D));
        x.arbitration.arbitrator = address(bad);
        open(x);
        _dispute(x, 0);
        packed = x.pack(PWA);
    }

    function test_HostilePanel_NobodyToPay() external {
        (DealIn memory x, bytes memory packed) = _panelled();
        vm.expectRevert();
        bad.rulePanel(escrow, packed, 0, 101, new address[](0));
        bad.rule(escrow, uint256(keccak256(abi.encode(idOf(x), uint256(0)))), 101);
        claim(x, 0);
        assertEq(codeOf(x, 0), 13);
        assertEq(escrow.credits(address(token), address(bad)), D, "its fee is its credit");
    }

    function test_HostilePanel_RulesBeforeAndTwice() external {
        (DealIn memory x, bytes memory packed) = _panelled();
        address[] memory payees = new address[](3);
        (payees[0], payees[1], payees[2]) = (stranger, stranger, relayer);
        bad.rulePanel(escrow, packed, 0, 31, payees);
        assertEq(codeOf(x, 0), 13);
        assertEq(balance(stranger), D - D / 3);
        assertEq(balance(relayer), D / 3);
        vm.expectRevert(abi.encodeWithSelector(Errors.WrongStage.selector, 0, 13));
        bad.rulePanel(escrow, packed, 0, 31, payees);
    }

    /// A panel that names the escrow as its member burns its own fee, and nobody else's money.
    function test_HostilePanel_NamesTheEscrowAsMember() external {
        (DealIn memory x, bytes memory packed) = _panelled();
        uint256 owedToOthers = balance(address(escrow)) - 20_000e6 - 2 * D;
        address[] memory payees = new address[](1);
        payees[0] = address(escrow);
        bad.rulePanel(escrow, packed, 0, 101, payees);
        assertEq(codeOf(x, 0), 13);
        assertEq(balance(address(escrow)), owedToOthers + D);
    }
}

contract Refuser {
    function send(address to, bytes calldata data, uint256 value) external {
        (bool ok, bytes memory answer) = to.call{value: value}(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }
}
