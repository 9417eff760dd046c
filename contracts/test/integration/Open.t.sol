// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn, TrancheIn} from "../Deal.sol";
import {Scene, Wallet} from "./Scene.sol";

contract OpenTest is Scene {
    using Deal for DealIn;

    function _open(DealIn memory d, uint256 fundNow, uint256 clientKey, uint256 providerKey, address sender) private {
        bytes32 id = idOf(d);
        _send(d.pack(ALL), fundNow, clientKey == 0 ? bytes("") : sign(clientKey, id), sign(providerKey, id), sender);
    }

    function _send(bytes memory all, uint256 fundNow, bytes memory one, bytes memory two, address sender) private {
        vm.prank(sender);
        escrow.open(all, fundNow, one, two);
    }

    function test_WhenAnyoneSendsBothSignatures_PullsEveryTrancheInFull() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        mark();
        vm.expectEmit(address(escrow));
        emit IRecord.Opened(id, client, provider, d.work.document);
        _send(d.pack(ALL), 0, one, two, stranger);
        assertMoved(-int256(M0 + M1 + M2), 0, 0);
        for (uint256 i; i < 3; ++i) {
            assertCell(d, i, Cells.ACTIVE, 0, 0);
        }
        assertEq(escrow.stages(id) >> 96, 0);
    }

    function test_WhenAPartySends_NeedsOnlyTheOther() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        _send(d.pack(ALL), 0, one, "", provider);
        assertCode(d, 2, Cells.ACTIVE);
        d.work.document = keccak256("b");
        open(d);
        assertCode(d, 2, Cells.ACTIVE);
    }

    function test_WhenASignatureIsMissingOrWrong_IsRefused() external {
        DealIn memory d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        bytes memory all = d.pack(ALL);
        notAuthorised(client);
        _send(all, 0, "", two, stranger);
        notAuthorised(client);
        _send(all, 0, "", two, provider);
        notAuthorised(provider);
        _send(all, 0, one, "", client);
        notAuthorised(client);
        _send(all, 0, two, two, stranger);
        notAuthorised(provider);
        _send(all, 0, one, one, stranger);
        notAuthorised(client);
        _send(all, 0, sign(CLIENT_DELEGATE_KEY, id), two, stranger);
        notAuthorised(provider);
        _send(all, 0, one, sign(PROVIDER_DELEGATE_KEY, id), stranger);
        one[7] ^= 0x01;
        notAuthorised(client);
        _send(all, 0, one, two, stranger);
    }

    function test_WhenATermDiffersByOneBit_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        d.work.tranches[2].amount ^= 1;
        notAuthorised(client);
        _send(d.pack(ALL), 0, one, two, stranger);
        d.work.tranches[2].amount ^= 1;
        d.arbitration.fallbackBps ^= 1;
        notAuthorised(client);
        _send(d.pack(ALL), 0, one, two, stranger);
        d.arbitration.fallbackBps ^= 1;
        d.parties.providerDelegate = stranger;
        notAuthorised(client);
        _send(d.pack(ALL), 0, one, two, stranger);
    }

    function test_WhenSignedForAnotherChainOrEscrow_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        uint256 chain = vm.getChainId();
        vm.chainId(999);
        notAuthorised(client);
        _send(d.pack(ALL), 0, one, two, stranger);
        vm.chainId(chain);
        escrow = deployEscrow();
        notAuthorised(client);
        _send(d.pack(ALL), 0, one, two, stranger);
    }

    function test_UntilOpenBy_Opens() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        bytes memory two = sign(PROVIDER_KEY, id);
        atMinute(d.work.openBy);
        refused(Errors.PastOpenBy.selector, d.work.openBy);
        _send(d.pack(ALL), 0, "", two, client);
        vm.warp(uint256(d.work.openBy) * 60 - 1);
        _send(d.pack(ALL), 0, "", two, client);
        assertCode(d, 0, Cells.ACTIVE);
    }

    function test_GivenAnIdThatWasUsed_IsRefused() external {
        DealIn memory d = single();
        bytes32 id = open(d);
        refusedId(Errors.AlreadyUsed.selector, id);
        this.openAgain(d, id);
        accept(d, 1, 0);
        refusedId(Errors.AlreadyUsed.selector, id);
        this.openAgain(d, id);
    }

    function openAgain(DealIn memory d, bytes32 id) external {
        _send(d.pack(ALL), 0, "", sign(PROVIDER_KEY, id), client);
    }

    function test_GivenTermsThatReplaceOthers_IsRefused() external {
        DealIn memory d = deal();
        d.work.replaces = keccak256("other");
        bytes memory all = d.pack(ALL);
        refused(Errors.ReplacesMismatch.selector, 0, uint256(d.work.replaces));
        _send(all, 0, "", "", client);
    }

    function test_WhenABranchIsHashed_IsRefused() external {
        DealIn memory d = deal();
        for (uint8 k; k < 4; ++k) {
            missing(15, 15 ^ (1 << k));
            _send(d.pack(uint8(15 ^ (1 << k))), 0, "", "", client);
        }
    }

    function test_GivenAFundBy_PullsOnlyTheTerminationFee() external {
        DealIn memory d = staged();
        mark();
        open(d);
        assertMoved(-int256(M0 + M1 + 1000e6), 0, 0);
        assertCell(d, 2, Cells.UNFUNDED, 0, 0);
    }

    function test_GivenAFundBy_TheClientMayFundAtOnce() external {
        DealIn memory d = staged();
        mark();
        _open(d, 4, 0, PROVIDER_KEY, client);
        assertMoved(-int256(M0 + M1 + M2), 0, 0);
        assertCell(d, 2, Cells.ACTIVE, 0, 0);
    }

    function test_GivenAFundBy_NobodyElseMayFundAtOnce() external {
        DealIn memory d = staged();
        bytes32 id = idOf(d);
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        notAuthorised(client);
        _send(d.pack(ALL), 4, one, two, provider);
    }

    function test_WhenFundNowNamesFundedOrMissingTranches_ChangesNothing() external {
        DealIn memory d = staged();
        mark();
        _open(d, type(uint256).max ^ 4, 0, PROVIDER_KEY, client);
        assertMoved(-int256(M0 + M1 + 1000e6), 0, 0);
        assertEq(escrow.stages(idOf(d)) >> 96, 0);
    }

    function test_GivenSequentialTerms_LaterMilestonesWait() external {
        DealIn memory d = sequential(dealWithOutcome());
        d.work.tranches[2].fundBy = uint32(T0 + 50 * DAY);
        d.work.tranches[3].fundBy = uint32(T0 + 60 * DAY);
        mark();
        open(d);
        assertMoved(-int256(M0 + M1), 0, 0);
        assertCell(d, 0, Cells.ACTIVE, 0, 0);
        assertCell(d, 1, Cells.WAITING, 0, 0);
        assertCell(d, 2, Cells.UNFUNDED, 0, Cells.BLOCKED);
        assertCell(d, 3, Cells.UNFUNDED, 0, 0);
    }

    function test_GivenAnOutcome_AwaitsItsReport() external {
        DealIn memory d = classic();
        mark();
        open(d);
        assertMoved(-115_000e6, 0, 0);
        assertCell(d, 0, Cells.ACTIVE, 0, 0);
        assertCell(d, 1, Cells.AWAITING, 0, 0);
    }

    function test_GivenEightTranches_OpensAll() external {
        DealIn memory d = deal();
        TrancheIn[] memory eight = new TrancheIn[](8);
        for (uint256 i; i < 8; ++i) {
            eight[i] = milestone(1e6, 10, 40);
        }
        d.work.tranches = eight;
        mark();
        open(d);
        assertMoved(-8e6, 0, 0);
        for (uint256 i; i < 8; ++i) {
            assertCell(d, i, Cells.ACTIVE, 0, 0);
        }
        mark();
        accept(d, 0xff, 0);
        assertMoved(0, 7.92e6, 0.08e6);
    }

    function test_GivenAContractAccount_OpensWhileItStandsByItsSignature() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        bytes memory two = sign(PROVIDER_KEY, id);
        Wallet wallet = makeWallet(client);
        notAuthorised(client);
        _send(d.pack(ALL), 0, hex"01", two, stranger);
        wallet.set(id, true);
        wallet.set(id, false);
        notAuthorised(client);
        _send(d.pack(ALL), 0, hex"01", two, stranger);
        wallet.set(id, true);
        _send(d.pack(ALL), 0, hex"01", two, stranger);
        assertCode(d, 0, Cells.ACTIVE);
        wallet.set(id, false);
        assertCode(d, 0, Cells.ACTIVE);
    }

    function test_GivenAKeyWithCode_ItsEcdsaSignatureCounts() external {
        makeWallet(client);
        makeWallet(provider);
        _open(deal(), 0, CLIENT_KEY, PROVIDER_KEY, stranger);
        assertCode(deal(), 0, Cells.ACTIVE);
    }

    function test_GivenATokenThatKeepsAFee_IsRefused() external {
        DealIn memory d = deal();
        bytes32 id = idOf(d);
        moody.tax(true);
        bytes memory two = sign(PROVIDER_KEY, id);
        refused(Errors.InexactTransfer.selector, 100_000e6, 99_000e6);
        _send(d.pack(ALL), 0, "", two, client);
    }

    function test_GivenAClientWithoutTheMoney_IsRefused() external {
        DealIn memory d = deal();
        bytes memory two = sign(PROVIDER_KEY, idOf(d));
        vm.prank(client);
        token.transfer(stranger, 950_000e6);
        vm.expectRevert();
        _send(d.pack(ALL), 0, "", two, client);
        assertEq(escrow.stages(idOf(d)), 0);
    }

    function test_GivenInvalidTerms_IsRefused() external {
        DealIn memory d = deal();
        d.work.feeBps = 301;
        bytes memory two = sign(PROVIDER_KEY, idOf(d));
        refused(Errors.FeeOverCap.selector, 301, 300);
        _send(d.pack(ALL), 0, "", two, client);
    }

    function test_TheDomain_IsErc5267() external {
        (bytes1 fields, string memory name, string memory version, uint256 chain, address verifier,,) =
            escrow.eip712Domain();
        assertEq(uint8(fields), 15);
        assertEq(name, "Commenda");
        assertEq(version, "1");
        assertEq(chain, block.chainid);
        assertEq(verifier, address(escrow));
        bytes32 kind = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        bytes32 expected =
            keccak256(abi.encode(kind, keccak256("Commenda"), keccak256("1"), block.chainid, address(escrow)));
        assertEq(escrow.domain(), expected);
        vm.chainId(77);
        expected = keccak256(abi.encode(kind, keccak256("Commenda"), keccak256("1"), 77, address(escrow)));
        assertEq(escrow.domain(), expected);
    }

    function test_TheFeeCap_IsAConstant() external view {
        assertEq(escrow.MAX_FEE_BPS(), 300);
    }
}
