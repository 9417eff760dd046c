// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract NamePayeeTest is Scene {
    using Deal for DealIn;

    string private constant NAME_PAYEE = "NamePayee(bytes32 agreement,address payee,uint256 nonce,";
    address private constant PAYEE = address(0xbeef);

    function _name(DealIn memory d, address payee, uint256 nonce, bytes memory signed, address sender) private {
        bytes memory p = d.pack(PARTIES);
        vm.prank(sender);
        escrow.namePayee(p, payee, nonce, signed);
    }

    function test_WhenTheProviderNamesOne_ItGetsLaterPayouts() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        accept(d, 1, 0);
        vm.expectEmit(address(escrow));
        emit IRecord.PayeeNamed(id, PAYEE);
        _name(d, PAYEE, 0, "", provider);
        assertEq(escrow.payees(id), PAYEE);
        mark();
        accept(d, 2, 0);
        assertMoved(0, 0, 0, 29_700e6);
        assertEq(balance(PAYEE), 29_700e6);
        // And no more once the provider takes it back.
        _name(d, address(0), 0, "", provider);
        mark();
        accept(d, 4, 0);
        assertMoved(0, 49_500e6, 1000e6);
    }

    function test_GivenAPayeeThatIsRefused_TheProviderIsCredited() external {
        DealIn memory d = deal();
        open(d);
        _name(d, PAYEE, 0, "", provider);
        moody.refuse(PAYEE, true);
        mark();
        accept(d, 1, 0);
        assertMoved(0, 0, 0);
        assertEq(owed(provider), 19_800e6);
        assertEq(owed(PAYEE), 0);
    }

    function test_Deposits_NeverGoToThePayee() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        _name(d, PAYEE, 0, "", provider);
        mark();
        claimAt(d, 60);
        assertMoved(11_000e6, 1000e6, 100e6, 9900e6);
    }

    function claimAt(DealIn memory d, uint256 day) private {
        atDay(day);
        claim(d, 0);
    }

    function test_NamingOne_ChangesNoStage() external {
        DealIn memory d = sequential(staged());
        open(d);
        deliver(d, 0, 0);
        reject(d, 0, 0);
        _name(d, PAYEE, 0, "", provider);
        assertCell(d, 0, Cells.REJECTED, 1, clockNow() + 1 + WEEK);
        assertCell(d, 1, Cells.ACTIVE, 0, rawOfDay(0));
        assertCell(d, 2, Cells.UNFUNDED, 0, Cells.BLOCKED);
        assertEq(escrow.stages(idOf(d)) >> 96, 0);
        // In time and noted: not late.
        deliver(d, 0, 1);
        assertNote(d, 0, 0, 0, 0, false);
        mark();
        accept(d, 1, 1);
        assertCode(d, 0, Cells.PAID);
        assertMoved(0, 0, 0, 19_800e6);
    }

    function test_WhenAnotherSends_IsRefused() external {
        DealIn memory d = deal();
        d.parties.providerDelegate = providerDelegate;
        open(d);
        address[3] memory others = [stranger, client, providerDelegate];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(provider);
            _name(d, PAYEE, 0, "", others[k]);
        }
    }

    function test_WhenSigned_ItsNonceIsUsedOnce() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        bytes memory first = auth(PROVIDER_KEY, abi.encode(typeOf(NAME_PAYEE), id, PAYEE, 0));
        bytes memory second = auth(PROVIDER_KEY, abi.encode(typeOf(NAME_PAYEE), id, stranger, 1));
        vm.expectRevert(abi.encodeWithSignature("InvalidAccountNonce(address,uint256)", provider, 0));
        _name(d, stranger, 1, second, relayer);
        _name(d, PAYEE, 0, first, relayer);
        assertEq(escrow.payees(id), PAYEE);
        _name(d, stranger, 1, second, relayer);
        assertEq(escrow.payees(id), stranger);
        vm.expectRevert(abi.encodeWithSignature("InvalidAccountNonce(address,uint256)", provider, 2));
        _name(d, PAYEE, 0, first, relayer);
        assertEq(escrow.nonces(provider), 2);
    }

    function test_GivenTheEscrowAsPayee_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        refused(Errors.BadReceiver.selector, uint160(address(escrow)));
        _name(d, address(escrow), 0, "", provider);
    }

    function test_WhenAllHasEnded_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        accept(d, 7, 0);
        refused(Errors.WrongStage.selector, 0, Cells.PAID);
        _name(d, PAYEE, 0, "", provider);
    }

    function test_WhenNotOpen_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        refusedId(Errors.NotOpen.selector, id);
        _name(d, PAYEE, 0, "", provider);
    }
}
