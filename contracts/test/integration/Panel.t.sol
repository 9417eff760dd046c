// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Deployed} from "../Deployed.sol";
import {Errors} from "../../src/Errors.sol";

import {Cells} from "../../src/libraries/Cells.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

import {Panel} from "../../src/Panel.sol";

/// A token that calls somebody while it is moved.
contract Hook {
    address private target;
    bytes private data;
    bytes public answer;

    function arm(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function transferFrom(address, address, uint256) external returns (bool) {
        (, answer) = target.call(data);
        return true;
    }
}

contract PanelTest is Scene {
    using Deal for DealIn;

    event Created(address[] members, uint256 quorum);
    event PaymentFailed(uint256 indexed number, bytes reason);
    event DisputeCreation(uint256 indexed disputeID, address indexed arbitrable);

    uint256 public ruledNumber;
    uint256 public ruledChoice;

    /// Stands for any other arbitrable.
    function rule(uint256 number, uint256 choice) external {
        (ruledNumber, ruledChoice) = (number, choice);
    }

    function _signatures(address arbitrable, uint256 number, uint256 choice, uint256 mask)
        private
        view
        returns (bytes[] memory signatures)
    {
        bytes32 digest = keccak256(
            abi.encodePacked(
                hex"1901",
                keccak256(
                    abi.encode(
                        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                        keccak256("Commenda Panel"),
                        keccak256("1"),
                        block.chainid,
                        address(panel)
                    )
                ),
                keccak256(
                    abi.encode(
                        keccak256("Ruling(address arbitrable,uint256 number,uint256 choice)"),
                        arbitrable,
                        number,
                        choice
                    )
                )
            )
        );
        signatures = new bytes[](3);
        for (uint256 k; k < 3; ++k) {
            if ((mask >> k) & 1 != 0) signatures[k] = sign(memberKeys[k], digest);
        }
    }

    function _case(DealIn memory d, uint256 i) private view returns (uint256) {
        return uint256(keccak256(abi.encode(idOf(d), i)));
    }

    function _decide(DealIn memory d, uint256 i, uint256 choice, bytes[] memory signatures) private {
        bytes memory pwa = d.pack(PWA);
        vm.prank(stranger);
        panel.decide(escrow, pwa, i, choice, members, signatures);
    }

    function _disputed() private returns (DealIn memory d) {
        d = withDeposit(deal(), 1000e6);
        disputed(d);
    }

    function test_WhenAQuorumSigned_RulesAndPaysThoseWhoSigned() external {
        DealIn memory d = _disputed();
        bytes[] memory signatures = _signatures(address(escrow), _case(d, 0), 51, 5);
        mark();
        _decide(d, 0, 51, signatures);
        assertMoved(10_500e6, 10_400e6, 100e6, 1000e6);
        assertEq(balance(members[0]), 500e6);
        assertEq(balance(members[1]), 0);
        assertEq(balance(members[2]), 500e6);
    }

    function test_WhenAllSigned_SharesAmongAll() external {
        DealIn memory d = _disputed();
        bytes[] memory signatures = _signatures(address(escrow), _case(d, 0), 51, 7);
        _decide(d, 0, 51, signatures);
        assertEq(balance(members[0]), 333_333_334);
        assertEq(balance(members[2]), 333_333_333);
    }

    function test_WhenTheQuorumIsMissed_IsRefused() external {
        DealIn memory d = _disputed();
        bytes[] memory signatures = _signatures(address(escrow), _case(d, 0), 51, 4);
        refused(Panel.QuorumMissed.selector, 1, 2);
        _decide(d, 0, 51, signatures);
        refused(Panel.QuorumMissed.selector, 0, 2);
        _decide(d, 0, 51, new bytes[](0));
    }

    function test_WhenSignedForAnythingElse_IsRefused() external {
        DealIn memory d = _disputed();
        bytes[][4] memory all;
        all[0] = _signatures(address(escrow), _case(d, 0), 52, 3);
        all[1] = _signatures(address(escrow), _case(d, 1), 51, 3);
        all[2] = _signatures(address(this), _case(d, 0), 51, 3);
        all[3] = _signatures(address(escrow), _case(d, 0), 51, 3);
        (all[3][0], all[3][1]) = (all[3][1], all[3][0]);
        for (uint256 k; k < 4; ++k) {
            refused(Panel.NotMembers.selector);
            _decide(d, 0, 51, all[k]);
        }
    }

    function test_WhenTheMembersAreOthers_IsRefused() external {
        DealIn memory d = _disputed();
        bytes[] memory signatures = _signatures(address(escrow), _case(d, 0), 51, 3);
        refused(Panel.NotMembers.selector);
        _decide(d, 0, 51, new bytes[](4));
        members[2] = stranger;
        refused(Panel.NotMembers.selector);
        _decide(d, 0, 51, signatures);
    }

    function test_WhenAMemberIsAParty_IsRefused() external {
        for (uint256 k; k < 2; ++k) {
            DealIn memory d = deal();
            if (k == 0) d.parties.client = members[1];
            else d.parties.provider = members[1];
            refused(Panel.MemberIsParty.selector, uint160(members[1]));
            _decide(d, 0, 51, new bytes[](0));
        }
    }

    function test_WhenPayingFails_TheRulingStandsAndCanBeClaimed() external {
        DealIn memory d = withDeposit(classic(), 1000e6);
        open(d);
        atDay(60);
        report(d, 5);
        contest(d, 1, 0, true);
        answer(d, 1, 0, false);
        uint256 number = _case(d, 1);
        bytes[] memory signatures = _signatures(address(escrow), number, 101, 3);
        vm.expectEmit(address(panel));
        emit PaymentFailed(number, abi.encodeWithSelector(Errors.MilestonesOpen.selector));
        _decide(d, 1, 101, signatures);
        assertCode(d, 1, Cells.DISPUTED);
        accept(d, 1, 0);
        atDay(200);
        mark();
        claim(d, 1);
        assertMoved(0, 45_550e6, 1150e6);
        assertEq(owed(address(panel)), 1000e6);
    }

    function test_WhenARulingIsRecorded_AnotherChangesNothing() external {
        DealIn memory d = withDeposit(classic(), 1000e6);
        open(d);
        atDay(60);
        report(d, 5);
        contest(d, 1, 0, true);
        answer(d, 1, 0, false);
        uint256 number = _case(d, 1);
        _decide(d, 1, 101, _signatures(address(escrow), number, 101, 3));
        accept(d, 1, 0);
        mark();
        _decide(d, 1, 1, _signatures(address(escrow), number, 1, 3));
        assertMoved(0, 45_550e6, 1150e6, 1000e6);
    }

    function test_WithTooLittleGas_OrInTheMiddleOfAnotherAct_RecordsNothing() external {
        DealIn memory d = withDeposit(deal(), 1000e6);
        open(d);
        atDay(20);
        deliver(d, 0, 0);
        contest(d, 0, 0, true);
        answer(d, 0, 0, false);
        uint256 number = _case(d, 0);
        bytes[] memory signatures = _signatures(address(escrow), number, 51, 3);
        bytes memory data = abi.encodeCall(Panel.decide, (escrow, d.pack(PWA), 0, 51, members, signatures));
        Hook hook = new Hook();
        hook.arm(address(panel), data);
        bytes memory tipped = auth(
            STRANGER_KEY,
            abi.encode(typeOf("Revoke(bytes32 agreement,"), idOf(_foreign())),
            uint40(block.timestamp + 1),
            address(hook),
            1,
            1,
            uint40(block.timestamp + 1)
        );
        bytes memory terms = _foreign().pack(PARTIES);
        escrow.revoke(terms, true, tipped);
        assertEq(
            hook.answer(),
            abi.encodeWithSelector(Panel.TryAgain.selector, bytes4(keccak256("ReentrancyGuardReentrantCall()")))
        );
        moody.refuse(provider, true);
        for (uint256 gas_ = 150_000; gas_ < 700_000; gas_ += 50_000) {
            uint256 state = vm.snapshotState();
            (bool ok,) = address(panel).call{gas: gas_}(data);
            assertEq(ok, codeOf(d, 0) == Cells.ENDED);
            assertEq(escrow.disputes(address(panel), number), 0);
            vm.revertToState(state);
        }
    }

    /// A stranger's terms, which nobody has to have signed.
    function _foreign() private view returns (DealIn memory d) {
        d = deal();
        d.parties.client = stranger;
    }

    function test_OnATerminalTranche_IsRecordedAndChangesNothing() external {
        DealIn memory d = _disputed();
        accept(d, 1, 0);
        uint256 number = _case(d, 0);
        bytes[] memory signatures = _signatures(address(escrow), number, 1, 3);
        mark();
        _decide(d, 0, 1, signatures);
        assertMoved(0, 0, 0);
        assertCode(d, 0, Cells.PAID);
        assertEq(uint8(escrow.disputes(address(panel), number)), 1);
    }

    function test_WhenAReceiverIsRefused_PaysTheOthers() external {
        DealIn memory d = _disputed();
        moody.refuse(client, true);
        moody.refuse(members[0], true);
        bytes[] memory signatures = _signatures(address(escrow), _case(d, 0), 51, 3);
        mark();
        _decide(d, 0, 51, signatures);
        assertMoved(0, 10_400e6, 100e6, 500e6);
        assertEq(owed(client), 10_500e6);
        assertEq(owed(members[0]), 500e6);
    }

    function test_Share_NeedsTheMembersAndACredit() external {
        refused(Errors.CreditTooLow.selector, 0, 0);
        panel.share(escrow, address(token), members);
        address[] memory others = new address[](3);
        refused(Panel.NotMembers.selector);
        panel.share(escrow, address(token), others);
    }

    function test_Members_AreFixedAndAscending() external {
        assertEq(panel.MEMBERS(), keccak256(abi.encodePacked(members)));
        assertEq(panel.QUORUM(), 2);
        vm.expectEmit();
        emit Created(members, 3);
        Deployed.panel(members, 3);
        refused(Panel.BadMembers.selector);
        Deployed.panel(members, 0);
        refused(Panel.BadMembers.selector);
        Deployed.panel(members, 4);
        (members[0], members[1]) = (members[1], members[0]);
        refused(Panel.BadMembers.selector);
        Deployed.panel(members, 2);
        members[1] = members[0];
        refused(Panel.BadMembers.selector);
        Deployed.panel(members, 2);
        members[0] = address(0);
        refused(Panel.BadMembers.selector);
        Deployed.panel(members, 2);
        address[] memory many = new address[](256);
        for (uint256 k; k < 256; ++k) {
            many[k] = address(uint160(k + 1));
        }
        refused(Panel.BadMembers.selector);
        Deployed.panel(many, 2);
    }

    function test_ForAnyArbitrable_CostsNothingAndRulesOnce() external {
        assertEq(panel.arbitrationCost(""), 0);
        refused(Panel.ValueNotTaken.selector, 1);
        panel.createDispute{value: 1}(2, "");
        vm.expectEmit(address(panel));
        emit DisputeCreation(1, address(this));
        assertEq(panel.createDispute(2, ""), 1);
        bytes[] memory signatures = _signatures(address(this), 1, 2, 6);
        panel.give(1, 2, members, signatures);
        assertEq(ruledNumber, 1);
        assertEq(ruledChoice, 2);
        refused(Panel.AlreadyRuled.selector, 1);
        panel.give(1, 2, members, signatures);
    }

    function test_ForAnyArbitrable_NeedsADisputeAChoiceAndAQuorum() external {
        refused(Panel.UnknownDispute.selector, 1);
        panel.give(1, 2, members, new bytes[](0));
        panel.createDispute(2, "");
        refused(Panel.BadChoice.selector, 3);
        panel.give(1, 3, members, new bytes[](0));
        refused(Panel.QuorumMissed.selector, 0, 2);
        panel.give(1, 2, members, new bytes[](0));
        assertFalse(panel.ruled(1));
        bytes[] memory signatures = _signatures(address(this), 1, 0, 6);
        panel.give(1, 0, members, signatures);
        assertEq(ruledChoice, 0);
    }

    function test_AsErc792ArbitratorOfTheEscrow_ItsRulingIsClaimed() external {
        DealIn memory d = withArbitrator(deal(), address(panel));
        contested(d);
        escrow.arbitrate(d.pack(6), 0);
        bytes[] memory signatures = _signatures(address(escrow), 1, 101, 3);
        panel.give(1, 101, members, signatures);
        bytes memory all = d.pack(ALL);
        mark();
        escrow.claim(all, 0, 1);
        assertMoved(0, 19_800e6, 200e6);
    }
}
