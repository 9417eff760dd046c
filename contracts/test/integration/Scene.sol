// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Deployed} from "../Deployed.sol";
import {Errors} from "../../src/Errors.sol";
import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Panel} from "../../src/Panel.sol";
import {SignedReports} from "../../src/SignedReports.sol";
import {Cells} from "../../src/libraries/Cells.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn, TrancheIn} from "../Deal.sol";
import {RehearsalToken} from "../../src/RehearsalToken.sol";

/// @notice A token that can turn: refuse a receiver, or keep 1 % of every transfer.
contract Moody is RehearsalToken(6) {
    mapping(address => bool) public refused;
    bool public taxed;

    function refuse(address to, bool on) external {
        refused[to] = on;
    }

    function tax(bool on) external {
        taxed = on;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!refused[to], "refused");
        super._update(from, to, value);
        if (taxed && from != address(0)) super._update(to, address(0xdead), value / 100);
    }
}

/// @notice A contract account (ERC-1271) that signs what it is told to, and can change its mind.
contract Wallet {
    mapping(bytes32 => bool) public signed;

    function set(bytes32 digest, bool on) external {
        signed[digest] = on;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        return signed[digest] ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

/// @notice An ERC-792 arbitrator that does as it is told.
contract Court {
    uint256 public next = 1;
    uint256 public cost = 0.01 ether;
    uint256 public ruleAtOnce;
    bool public broken;

    function set(uint256 next_, uint256 cost_, uint256 ruleAtOnce_, bool broken_) external {
        (next, cost, ruleAtOnce, broken) = (next_, cost_, ruleAtOnce_, broken_);
    }

    function arbitrationCost(bytes calldata) external view returns (uint256) {
        return cost;
    }

    function createDispute(uint256, bytes calldata) external payable returns (uint256 number) {
        require(!broken, "broken");
        number = next++;
        if (ruleAtOnce != 0) IEscrow(msg.sender).rule(number, ruleAtOnce);
    }

    function give(IEscrow escrow, uint256 number, uint256 ruling) external {
        escrow.rule(number, ruling);
    }
}

/// @title Scene
/// @notice What every integration test asks: what has moved, to the unit; what the cells say; which error came.
abstract contract Scene is Base {
    using Deal for DealIn;
    using Cells for uint256;

    bytes32 internal constant DELIVERABLE = keccak256("deliverable");
    bytes32 internal constant REASONS = keccak256("reasons");
    uint256 internal constant M0 = 20_000e6;
    uint256 internal constant M1 = 30_000e6;
    uint256 internal constant M2 = 50_000e6;

    Moody internal moody;
    Court internal court;
    Wallet private walletCode;
    int256[4] private marked;

    function setUp() public virtual override {
        vm.warp(T0 * 60);
        // By name and not by `new`: a test that carries the escrow's code takes much longer to compile.
        escrow = deployEscrow();
        (memberKeys, members) = _keys("member");
        (reporterKeys, reporters) = _keys("reporter");
        panel = Deployed.panel(members, 2);
        reports = Deployed.reports(reporters, 2);
        moody = Moody(vm.deployCode("Scene.sol:Moody"));
        token = moody;
        court = Court(vm.deployCode("Scene.sol:Court"));
        walletCode = Wallet(vm.deployCode("Scene.sol:Wallet"));
        fundAccount(client, 1_000_000e6);
        fundAccount(provider, 10_000e6);
        token.mint(feeRecipient, 1);
        vm.label(client, "client");
        vm.label(provider, "provider");
        vm.label(address(escrow), "escrow");
        vm.label(feeRecipient, "fee recipient");
    }

    function deployEscrow() internal returns (IEscrow) {
        return Deployed.escrow();
    }

    function _keys(string memory name) private pure returns (uint256[] memory keys, address[] memory accounts) {
        keys = new uint256[](3);
        accounts = new address[](3);
        for (uint256 k; k < 3; ++k) {
            keys[k] = uint256(keccak256(abi.encode(name, k)));
            accounts[k] = vm.addr(keys[k]);
            for (uint256 j = k; j > 0 && accounts[j] < accounts[j - 1]; --j) {
                (keys[j], keys[j - 1]) = (keys[j - 1], keys[j]);
                (accounts[j], accounts[j - 1]) = (accounts[j - 1], accounts[j]);
            }
        }
    }

    // Money --------------------------------------------------------------------------------------------------------

    /// Remembers the balances that `assertMoved` compares with.
    function mark() internal {
        marked = [_of(client), _of(provider), _of(feeRecipient), _of(address(escrow))];
    }

    function assertMoved(int256 toClient, int256 toProvider, int256 toFee) internal view {
        assertMoved(toClient, toProvider, toFee, 0);
    }

    /// Since `mark`. What all of them have more, the escrow has less.
    function assertMoved(int256 toClient, int256 toProvider, int256 toFee, int256 toOthers) internal view {
        assertEq(_of(client) - marked[0], toClient, "client");
        assertEq(_of(provider) - marked[1], toProvider, "provider");
        assertEq(_of(feeRecipient) - marked[2], toFee, "fee recipient");
        assertEq(marked[3] - _of(address(escrow)), toClient + toProvider + toFee + toOthers, "escrow");
    }

    function _of(address who) private view returns (int256) {
        return int256(token.balanceOf(who));
    }

    function owed(address who) internal view returns (uint256) {
        return escrow.credits(address(token), who);
    }

    // State --------------------------------------------------------------------------------------------------------

    function assertCode(DealIn memory d, uint256 i, uint256 code) internal view {
        assertEq(codeOf(d, i), code, "code");
    }

    function assertCell(DealIn memory d, uint256 i, uint256 code, uint256 round, uint256 raw) internal view {
        uint256 s = escrow.stages(idOf(d));
        assertEq(s.code(i), code, "code");
        assertEq(s.round(i), round, "round");
        assertEq(s.raw(i), raw, "clock");
    }

    function assertNote(DealIn memory d, uint256 i, uint256 shareBps, uint256 lateDays, uint256 shift, bool late)
        internal
        view
    {
        (uint16 share_, uint16 lateDays_, uint32 shift_, bool late_,,) = escrow.notes(idOf(d), i);
        assertEq(share_, shareBps, "share");
        assertEq(lateDays_, lateDays, "days late");
        assertEq(shift_, shift, "shift");
        assertEq(late_, late, "late");
    }

    /// The clock of an act now, as a cell keeps it.
    function clockNow() internal view returns (uint256) {
        // Asked of forge: the compiler takes a block's time for a constant.
        return vm.getBlockTimestamp() / 60 - Cells.EPOCH;
    }

    function rawOfDay(uint256 day) internal pure returns (uint256) {
        return T0 + day * DAY - Cells.EPOCH;
    }

    /// @return The first minute after a window that an act at `day` starts.
    function endOf(uint256 day, uint256 length) internal pure returns (uint256) {
        return T0 + day * DAY + 1 + length;
    }

    // What must happen next ----------------------------------------------------------------------------------------

    function refused(bytes4 reason) internal {
        vm.expectRevert(abi.encodePacked(reason));
    }

    function refused(bytes4 reason, uint256 one) internal {
        vm.expectRevert(abi.encodeWithSelector(reason, one));
    }

    function refused(bytes4 reason, uint256 one, uint256 two) internal {
        vm.expectRevert(abi.encodeWithSelector(reason, one, two));
    }

    function refusedId(bytes4 reason, bytes32 id) internal {
        refused(reason, uint256(id));
    }

    function notAuthorised(address expected) internal {
        refused(Errors.NotAuthorised.selector, uint256(uint160(expected)));
    }

    /// The fee is the 1 % of `deal`.
    function expectPaid(bytes32 id, uint256 i, IRecord.Cause cause, bool onTime, bool wasDisputed, uint256 amount)
        internal
    {
        vm.expectEmit(address(escrow));
        uint256 facts = (amount << 40) | (100 << 24) | (i << 16) | (uint256(cause) << 8);
        emit IRecord.Paid(id, facts | (wasDisputed ? 2 : 0) | (onTime ? 1 : 0));
    }

    function expectRefunded(bytes32 id, uint256 i, IRecord.Cause cause, uint256 amount) internal {
        vm.expectEmit(address(escrow));
        emit IRecord.Refunded(id, (amount << 40) | (i << 16) | (uint256(cause) << 8));
    }

    function expectClosed(bytes32 id) internal {
        vm.expectEmit(address(escrow));
        emit IRecord.Closed(id);
    }

    // Ways to say it -----------------------------------------------------------------------------------------------

    /// Gives an account the code of a contract account; its key keeps working (EIP-7702).
    function makeWallet(address who) internal returns (Wallet) {
        vm.etch(who, address(walletCode).code);
        return Wallet(who);
    }

    /// Opens, delivers milestone 0 on day 20.
    function delivered(DealIn memory d) internal {
        open(d);
        atDay(20);
        deliver(d, 0, 0);
    }

    /// Opens, delivers milestone 0 on day 20, rejects it on day 21: its new deadline is `endOf(21, WEEK)`.
    function rejected(DealIn memory d) internal {
        delivered(d);
        atDay(21);
        reject(d, 0, 0);
    }

    /// Opens, delivers milestone 0 on day 20, and the client contests it on day 21.
    function contested(DealIn memory d) internal {
        delivered(d);
        atDay(21);
        contest(d, 0, 0, true);
    }

    /// `contested`, and the provider has answered on day 22.
    function disputed(DealIn memory d) internal {
        contested(d);
        atDay(22);
        answer(d, 0, 0, false);
    }

    /// `deal` with only its first milestone, so that ending it closes the agreement.
    function single() internal view returns (DealIn memory d) {
        d = deal();
        TrancheIn[] memory one = new TrancheIn[](1);
        one[0] = d.work.tranches[0];
        d.work.tranches = one;
    }

    function sequential(DealIn memory d) internal pure returns (DealIn memory) {
        d.work.sequential = true;
        return d;
    }

    /// Milestone 2 is funded until day 50 and can be ended before its start for 1,000.
    function staged() internal view returns (DealIn memory d) {
        d = deal();
        d.work.tranches[2].fundBy = uint32(T0 + 50 * DAY);
        d.work.tranches[2].terminable = true;
        d.work.tranches[2].terminationFee = 1000e6;
    }

    function withoutArbitrator(DealIn memory d) internal pure returns (DealIn memory) {
        d.arbitration.arbitrator = address(0);
        d.arbitration.panel = false;
        d.arbitration.deposit = 0;
        return d;
    }

    /// An act with fewer branches than it reads.
    function missing(uint256 needed, uint256 found) internal {
        refused(Errors.BranchMissing.selector, needed, found);
    }
}
