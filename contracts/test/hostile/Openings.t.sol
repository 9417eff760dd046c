// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn} from "../Deal.sol";

/// @notice Attacks on opening and on the id: permits used by others, replays, packings that differ and mean the same,
/// and packings that must not mean anything.
contract HostileOpeningsTest is Base {
    using Deal for DealIn;

    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant X = keccak256("deliverable");

    function _openWith(DealIn memory d, bytes memory packed) private returns (bool ok, bytes memory answer_) {
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        vm.prank(relayer);
        (ok, answer_) = address(escrow).call(abi.encodeCall(escrow.open, (packed, 0, one, two)));
    }

    /// Someone else uses the client's permit first: the allowance stands, so opening works.
    function test_Permit_UsedBySomeoneElse() external {
        vm.prank(client);
        token.approve(address(escrow), 0);
        DealIn memory d = deal();
        (bool ok,) = _openWith(d, d.pack(ALL));
        assertFalse(ok, "no allowance yet");
        uint256 deadline = block.timestamp + 1 days;
        bytes32 digest = keccak256(
            abi.encodePacked(
                hex"1901",
                token.DOMAIN_SEPARATOR(),
                keccak256(abi.encode(PERMIT, client, address(escrow), 100_000e6, 0, deadline))
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(CLIENT_KEY, digest);
        vm.prank(stranger);
        token.permit(client, address(escrow), 100_000e6, deadline, v, r, s);
        vm.expectRevert();
        token.permit(client, address(escrow), 100_000e6, deadline, v, r, s);
        (ok,) = _openWith(d, d.pack(ALL));
        assertTrue(ok);
        assertEq(balance(address(escrow)), 100_000e6);
    }

    function test_OpenTwice() external {
        DealIn memory d = deal();
        (bool ok, bytes memory answer_) = _openWith(d, d.pack(ALL));
        assertTrue(ok);
        (ok, answer_) = _openWith(d, d.pack(ALL));
        assertEq(answer_, abi.encodeWithSelector(Errors.AlreadyUsed.selector, idOf(d)));
        accept(d, 7, 0);
        (ok, answer_) = _openWith(d, d.pack(ALL));
        assertEq(answer_, abi.encodeWithSelector(Errors.AlreadyUsed.selector, idOf(d)), "nor after it has ended");
    }

    function test_Revoked_NeverOpens() external {
        DealIn memory d = deal();
        vm.prank(provider);
        escrow.revoke(d.pack(PARTIES), false, "");
        (bool ok, bytes memory answer_) = _openWith(d, d.pack(ALL));
        assertFalse(ok);
        assertEq(answer_, abi.encodeWithSelector(Errors.AlreadyUsed.selector, idOf(d)));
    }

    /// Nothing was paid in for a revoked id: nobody can take other agreements' money out with it.
    function test_Revoked_PaysNothing() external {
        open(deal());
        DealIn memory d = deal();
        d.work.document = keccak256("revoked");
        vm.prank(client);
        escrow.revoke(d.pack(PARTIES), true, "");
        bytes memory packed = d.pack(ALL);
        _refusedAsNotOpen(d, abi.encodeCall(escrow.accept, (packed, 7, 0, X, "")));
        _refusedAsNotOpen(d, abi.encodeCall(escrow.terminate, (packed, 7, "")));
        _refusedAsNotOpen(d, abi.encodeCall(escrow.fund, (packed, 2, "")));
        _refusedAsNotOpen(d, abi.encodeCall(escrow.deliver, (packed, 1, 0, X, "")));
        _refusedAsNotOpen(d, abi.encodeCall(escrow.claim, (packed, 1, 0)));
        _refusedAsNotOpen(d, abi.encodeCall(escrow.contest, (packed, 1, 0, true, X, "")));
        _refusedAsNotOpen(d, abi.encodeCall(escrow.extend, (packed, 1, "")));
        assertEq(balance(address(escrow)), 100_000e6);
    }

    function _refusedAsNotOpen(DealIn memory d, bytes memory call_) private {
        vm.prank(client);
        (bool ok, bytes memory answer_) = address(escrow).call(call_);
        assertFalse(ok);
        assertEq(answer_, abi.encodeWithSelector(Errors.NotOpen.selector, idOf(d)));
    }

    /// The same agreement on a fork with another chain id is another agreement.
    function test_OtherChain() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory packed = d.pack(ALL);
        vm.chainId(77);
        vm.expectRevert(abi.encodeWithSelector(Errors.NotAuthorised.selector, client));
        escrow.open(packed, 0, one, two);
        assertNotEq(idOf(d), id);
    }

    // Packings -----------------------------------------------------------------------------------------------------

    /// Bits that mean nothing: whether they are refused or ignored, the id is the same and opens only once.
    function test_UnusedFlagBits_NoSecondOpening() external {
        DealIn memory d = classic();
        bytes memory plain = d.pack(ALL);
        uint256 arbitration = 1 + 80 + Deal.packWork(d.work).length;
        uint256 outcome = arbitration + Deal.packArbitration(d.arbitration).length;
        uint256[3] memory places = [uint256(1 + 80 + 110), arbitration + 20, outcome + 21];
        for (uint256 k; k < 3; ++k) {
            for (uint256 bit = k == 0 ? 3 : 1; bit < 8; ++bit) {
                uint256 snapshot = vm.snapshotState();
                bytes memory odd = bytes.concat(plain);
                odd[places[k]] = odd[places[k]] | bytes1(uint8(1 << bit));
                (bool ok,) = _openWith(d, odd);
                if (ok) {
                    assertEq(balance(address(escrow)), 115_000e6, "opened as the agreement that was signed");
                    (ok,) = _openWith(d, plain);
                    assertFalse(ok, "opened twice");
                    vm.prank(client);
                    escrow.accept(odd, 1, 0, X, "");
                    assertEq(codeOf(d, 0), 12, "and lives as it");
                }
                vm.revertToState(snapshot);
            }
        }
    }

    /// Option words that are all zero hash as none: the same agreement, which opens once.
    function test_ZeroOptionWords_SameAgreement() external {
        DealIn memory d = deal();
        bytes memory plain = d.pack(ALL);
        bytes memory odd = new bytes(plain.length + 96);
        uint256 end = 1 + 80 + 45 + 96;
        for (uint256 k; k < plain.length; ++k) {
            odd[k < end ? k : k + 96] = plain[k];
        }
        odd[1 + 80 + 42] = bytes1(uint8(4));
        (bool ok,) = _openWith(d, odd);
        assertTrue(ok);
        (ok,) = _openWith(d, plain);
        assertFalse(ok);
        accept(d, 1, 0);
        vm.prank(client);
        escrow.accept(odd, 6, 0, X, "");
        assertEq(balance(address(escrow)), 0);
    }

    /// Any other change of a byte is another agreement, which nobody signed, or is refused.
    function test_ChangedByte_Refused() external {
        DealIn memory d = classic();
        bytes memory plain = d.pack(ALL);
        for (uint256 k; k < plain.length; ++k) {
            for (uint256 n; n < 2; ++n) {
                uint256 snapshot = vm.snapshotState();
                bytes1 was = plain[k];
                plain[k] = was ^ (n == 0 ? bytes1(0x01) : bytes1(0x80));
                (bool ok,) = _openWith(d, plain);
                plain[k] = was;
                // Only a bit without meaning may still open what was signed.
                if (ok) assertGt(escrow.stages(idOf(d)), 0, "opened something that was not signed");
                vm.revertToState(snapshot);
            }
        }
    }

    /// A byte more or less, a branch as hash that must be in full, an unknown form.
    function test_WrongLength_Refused() external {
        DealIn memory d = classic();
        bytes memory plain = d.pack(ALL);
        bytes memory shorter = new bytes(plain.length - 1);
        for (uint256 k; k < shorter.length; ++k) {
            shorter[k] = plain[k];
        }
        bytes[6] memory odd =
            [bytes.concat(plain, hex"00"), shorter, d.pack(14), d.pack(7), bytes(""), bytes.concat(hex"1f", plain)];
        for (uint256 k; k < 6; ++k) {
            (bool ok,) = _openWith(d, odd[k]);
            assertFalse(ok, vm.toString(k));
        }
        (bool last,) = _openWith(d, plain);
        assertTrue(last);
    }

    /// A branch in full and the same branch as its hash are one agreement.
    function test_EveryForm_OneAgreement() external {
        DealIn memory d = classic();
        open(d);
        for (uint8 form; form < 16; ++form) {
            if (form & 3 != 3) continue;
            uint256 snapshot = vm.snapshotState();
            vm.prank(client);
            escrow.accept(d.pack(form), 1, 0, X, "");
            assertEq(codeOf(d, 0), 12);
            vm.revertToState(snapshot);
        }
    }

    // Replays of acts ----------------------------------------------------------------------------------------------

    /// The cap of a tip is the most that one signature can cost its signer.
    function test_TipCap_HoldsForAllRedemptions() external {
        DealIn memory d = deal();
        d.work.tranches[2].fundBy = uint32(T0 + 60 * DAY);
        open(d);
        bytes memory signed = auth(
            CLIENT_KEY,
            abi.encode(
                typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"), idOf(d), 5, 0, X
            ),
            uint40(block.timestamp + 50 days),
            address(token),
            10e6,
            10e6,
            uint40(block.timestamp + 50 days)
        );
        bytes memory packed = d.pack(PWA);
        bytes memory act = abi.encodeCall(escrow.accept, (packed, 5, 0, X, signed));
        // A listed milestone would be skipped and could be redeemed later: with a tip that is refused.
        assertTrue(!_relay(act));
        vm.prank(client);
        escrow.fund(packed, 4, "");
        assertTrue(_relay(act));
        assertTrue(!_relay(act));
        assertEq(balance(relayer), 10e6);
    }

    function _relay(bytes memory act) private returns (bool ok) {
        vm.prank(relayer);
        (ok,) = address(escrow).call(act);
    }

    /// The ledger's clock has 25 bits. What is past it must be refused, not written over the next tranche.
    function test_ClockPastItsBits_NeighbourUntouched() external {
        uint256 end = 29_453_760 + (1 << 25);
        vm.warp((end - 10 * DAY) * 60);
        DealIn memory d = deal();
        d.work.openBy = uint32(end);
        for (uint256 i; i < 3; ++i) {
            d.work.tranches[i].start = uint32(end);
            d.work.tranches[i].due = uint32(end + 30 * DAY);
        }
        (bool ok,) = _openWith(d, d.pack(ALL));
        if (!ok) return;
        vm.warp((end + DAY) * 60);
        bytes memory packed = d.pack(PW);
        vm.prank(provider);
        (ok,) = address(escrow).call(abi.encodeCall(escrow.deliver, (packed, 0, 0, X, "")));
        assertEq(codeOf(d, 1), 4, "a delivery of the first tranche moved the second");
    }
}
