// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Deployed} from "../Deployed.sol";
import {Errors} from "../../src/Errors.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Deal, DealIn} from "../Deal.sol";
import {RehearsalToken} from "../../src/RehearsalToken.sol";
import {Scene, Wallet} from "./Scene.sol";

/// @notice Rules 1 and 19 for every act that can be relayed: each test goes through all of them.
contract RelayedTest is Scene {
    using Deal for DealIn;

    uint256 private constant ACTS = 16;

    /// An act that would succeed if it were signed.
    struct Relay {
        string name;
        address party;
        uint256 key;
        /// 0: no delegate may sign it.
        uint256 delegateKey;
        /// abi.encode(type hash, fields).
        bytes fields;
        /// The call with an empty `auth` as its last argument.
        bytes data;
        /// How it is refused once it was used.
        bytes replayed;
    }

    function _deal() private view returns (DealIn memory d) {
        d = withDeposit(deal(), 1000e6);
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        d.work.tranches[0].extender = 1;
        d.work.tranches[0].extensionDays = 5;
        d.work.tranches[1].extender = 2;
        d.work.tranches[1].extensionDays = 5;
        d.work.tranches[2].fundBy = uint32(T0 + 50 * DAY);
        d.work.tranches[2].terminable = true;
    }

    function _act(uint256 n) private returns (Relay memory r) {
        DealIn memory d = _deal();
        bytes32 id = idOf(d);
        (r.party, r.key) = (client, CLIENT_KEY);
        if (n == 0) {
            r.name = "revoke";
            r.fields = abi.encode(typeOf("Revoke(bytes32 agreement,"), id);
            r.data = abi.encodeCall(IEscrow.revoke, (d.pack(1), true, ""));
            r.replayed = abi.encodeWithSelector(Errors.AlreadyUsed.selector, id);
            return r;
        }
        if (n == 1) {
            (r.party, r.key) = (provider, PROVIDER_KEY);
            r.name = "revokeDelegate";
            r.fields = abi.encode(typeOf("RevokeDelegate(bytes32 agreement,address delegate,"), id, providerDelegate);
            r.data = abi.encodeCall(IEscrow.revokeDelegate, (d.pack(1), false, ""));
            r.replayed = abi.encodeWithSelector(Errors.NothingToRevoke.selector, providerDelegate);
            return r;
        }
        open(d);
        atDay(20);
        if (n == 2) {
            r.name = "fund";
            r.fields = abi.encode(typeOf("Fund(bytes32 agreement,uint8 tranches,"), id, 4);
            r.data = abi.encodeCall(IEscrow.fund, (d.pack(3), 4, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 2, 4);
        } else if (n == 3) {
            (r.party, r.key, r.delegateKey) = (provider, PROVIDER_KEY, PROVIDER_DELEGATE_KEY);
            r.name = "deliver";
            r.fields = abi.encode(
                typeOf("Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,"),
                id,
                0,
                0,
                DELIVERABLE
            );
            r.data = abi.encodeCall(IEscrow.deliver, (d.pack(1), 0, 0, DELIVERABLE, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 0, 5);
        } else if (n == 4) {
            r.delegateKey = CLIENT_DELEGATE_KEY;
            r.name = "accept";
            r.fields = abi.encode(
                typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"),
                id,
                3,
                0,
                DELIVERABLE
            );
            r.data = abi.encodeCall(IEscrow.accept, (d.pack(3), 3, 0, DELIVERABLE, ""));
            r.replayed = abi.encodeWithSelector(Errors.NothingToAccept.selector);
        } else if (n == 5) {
            deliver(d, 0, 0);
            r.delegateKey = CLIENT_DELEGATE_KEY;
            r.name = "acceptPart";
            r.fields = abi.encode(
                typeOf(
                    "AcceptPart(bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons,"
                ),
                id,
                0,
                0,
                2500,
                DELIVERABLE,
                REASONS
            );
            r.data = abi.encodeCall(IEscrow.acceptPart, (d.pack(3), 0, 0, 2500, DELIVERABLE, REASONS, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 0, 6);
        } else if (n == 6) {
            deliver(d, 0, 0);
            r.delegateKey = CLIENT_DELEGATE_KEY;
            r.name = "reject";
            r.fields = abi.encode(
                typeOf("Reject(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons,"),
                id,
                0,
                0,
                DELIVERABLE,
                REASONS
            );
            r.data = abi.encodeCall(IEscrow.reject, (d.pack(3), 0, 0, DELIVERABLE, REASONS, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 0, 6);
        } else if (n == 7 || n == 8) {
            if (n == 7) deliver(d, 0, 0);
            else (r.party, r.key) = (provider, PROVIDER_KEY);
            r.name = "contest";
            r.fields = abi.encode(
                typeOf("Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons,"), id, 0, 0, REASONS
            );
            r.data = abi.encodeCall(IEscrow.contest, (d.pack(7), 0, 0, n == 7, REASONS, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 0, n == 7 ? 7 : 9);
        } else if (n == 9) {
            contest(d, 0, 0, false);
            r.name = "answer";
            r.fields = abi.encode(typeOf("Answer(bytes32 agreement,uint8 tranche,uint8 round,"), id, 0, 0);
            r.data = abi.encodeCall(IEscrow.answer, (d.pack(7), 0, 0, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 0, 10);
        } else if (n == 10) {
            r.name = "terminate";
            r.fields = abi.encode(typeOf("Terminate(bytes32 agreement,uint8 tranches,"), id, 4);
            r.data = abi.encodeCall(IEscrow.terminate, (d.pack(3), 4, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 2, 14);
        } else if (n == 11 || n == 12) {
            if (n == 12) (r.party, r.key) = (provider, PROVIDER_KEY);
            r.name = "extend";
            r.fields = abi.encode(typeOf("Extend(bytes32 agreement,uint8 tranche,"), id, n - 11);
            r.data = abi.encodeCall(IEscrow.extend, (d.pack(3), n - 11, ""));
            r.replayed = abi.encodeWithSelector(Errors.NotExtendable.selector, n - 11);
        } else if (n == 13) {
            (r.party, r.key) = (provider, PROVIDER_KEY);
            r.name = "settle";
            r.fields = abi.encode(
                typeOf(
                    "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,"
                ),
                id,
                20_000e6,
                30_000e6,
                0,
                0
            );
            bytes memory clients = auth(CLIENT_KEY, r.fields);
            r.data = abi.encodeCall(IEscrow.settle, (d.pack(7), 20_000e6, 30_000e6, 0, 0, clients, ""));
            r.replayed = abi.encodeWithSelector(Errors.WrongStage.selector, 0, 15);
        } else if (n == 14) {
            (r.party, r.key) = (provider, PROVIDER_KEY);
            r.name = "namePayee";
            r.fields =
                abi.encode(typeOf("NamePayee(bytes32 agreement,address payee,uint256 nonce,"), id, address(0xbeef), 0);
            r.data = abi.encodeCall(IEscrow.namePayee, (d.pack(1), address(0xbeef), 0, ""));
            r.replayed = abi.encodeWithSignature("InvalidAccountNonce(address,uint256)", provider, 1);
        } else {
            (r.party, r.key) = (provider, PROVIDER_KEY);
            r.name = "redirect";
            moody.refuse(provider, true);
            accept(d, 1, 0);
            moody.refuse(provider, false);
            r.fields = abi.encode(
                typeOf("Redirect(address token,address to,uint256 amount,uint256 nonce,"),
                address(token),
                address(0xbeef),
                100e6,
                0
            );
            r.data = abi.encodeCall(IEscrow.redirect, (address(token), provider, address(0xbeef), 100e6, 0, ""));
            r.replayed = abi.encodeWithSignature("InvalidAccountNonce(address,uint256)", provider, 1);
        }
    }

    // Sending ------------------------------------------------------------------------------------------------------

    /// The call with `auth_` in the place of its empty last argument.
    function _with(bytes memory data, bytes memory auth_) private pure returns (bytes memory) {
        bytes memory head = new bytes(data.length - 32);
        for (uint256 k; k < head.length; ++k) {
            head[k] = data[k];
        }
        return bytes.concat(head, bytes32(auth_.length), auth_, new bytes((32 - auth_.length % 32) % 32));
    }

    function _send(Relay memory r, bytes memory auth_) private returns (bool ok, bytes memory answer_) {
        bytes memory data = _with(r.data, auth_);
        vm.prank(relayer);
        (ok, answer_) = address(escrow).call(data);
    }

    function _passes(Relay memory r, bytes memory auth_) private {
        (bool ok, bytes memory answer_) = _send(r, auth_);
        assertTrue(ok, string.concat(r.name, ": ", vm.toString(answer_)));
    }

    function _fails(Relay memory r, bytes memory auth_, bytes memory expected, string memory what) private {
        uint256 snapshot = vm.snapshotState();
        (bool ok, bytes memory answer_) = _send(r, auth_);
        assertFalse(ok, string.concat(r.name, ": ", what));
        assertEq(answer_, expected, string.concat(r.name, ": ", what));
        vm.revertToStateAndDelete(snapshot);
    }

    function _unauthorised(Relay memory r, bytes memory auth_, string memory what) private {
        _fails(r, auth_, abi.encodeWithSelector(Errors.NotAuthorised.selector, r.party), what);
    }

    function _copy(bytes memory data) private pure returns (bytes memory) {
        return bytes.concat(data);
    }

    // Signatures ---------------------------------------------------------------------------------------------------

    function test_TheRightSignature_ActsAndNeverTwice() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            bytes memory signed = auth(r.key, r.fields);
            _passes(r, signed);
            _fails(r, signed, r.replayed, "replayed");
            vm.revertToState(clean);
        }
    }

    function test_UntilValidUntil_ASignatureCounts() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            uint40 now_ = uint40(vm.getBlockTimestamp());
            _fails(
                r,
                auth(r.key, r.fields, now_ - 1, address(0), 0, 0, 0),
                abi.encodeWithSelector(Errors.SignatureExpired.selector, now_ - 1),
                "expired"
            );
            _passes(r, auth(r.key, r.fields, now_, address(0), 0, 0, 0));
            vm.revertToState(clean);
        }
    }

    function test_AnotherSigner_IsRefused() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            _unauthorised(r, auth(STRANGER_KEY, r.fields), "stranger");
            _unauthorised(r, auth(r.party == client ? PROVIDER_KEY : CLIENT_KEY, r.fields), "other party");
            uint256 others = r.party == client ? PROVIDER_DELEGATE_KEY : CLIENT_DELEGATE_KEY;
            _unauthorised(r, auth(others, r.fields), "other's delegate");
            if (r.delegateKey == 0) {
                uint256 own = r.party == client ? CLIENT_DELEGATE_KEY : PROVIDER_DELEGATE_KEY;
                _unauthorised(r, auth(own, r.fields), "own delegate");
            }
            _unauthorised(r, hex"", "unsigned");
            _unauthorised(r, new bytes(61), "short");
            _unauthorised(r, abi.encodePacked(uint256(0), uint240(type(uint80).max)), "empty signature");
            vm.revertToState(clean);
        }
    }

    function test_ADelegate_SignsOnlyDeliverAcceptAndRejectUntilRevoked() external {
        uint256 found;
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            if (r.delegateKey != 0) {
                ++found;
                bytes memory signed = auth(r.delegateKey, r.fields);
                uint256 snapshot = vm.snapshotState();
                bytes memory p = _deal().pack(PARTIES);
                vm.prank(r.party);
                escrow.revokeDelegate(p, r.party == client, "");
                _unauthorised(r, signed, "revoked delegate");
                vm.revertToState(snapshot);
                _passes(r, signed);
            }
            vm.revertToState(clean);
        }
        assertEq(found, 4);
    }

    /// Agreement, tranche, round, hashes, shares, nonce: whatever the act binds.
    function test_EveryFieldChangedByOneBit_IsRefused() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            for (uint256 place = 31; place < r.fields.length; place += 32) {
                bytes memory fields = _copy(r.fields);
                fields[place] ^= 0x01;
                _unauthorised(r, auth(r.key, fields), vm.toString(place / 32));
            }
            vm.revertToState(clean);
        }
    }

    /// The tail: tip cap at 0, token at 32, tip deadline at 52, valid until at 57, the signature from 62.
    function test_TheTailOrTheSignatureChangedByOneBit_IsRefused() external {
        uint8[8] memory place = [15, 51, 56, 61, 62, 93, 94, 125];
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            bytes memory signed = auth(
                r.key,
                r.fields,
                uint40(vm.getBlockTimestamp() + 100),
                address(token),
                2,
                0,
                uint40(vm.getBlockTimestamp())
            );
            for (uint256 k; k < 8; ++k) {
                bytes memory changed = _copy(signed);
                changed[place[k]] ^= 0x02;
                _unauthorised(r, changed, vm.toString(place[k]));
            }
            _unauthorised(r, bytes.concat(signed, hex"00"), "longer");
            vm.revertToState(clean);
        }
    }

    function test_SignedForAnotherEscrowOrChain_IsRefused() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            IEscrow own = escrow;
            escrow = deployEscrow();
            bytes memory signed = auth(r.key, r.fields);
            escrow = own;
            _unauthorised(r, signed, "another escrow");
            uint256 chain = vm.getChainId();
            vm.chainId(999);
            signed = auth(r.key, r.fields);
            vm.chainId(chain);
            _unauthorised(r, signed, "another chain");
            signed = auth(r.key, r.fields);
            vm.chainId(999);
            (bool ok,) = _send(r, signed);
            assertFalse(ok, string.concat(r.name, ": on another chain"));
            vm.chainId(chain);
            vm.revertToState(clean);
        }
    }

    // Accounts -----------------------------------------------------------------------------------------------------

    function _digest(Relay memory r, uint40 validUntil) private view returns (bytes32) {
        bytes32 tip = keccak256(
            abi.encode(keccak256("Tip(address token,uint128 cap,uint40 deadline)"), address(0), uint256(0), uint256(0))
        );
        return keccak256(
            abi.encodePacked(
                hex"1901", escrow.domain(), keccak256(bytes.concat(r.fields, abi.encode(uint256(validUntil), tip)))
            )
        );
    }

    function test_AContractAccount_SignsUntilItChangesItsMind() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            uint40 validUntil = uint40(vm.getBlockTimestamp());
            bytes32 digest = _digest(r, validUntil);
            bytes memory signed = abi.encodePacked(uint256(0), address(0), uint40(0), validUntil, hex"51");
            Wallet wallet = makeWallet(r.party);
            _unauthorised(r, signed, "not signed");
            wallet.set(digest, true);
            wallet.set(digest, false);
            _unauthorised(r, signed, "changed its mind");
            wallet.set(digest, true);
            _passes(r, signed);
            vm.revertToState(clean);
        }
    }

    function test_AKeyWhoseAccountHasCode_StillSigns() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            makeWallet(r.party);
            _passes(r, auth(r.key, r.fields));
            vm.revertToState(clean);
        }
    }

    // Tips ---------------------------------------------------------------------------------------------------------

    function test_ATipOverItsCapOrPastItsDeadline_IsRefused() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            uint40 now_ = uint40(vm.getBlockTimestamp());
            _fails(
                r,
                auth(r.key, r.fields, now_, address(token), 5, 6, now_),
                abi.encodeWithSelector(Errors.TipOverCap.selector, 6, 5),
                "over cap"
            );
            _fails(
                r,
                auth(r.key, r.fields, now_, address(token), 5, 5, now_ - 1),
                abi.encodeWithSelector(Errors.TipOverCap.selector, 5, 5),
                "past deadline"
            );
            // A sender that asks for nothing may be late.
            _passes(r, auth(r.key, r.fields, now_, address(token), 5, 0, now_ - 1));
            assertEq(balance(relayer), 0);
            vm.revertToState(clean);
        }
    }

    /// From the payout or refund of the act, from a credit, or from the signer's account: the signer has less by the
    /// tip and nobody else.
    function test_ATip_IsPaidByTheSignerAlone() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            uint40 now_ = uint40(vm.getBlockTimestamp());
            uint256 snapshot = vm.snapshotState();
            _passes(r, auth(r.key, r.fields, now_, address(token), 7e6, 0, now_));
            uint256[4] memory without =
                [balance(client), balance(provider), balance(feeRecipient), balance(address(escrow))];
            vm.revertToState(snapshot);
            _passes(r, auth(r.key, r.fields, now_, address(token), 7e6, 7e6, now_));
            assertEq(balance(relayer), 7e6, r.name);
            // A redirected credit is not all of it: the rest of the credit pays.
            bool credit = n == 15;
            assertEq(balance(client), without[0] - (r.party == client ? 7e6 : 0), r.name);
            assertEq(balance(provider), without[1] - (r.party == provider && !credit ? 7e6 : 0), r.name);
            assertEq(balance(feeRecipient), without[2], r.name);
            assertEq(balance(address(escrow)), without[3] - (credit ? 7e6 : 0), r.name);
            vm.revertToState(clean);
        }
    }

    function test_ATipInAnotherToken_ComesFromTheSignersAccount() external {
        RehearsalToken other = Deployed.token(18);
        uint256 clean = vm.snapshotState();
        for (uint256 n; n < ACTS; ++n) {
            Relay memory r = _act(n);
            uint40 now_ = uint40(vm.getBlockTimestamp());
            bytes memory signed = auth(r.key, r.fields, now_, address(other), 5, 5, now_);
            (bool ok,) = _send(r, signed);
            assertFalse(ok, string.concat(r.name, ": without the money"));
            other.mint(r.party, 5);
            vm.prank(r.party);
            other.approve(address(escrow), 5);
            _passes(r, signed);
            assertEq(other.balanceOf(relayer), 5, r.name);
            vm.revertToState(clean);
        }
    }

    function test_ATip_ComesFromACreditFirst() external {
        uint256 clean = vm.snapshotState();
        for (uint256 n = 3; n < ACTS; n += 9) {
            // deliver and extend by the provider: acts that pay it nothing.
            Relay memory r = _act(n);
            DealIn memory d = deal();
            d.work.document = keccak256("another agreement");
            d.work.openBy = uint32(T0 + 30 * DAY);
            open(d);
            moody.refuse(provider, true);
            accept(d, 1, 0);
            assertEq(owed(provider), 19_800e6);
            moody.refuse(provider, false);
            uint40 now_ = uint40(vm.getBlockTimestamp());
            mark();
            _passes(r, auth(r.key, r.fields, now_, address(token), 7e6, 7e6, now_));
            assertMoved(0, 0, 0, 7e6);
            assertEq(owed(provider), 19_793e6);
            vm.revertToState(clean);
        }
    }

    function test_ARelayerThatIsRefused_IsCredited() external {
        uint256 clean = vm.snapshotState();
        Relay memory r = _act(10);
        moody.refuse(relayer, true);
        uint40 now_ = uint40(vm.getBlockTimestamp());
        // Ending an unfunded milestone pays the client nothing: its account would pay, and the token refuses that.
        (bool ok,) = _send(r, auth(r.key, r.fields, now_, address(token), 7e6, 7e6, now_));
        assertFalse(ok);
        vm.revertToState(clean);
        r = _act(13);
        moody.refuse(relayer, true);
        mark();
        _passes(r, auth(r.key, r.fields, now_, address(token), 7e6, 7e6, now_));
        assertMoved(30_000e6, 19_793e6, 200e6);
        assertEq(owed(relayer), 7e6);
    }
}
