// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn} from "../Deal.sol";
import {TurningToken} from "../tokens/TurningToken.sol";
import {Arbitrator} from "./Arbitrator.sol";

/// @notice Whoever sends a transaction chooses its gas. Over a range of limits each act either reverts whole or has its
/// whole effect: no payment becomes a credit and no ruling is skipped because of it (rule 17).
contract GasStarvationTest is Base {
    using Deal for DealIn;

    uint256 private constant MOST = 1_000_000;
    bytes32 private constant X = keccak256("deliverable");

    bytes private written;
    uint256 private step;
    uint256 private reverted;
    uint256 private done;

    function setUp() public override {
        super.setUp();
        written = abi.encode(deal());
        step = _same(vm.envOr("FOUNDRY_PROFILE", string("default")), "deep") ? 1009 : 9973;
    }

    function _same(string memory a, string memory b) private pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
    }

    function _assertRange() private {
        assertGt(reverted, 0, "too little gas is among the limits");
        assertGt(done, 0, "enough gas is among the limits");
        (reverted, done) = (0, 0);
    }

    function _assertNoCredits() private view {
        assertEq(escrow.credits(address(token), provider), 0, "provider");
        assertEq(escrow.credits(address(token), client), 0, "client");
        assertEq(escrow.credits(address(token), feeRecipient), 0, "fees");
        assertEq(escrow.credits(address(token), address(panel)), 0, "panel");
    }

    function _try(bytes memory data, uint256 limit, uint256 value) private returns (bool ok) {
        (ok,) = address(escrow).call{gas: limit, value: value}(data);
        if (ok) ++done;
        else ++reverted;
    }

    function test_Acceptance() external {
        open(d());
        bytes memory data = abi.encodeCall(escrow.accept, (d().pack(PW), 7, 0, X, ""));
        uint256 before = balance(provider);
        for (uint256 limit = 8000; limit < MOST; limit += step) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(client);
            bool ok = _try(data, limit, 0);
            _assertNoCredits();
            assertEq(balance(provider) - before, ok ? 99_000e6 : 0);
            assertEq(balance(feeRecipient), ok ? 1000e6 + 1 : 1);
            (uint256 r, uint256 n) = (reverted, done);
            vm.revertToState(snapshot);
            (reverted, done) = (r, n);
        }
        _assertRange();
    }

    /// The relayer that may take a tip cannot turn the payment it rides on into a credit either.
    function test_RelayedWithTip() external {
        open(d());
        bytes memory signed = auth(
            CLIENT_KEY,
            abi.encode(
                typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"),
                idOf(d()),
                7,
                0,
                X
            ),
            uint40(block.timestamp),
            address(token),
            9e6,
            9e6,
            uint40(block.timestamp)
        );
        bytes memory data = abi.encodeCall(escrow.accept, (d().pack(PW), 7, 0, X, signed));
        uint256 before = balance(provider);
        for (uint256 limit = 8000; limit < MOST; limit += step) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(relayer);
            bool ok = _try(data, limit, 0);
            _assertNoCredits();
            assertEq(balance(relayer), ok ? 9e6 : 0);
            assertEq(balance(provider) - before, ok ? 99_000e6 : 0);
            (uint256 r, uint256 n) = (reverted, done);
            vm.revertToState(snapshot);
            (reverted, done) = (r, n);
        }
        _assertRange();
    }

    function test_Claim() external {
        open(d());
        deliver(d(), 0, 0);
        atDay(11);
        bytes memory data = abi.encodeCall(escrow.claim, (d().pack(PW), 0, 0));
        uint256 before = balance(provider);
        for (uint256 limit = 8000; limit < MOST; limit += step) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(stranger);
            bool ok = _try(data, limit, 0);
            _assertNoCredits();
            assertEq(balance(provider) - before, ok ? 19_800e6 : 0);
            (uint256 r, uint256 n) = (reverted, done);
            vm.revertToState(snapshot);
            (reverted, done) = (r, n);
        }
        _assertRange();
    }

    /// A token that burns all it gets: each payment is refused after an honest try, or the act reverts.
    function test_GasBurningToken() external {
        TurningToken odd = new TurningToken();
        token = odd;
        fundAccount(client, 100_000e6);
        written = abi.encode(deal());
        open(d());
        odd.turn(TurningToken.Mood.BurnsGas);
        bytes memory data = abi.encodeCall(escrow.accept, (d().pack(PW), 7, 0, X, ""));
        for (uint256 limit = 8000; limit < 2 * MOST; limit += step) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(client);
            bool ok = _try(data, limit, 0);
            assertEq(escrow.credits(address(odd), provider), ok ? 99_000e6 : 0);
            assertEq(escrow.credits(address(odd), feeRecipient), ok ? 1000e6 : 0);
            (uint256 r, uint256 n) = (reverted, done);
            vm.revertToState(snapshot);
            (reverted, done) = (r, n);
        }
        _assertRange();
    }

    /// The panel pays, or its ruling stands and anyone claims it: the split is the ruled one in any case. (With a token
    /// that moves its money no limit brings the second about: what is left after a starved payment is too little to
    /// record the ruling too, so that all reverts.)
    function test_PanelDecides() external {
        written = abi.encode(withDeposit(deal(), 1000e6));
        open(d());
        deliver(d(), 0, 0);
        contest(d(), 0, 0, true);
        answer(d(), 0, 0, false);
        bytes[] memory signatures = rulingSignatures(idOf(d()), 0, 76);
        bytes memory data = abi.encodeCall(panel.decide, (escrow, d().pack(PWA), 0, 76, members, signatures));
        for (uint256 limit = 8000; limit < MOST; limit += step) {
            uint256 snapshot = vm.snapshotState();
            (bool ok,) = address(panel).call{gas: limit}(data);
            if (ok && codeOf(d(), 0) == 10) {
                claim(d(), 0);
                panel.share(escrow, address(token), members);
            }
            if (ok) {
                assertEq(balance(provider), 10_000e6 - 1000e6 + 15_000e6 * 99 / 100 + 750e6, "provider");
                assertEq(balance(client), 900_000e6 - 1000e6 + 5000e6 + 250e6, "client");
                uint256 fee = balance(members[0]) + balance(members[1]) + balance(members[2]);
                assertEq(fee + escrow.credits(address(token), address(panel)), 1000e6, "panel");
                assertEq(escrow.credits(address(token), provider) + escrow.credits(address(token), client), 0);
            }
            vm.revertToState(snapshot);
            if (ok) ++done;
            else ++reverted;
        }
        _assertRange();
    }

    /// An ERC-792 dispute is created whole or not at all; its ruling cannot be lost.
    function test_Arbitrate() external {
        Arbitrator court = new Arbitrator();
        written = abi.encode(withArbitrator(withDeposit(deal(), 1000e6), address(court)));
        open(d());
        deliver(d(), 0, 0);
        contest(d(), 0, 0, true);
        answer(d(), 0, 0, false);
        vm.deal(stranger, 1 ether);
        court.be(Arbitrator.Mood.RulesAtOnce);
        bytes memory data = abi.encodeCall(escrow.arbitrate, (d().pack(6), 0));
        for (uint256 limit = 8000; limit < MOST; limit += step) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(stranger);
            bool ok = _try(data, limit, 0.02 ether);
            assertEq(stranger.balance, ok ? 0.99 ether : 1 ether);
            assertEq(codeOf(d(), 0), ok ? 11 : 10);
            assertEq(escrow.fronters(idOf(d()), 0), ok ? stranger : address(0));
            if (ok) {
                uint256 dispute = escrow.disputes(address(court), 1);
                assertEq(dispute & 0xff, 101, "its ruling is kept");
                assertGt(dispute >> 48, 0, "and bound");
            }
            (uint256 r, uint256 n) = (reverted, done);
            vm.revertToState(snapshot);
            (reverted, done) = (r, n);
        }
        _assertRange();
    }

    function test_Push() external {
        TurningToken odd = new TurningToken();
        token = odd;
        fundAccount(client, 100_000e6);
        written = abi.encode(deal());
        open(d());
        odd.turn(TurningToken.Mood.Reverts);
        accept(d(), 7, 0);
        odd.turn(TurningToken.Mood.Good);
        bytes memory data = abi.encodeCall(escrow.push, (address(token), provider));
        for (uint256 limit = 8000; limit < MOST; limit += step) {
            uint256 snapshot = vm.snapshotState();
            bool ok = _try(data, limit, 0);
            assertEq(balance(provider), ok ? 99_000e6 : 0);
            assertEq(escrow.credits(address(odd), provider), ok ? 0 : 99_000e6);
            (uint256 r, uint256 n) = (reverted, done);
            vm.revertToState(snapshot);
            (reverted, done) = (r, n);
        }
        _assertRange();
    }

    /// The legacy compiler pipeline keeps no nested arrays in storage.
    function d() private view returns (DealIn memory) {
        return abi.decode(written, (DealIn));
    }
}
