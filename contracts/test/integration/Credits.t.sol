// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";

import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract CreditsTest is Scene {
    using Deal for DealIn;

    string private constant REDIRECT = "Redirect(address token,address to,uint256 amount,uint256 nonce,";
    address private constant TO = address(0xbeef);

    event CreditPaid(address indexed token, address indexed owner, address to, uint256 amount);
    event Credited(address indexed token, address indexed owner, uint256 amount);

    /// The provider has a credit of 19,800.
    function setUp() public override {
        super.setUp();
        DealIn memory d = deal();
        open(d);
        moody.refuse(provider, true);
        accept(d, 1, 0);
        mark();
    }

    function _redirect(address to, uint256 amount, address sender) private {
        vm.prank(sender);
        escrow.redirect(address(token), provider, to, amount, 0, "");
    }

    function test_WhenTheOwnerRedirects_IsSentElsewhere() external {
        vm.expectEmit(address(escrow));
        emit CreditPaid(address(token), provider, TO, 800e6);
        _redirect(TO, 800e6, provider);
        assertMoved(0, 0, 0, 800e6);
        assertEq(owed(provider), 19_000e6);
        _redirect(TO, 19_000e6, provider);
        assertEq(owed(provider), 0);
    }

    function test_GivenAReceiverThatIsRefused_StaysTheOwnersCredit() external {
        moody.refuse(TO, true);
        vm.expectEmit(address(escrow));
        emit Credited(address(token), provider, 800e6);
        _redirect(TO, 800e6, provider);
        assertEq(owed(provider), 19_800e6);
        assertEq(owed(TO), 0);
    }

    function test_WhenTooMuchOrNothing_IsRefused() external {
        refused(Errors.CreditTooLow.selector, 19_800e6, 19_800e6 + 1);
        _redirect(TO, 19_800e6 + 1, provider);
        refused(Errors.CreditTooLow.selector, 19_800e6, 0);
        _redirect(TO, 0, provider);
    }

    function test_WhenAnotherSends_IsRefused() external {
        address[3] memory others = [stranger, client, relayer];
        for (uint256 k; k < 3; ++k) {
            notAuthorised(provider);
            _redirect(TO, 1, others[k]);
        }
    }

    function test_GivenABadReceiver_IsRefused() external {
        refused(Errors.BadReceiver.selector, uint160(address(escrow)));
        _redirect(address(escrow), 1, provider);
        refused(Errors.BadReceiver.selector, 0);
        _redirect(address(0), 1, provider);
    }

    function test_WhenSigned_ItsNonceIsUsedOnce() external {
        bytes memory signed = auth(PROVIDER_KEY, abi.encode(typeOf(REDIRECT), address(token), TO, 100e6, 0));
        escrow.redirect(address(token), provider, TO, 100e6, 0, signed);
        assertEq(balance(TO), 100e6);
        vm.expectRevert(abi.encodeWithSignature("InvalidAccountNonce(address,uint256)", provider, 1));
        escrow.redirect(address(token), provider, TO, 100e6, 0, signed);
    }

    function test_ATip_ComesFromWhatIsLeftOfTheCredit() external {
        uint40 soon = uint40(vm.getBlockTimestamp());
        bytes memory signed = auth(
            PROVIDER_KEY,
            abi.encode(typeOf(REDIRECT), address(token), TO, 19_700e6, 0),
            soon,
            address(token),
            100e6,
            100e6,
            soon
        );
        vm.prank(relayer);
        escrow.redirect(address(token), provider, TO, 19_700e6, 0, signed);
        assertEq(balance(relayer), 100e6);
        assertEq(owed(provider), 0);
    }

    function test_Push_PaysTheOwnerOnceItCan() external {
        vm.expectEmit(address(escrow));
        emit Credited(address(token), provider, 19_800e6);
        escrow.push(address(token), provider);
        assertEq(owed(provider), 19_800e6);
        moody.refuse(provider, false);
        vm.expectEmit(address(escrow));
        emit CreditPaid(address(token), provider, provider, 19_800e6);
        vm.prank(stranger);
        escrow.push(address(token), provider);
        assertMoved(0, 19_800e6, 0);
        refused(Errors.CreditTooLow.selector, 0, 0);
        escrow.push(address(token), provider);
    }

    function test_Credits_AreByTokenAndOwner() external {
        refused(Errors.CreditTooLow.selector, 0, 0);
        escrow.push(address(moody), client);
        refused(Errors.CreditTooLow.selector, 0, 0);
        escrow.push(address(court), provider);
    }

    /// What no key signed is nobody's: an invalid signature recovers to zero.
    function test_GivenTheZeroAddress_NoSignatureCounts() external {
        bytes memory junk = auth(PROVIDER_KEY, abi.encode(uint256(0)));
        junk[junk.length - 1] = 0;
        notAuthorised(address(0));
        escrow.redirect(address(token), address(0), TO, 1, 0, junk);
    }
}
