// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn, TrancheIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract RevokeTest is Scene {
    using Deal for DealIn;

    function _revoke(DealIn memory d, bool byClient, address sender) private {
        bytes memory p = d.pack(PARTIES);
        vm.prank(sender);
        escrow.revoke(p, byClient, "");
    }

    function _revoked() private returns (DealIn memory d) {
        DealIn memory other = deal();
        other.work.document = keccak256("another agreement, whose money is in the escrow");
        open(other);
        d = deal();
        d.work.tranches[1].terminable = true;
        _revoke(d, true, client);
        mark();
    }

    function test_WhenTheClientRevokes_MarksTheIdForEver() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        vm.expectEmit(address(escrow));
        emit IRecord.Revoked(id, client);
        _revoke(d, true, client);
        assertCode(d, 0, Cells.CLOSED);
        refusedId(Errors.AlreadyUsed.selector, id);
        _revoke(d, true, client);
    }

    function test_WhenTheProviderRevokes_MarksTheIdForEver() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        vm.expectEmit(address(escrow));
        emit IRecord.Revoked(id, provider);
        _revoke(d, false, provider);
        bytes memory signature = sign(PROVIDER_KEY, id);
        bytes memory all = d.pack(ALL);
        refusedId(Errors.AlreadyUsed.selector, id);
        vm.prank(client);
        escrow.open(all, 0, "", signature);
    }

    function test_WhenAnotherRevokes_IsRefused() external {
        DealIn memory d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        notAuthorised(client);
        _revoke(d, true, stranger);
        notAuthorised(client);
        _revoke(d, true, provider);
        notAuthorised(provider);
        _revoke(d, false, client);
        notAuthorised(client);
        _revoke(d, true, clientDelegate);
        notAuthorised(provider);
        _revoke(d, false, providerDelegate);
    }

    function test_WhenAlreadyOpen_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        refusedId(Errors.AlreadyUsed.selector, id);
        _revoke(d, true, client);
    }

    function test_WhenThePartiesAreHashed_IsRefused() external {
        DealIn memory d = deal();
        bytes memory hashed = d.pack(14);
        missing(1, 14);
        vm.prank(client);
        escrow.revoke(hashed, true, "");
    }

    // What was never funded is never paid: nothing may come out of the money of other agreements.

    function test_GivenARevokedId_AcceptingPaysNothing() external {
        DealIn memory d = _revoked();
        try this.acceptAll(d) {} catch {}
        assertMoved(0, 0, 0);
    }

    function test_GivenARevokedId_TerminatingPaysNothing() external {
        DealIn memory d = _revoked();
        bytes memory pw = d.pack(PW);
        vm.prank(client);
        try escrow.terminate(pw, 2, "") {} catch {}
        assertMoved(0, 0, 0);
    }

    function test_GivenARevokedId_SettlingPaysNothing() external {
        DealIn memory d = _revoked();
        bytes memory signed = auth(
            PROVIDER_KEY,
            abi.encode(
                typeOf(
                    "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,"
                ),
                idOf(d),
                M1 + M2,
                0,
                0,
                0
            )
        );
        bytes memory pwa = d.pack(PWA);
        vm.prank(client);
        try escrow.settle(pwa, M1 + M2, 0, 0, 0, "", signed) {} catch {}
        assertMoved(0, 0, 0);
    }

    function test_GivenARevokedId_AmendingMovesNothing() external {
        DealIn memory d = _revoked();
        DealIn memory b = deal();
        b.work.replaces = idOf(d);
        TrancheIn[] memory one = new TrancheIn[](1);
        one[0] = b.work.tranches[0];
        b.work.tranches = one;
        bytes memory signature = sign(PROVIDER_KEY, idOf(b));
        bytes memory pw = d.pack(PW);
        bytes memory all = b.pack(ALL);
        vm.prank(client);
        try escrow.amend(pw, all, 0, "", signature) {} catch {}
        assertMoved(0, 0, 0);
    }

    function test_GivenARevokedId_ClaimingIsRefused() external {
        DealIn memory d = _revoked();
        for (uint256 i; i < 3; ++i) {
            vm.expectRevert();
            claim(d, i);
        }
        assertMoved(0, 0, 0);
    }

    function acceptAll(DealIn memory d) external {
        accept(d, 7, 0);
    }
}
