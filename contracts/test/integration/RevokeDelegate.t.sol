// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract RevokeDelegateTest is Scene {
    using Deal for DealIn;

    function _deal() private view returns (DealIn memory d) {
        d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
    }

    function _revoke(DealIn memory d, bool byClient, address sender) private {
        bytes memory p = d.pack(PARTIES);
        vm.prank(sender);
        escrow.revokeDelegate(p, byClient, "");
    }

    function test_WhenItsPartyRevokes_TheDelegateMaySignNoMore() external {
        DealIn memory d = _deal();
        bytes32 id = open(d);
        bytes memory signed = auth(
            PROVIDER_DELEGATE_KEY,
            abi.encode(
                typeOf("Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,"),
                id,
                0,
                0,
                DELIVERABLE
            )
        );
        vm.expectEmit(address(escrow));
        emit IRecord.DelegateRevoked(id, providerDelegate);
        _revoke(d, false, provider);
        assertTrue(escrow.delegateRevoked(id, providerDelegate));
        bytes memory p = d.pack(PARTIES);
        notAuthorised(provider);
        escrow.deliver(p, 0, 0, DELIVERABLE, signed);
        notAuthorised(provider);
        vm.prank(providerDelegate);
        escrow.deliver(p, 0, 0, DELIVERABLE, "");
        // The party itself and the other's delegate may.
        deliver(d, 0, 0);
        bytes memory pw = d.pack(PW);
        vm.prank(clientDelegate);
        escrow.accept(pw, 1, 0, DELIVERABLE, "");
    }

    function test_InAnotherAgreement_TheDelegateMayStillSign() external {
        DealIn memory d = _deal();
        open(d);
        _revoke(d, false, provider);
        d.work.document = keccak256("b");
        open(d);
        bytes memory p = d.pack(PARTIES);
        vm.prank(providerDelegate);
        escrow.deliver(p, 0, 0, DELIVERABLE, "");
        assertCode(d, 0, Cells.DELIVERED);
    }

    function test_BeforeOpening_CanBeRevoked() external {
        DealIn memory d = _deal();
        _revoke(d, true, client);
        assertTrue(escrow.delegateRevoked(idOf(d), clientDelegate));
        open(d);
        bytes memory pw = d.pack(PW);
        notAuthorised(client);
        vm.prank(clientDelegate);
        escrow.accept(pw, 1, 0, DELIVERABLE, "");
    }

    function test_TheSecondTimeOrWithoutOne_IsRefused() external {
        DealIn memory d = _deal();
        _revoke(d, true, client);
        refused(Errors.NothingToRevoke.selector, uint160(clientDelegate));
        _revoke(d, true, client);
        d = deal();
        refused(Errors.NothingToRevoke.selector, 0);
        _revoke(d, true, client);
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = _deal();
        address[3] memory others = [stranger, provider, clientDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(client);
            _revoke(d, true, others[k]);
        }
        notAuthorised(provider);
        _revoke(d, false, client);
    }
}
