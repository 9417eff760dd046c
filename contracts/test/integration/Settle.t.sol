// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract SettleTest is Scene {
    using Deal for DealIn;

    string private constant SETTLE =
        "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,";

    function _fields(DealIn memory d, uint256 p, uint256 c, uint256 dp, uint256 dc)
        private
        view
        returns (bytes memory)
    {
        return abi.encode(typeOf(SETTLE), idOf(d), p, c, dp, dc);
    }

    /// Both sign; the stranger sends.
    function _settle(DealIn memory d, uint256 p, uint256 c, uint256 dp, uint256 dc) private {
        bytes memory fields = _fields(d, p, c, dp, dc);
        _send(d, p, c, dp, dc, auth(CLIENT_KEY, fields), auth(PROVIDER_KEY, fields), stranger);
    }

    function _send(
        DealIn memory d,
        uint256 p,
        uint256 c,
        uint256 dp,
        uint256 dc,
        bytes memory one,
        bytes memory two,
        address sender
    ) private {
        bytes memory pwa = d.pack(PWA);
        vm.prank(sender);
        escrow.settle(pwa, p, c, dp, dc, one, two);
    }

    function _expectBadSplit(
        DealIn memory d,
        uint256 p,
        uint256 c,
        uint256 dp,
        uint256 dc,
        uint256 expected,
        uint256 found
    ) private {
        bytes memory fields = _fields(d, p, c, dp, dc);
        bytes memory one = auth(CLIENT_KEY, fields);
        bytes memory two = auth(PROVIDER_KEY, fields);
        refused(Errors.BadSplit.selector, expected, found);
        _send(d, p, c, dp, dc, one, two, stranger);
    }

    function test_WhenBothSigned_SplitsAndCloses() external {
        DealIn memory d = deal();
        bytes32 id = open(d);
        bytes memory fields = _fields(d, 40_000e6, 60_000e6, 0, 0);
        bytes memory one = auth(CLIENT_KEY, fields);
        bytes memory two = auth(PROVIDER_KEY, fields);
        mark();
        expectPaid(id, 0, IRecord.Cause.Settlement, true, true, 40_000e6);
        expectRefunded(id, 0, IRecord.Cause.Settlement, 60_000e6);
        expectClosed(id);
        _send(d, 40_000e6, 60_000e6, 0, 0, one, two, stranger);
        assertMoved(60_000e6, 39_600e6, 400e6);
        for (uint256 i; i < 3; ++i) {
            assertCell(d, i, Cells.CLOSED, 0, 0);
        }
    }

    function test_WhenAPartySends_NeedsOnlyTheOther() external {
        DealIn memory d = deal();
        open(d);
        bytes memory fields = _fields(d, 0, 100_000e6, 0, 0);
        bytes memory one = auth(CLIENT_KEY, fields);
        bytes memory two = auth(PROVIDER_KEY, fields);
        uint256 snapshot = vm.snapshotState();
        mark();
        _send(d, 0, 100_000e6, 0, 0, "", two, client);
        assertMoved(100_000e6, 0, 0);
        vm.revertToState(snapshot);
        mark();
        _send(d, 0, 100_000e6, 0, 0, one, "", provider);
        assertMoved(100_000e6, 0, 0);
    }

    function test_WhenASignatureIsMissingOrWrong_IsRefused() external {
        DealIn memory d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
        open(d);
        bytes memory fields = _fields(d, 0, 100_000e6, 0, 0);
        bytes memory one = auth(CLIENT_KEY, fields);
        bytes memory two = auth(PROVIDER_KEY, fields);
        bytes memory delegate = auth(CLIENT_DELEGATE_KEY, fields);
        notAuthorised(client);
        _send(d, 0, 100_000e6, 0, 0, "", two, stranger);
        notAuthorised(provider);
        _send(d, 0, 100_000e6, 0, 0, one, "", stranger);
        notAuthorised(provider);
        _send(d, 0, 100_000e6, 0, 0, "", "", client);
        notAuthorised(client);
        _send(d, 0, 100_000e6, 0, 0, delegate, two, stranger);
        notAuthorised(provider);
        _send(d, 0, 100_000e6, 0, 0, one, one, stranger);
        notAuthorised(client);
        _send(d, 1, 100_000e6 - 1, 0, 0, one, two, stranger);
    }

    function test_WhenTheSplitDoesNotFit_IsRefused() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        _expectBadSplit(d, 1, 100_000e6, 0, 2000e6, 100_000e6, 100_000e6 + 1);
        _expectBadSplit(d, 0, 100_000e6 - 1, 0, 2000e6, 100_000e6, 100_000e6 - 1);
        _expectBadSplit(d, 0, 100_000e6, 0, 0, 2000e6, 0);
        _expectBadSplit(d, 0, 100_000e6, 2000e6, 1, 2000e6, 2000e6 + 1);
    }

    function test_WhenTheSplitOverflows_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        bytes memory fields = _fields(d, 100_000e6 + 1, type(uint256).max, 0, 0);
        bytes memory one = auth(CLIENT_KEY, fields);
        bytes memory two = auth(PROVIDER_KEY, fields);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        _send(d, 100_000e6 + 1, type(uint256).max, 0, 0, one, two, stranger);
    }

    function test_GivenEveryStage_HoldsExactlyWhatIsUnpaid() external {
        DealIn memory d = sequential(dealWithOutcome());
        d.work.tranches[2].fundBy = uint32(T0 + 50 * DAY);
        d.work.tranches[2].terminationFee = 1000e6;
        open(d);
        deliver(d, 0, 0);
        acceptPart(d, 0, 0, 2500);
        // 15,000 + 30,000 + 1,000 + 45,000
        mark();
        _settle(d, 91_000e6, 0, 0, 0);
        assertMoved(0, 90_090e6, 910e6);
        assertEq(balance(address(escrow)), 0);
    }

    function test_GivenPaidMilestones_SendsTheirFeesToo() external {
        DealIn memory d = deal();
        open(d);
        accept(d, 1, 0);
        mark();
        _settle(d, 0, 80_000e6, 0, 0);
        assertMoved(80_000e6, 0, 200e6);
        assertCode(d, 0, Cells.PAID);
    }

    function test_GivenOneContested_ItsDepositIsSplitToo() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        contested(d);
        mark();
        _settle(d, 50_000e6, 50_000e6, 400e6, 600e6);
        assertMoved(50_600e6, 49_900e6, 500e6);
    }

    function test_GivenOneDisputed_BothDepositsAreSplitToo() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        mark();
        _settle(d, 50_000e6, 50_000e6, 2000e6, 0);
        assertMoved(50_000e6, 51_500e6, 500e6);
    }

    function test_GivenADisputeWithoutDeposits_ThereAreNone() external {
        DealIn memory d = deal();
        contested(d);
        mark();
        _settle(d, 50_000e6, 50_000e6, 0, 0);
        assertMoved(50_000e6, 49_500e6, 500e6);
    }

    function test_GivenAFrontedCost_TheFronterGetsItsDeposit() external {
        DealIn memory d = withArbitrator(withDeposit(deal(), 1000e6), address(court));
        disputed(d);
        vm.deal(stranger, 1 ether);
        bytes memory wa = d.pack(6);
        vm.prank(stranger);
        escrow.arbitrate{value: 0.01 ether}(wa, 0);
        _expectBadSplit(d, 0, 100_000e6, 0, 2000e6, 1000e6, 2000e6);
        mark();
        _settle(d, 0, 100_000e6, 1000e6, 0);
        assertMoved(100_000e6, 1000e6, 0, 1000e6);
        assertEq(balance(stranger), 1000e6);
        // A ruling afterwards changes nothing.
        court.give(escrow, 1, 101);
        bytes memory all = d.pack(ALL);
        refused(Errors.WrongStage.selector, 0, Cells.CLOSED);
        escrow.claim(all, 0, 1);
    }

    function test_GivenAPayee_ItGetsThePayoutAndTheProviderItsDeposits() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        disputed(d);
        bytes memory p = d.pack(PARTIES);
        vm.prank(provider);
        escrow.namePayee(p, address(0xbeef), 0, "");
        mark();
        _settle(d, 100_000e6, 0, 1500e6, 500e6);
        assertMoved(500e6, 1500e6, 1000e6, 99_000e6);
        assertEq(balance(address(0xbeef)), 99_000e6);
    }

    function test_BothTips_ComeFromTheirSignersMoney() external {
        DealIn memory d = deal();
        open(d);
        bytes memory fields = _fields(d, 40_000e6, 60_000e6, 0, 0);
        uint40 soon = uint40(vm.getBlockTimestamp() + 1);
        bytes memory one = auth(CLIENT_KEY, fields, soon, address(token), 9e6, 7e6, soon);
        bytes memory two = auth(PROVIDER_KEY, fields, soon, address(token), 9e6, 5e6, soon);
        mark();
        _send(d, 40_000e6, 60_000e6, 0, 0, one, two, relayer);
        assertMoved(60_000e6 - 7e6, 39_600e6 - 5e6, 400e6, 12e6);
        assertEq(balance(relayer), 12e6);
    }

    function test_WhenAllHasEnded_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        accept(d, 7, 0);
        bytes memory fields = _fields(d, 0, 0, 0, 0);
        bytes memory one = auth(CLIENT_KEY, fields);
        bytes memory two = auth(PROVIDER_KEY, fields);
        refused(Errors.WrongStage.selector, 0, Cells.PAID);
        _send(d, 0, 0, 0, 0, one, two, stranger);
    }

    function test_WhenHashed_IsRefused() external {
        DealIn memory d = deal();
        open(d);
        missing(7, 3);
        escrow.settle(d.pack(3), 0, 0, 0, 0, "", "");
    }
}
