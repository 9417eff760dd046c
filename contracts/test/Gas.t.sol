// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {Deal, DealIn} from "./Deal.sol";

contract CentralArbitrator {
    uint256 private count;

    function arbitrationCost(bytes calldata) external pure returns (uint256) {
        return 0.01 ether;
    }

    function createDispute(uint256, bytes calldata) external payable returns (uint256) {
        return ++count;
    }

    function give(address arbitrable, uint256 number, uint256 ruling) external {
        (bool ok,) = arbitrable.call(abi.encodeWithSignature("rule(uint256,uint256)", number, ruling));
        require(ok);
    }
}

/// @notice Gas of whole transactions, calldata included, by named scenario: contracts/snapshots/Gas.json. Same lifecycle as
/// the table in docs/protocol.md: three milestones, a token of 6 decimals, infinite approval, the escrow warm with
/// another open agreement, the provider's balance not zero, 1 % fee.
/// forge-config: default.isolate = true
contract GasTest is Base {
    using Deal for DealIn;

    bytes private written;

    function setUp() public override {
        super.setUp();
        written = abi.encode(deal());
        DealIn memory other = deal();
        other.work.document = keccak256("another agreement");
        open(other);
    }

    function _snap(string memory name) private returns (uint256) {
        return vm.snapshotGasLastCall("Gas", name);
    }

    function test_Milestones() external {
        bytes memory all = d().pack(ALL);
        bytes memory signature = sign(PROVIDER_KEY, idOf(d()));
        vm.prank(client);
        escrow.open(all, 0, "", signature);
        uint256 sum = _snap("open");
        bytes memory p = d().pack(PARTIES);
        bytes memory pw = d().pack(PW);
        string[3] memory names = ["releaseFirst", "release", "releaseLast"];
        for (uint256 i; i < 3; ++i) {
            vm.prank(provider);
            escrow.deliver(p, i, 0, keccak256("deliverable"), "");
            sum += _snap("deliver");
            vm.prank(client);
            escrow.accept(pw, 1 << i, 0, keccak256("deliverable"), "");
            sum += _snap(names[i]);
        }
        vm.snapshotValue("Gas", "threeMilestonesWithEvidence", sum);
    }

    function test_Relayed() external {
        bytes memory all = d().pack(ALL);
        bytes32 id = idOf(d());
        bytes memory one = sign(CLIENT_KEY, id);
        bytes memory two = sign(PROVIDER_KEY, id);
        vm.prank(relayer);
        escrow.open(all, 0, one, two);
        _snap("openRelayed");
    }

    /// Nothing but opening and three releases; the last one takes the fees of all.
    function test_WithoutDelivery() external {
        bytes memory all = d().pack(ALL);
        bytes memory signature = sign(PROVIDER_KEY, idOf(d()));
        vm.prank(client);
        escrow.open(all, 0, "", signature);
        uint256 sum = _snap("open");
        bytes memory pw = d().pack(PW);
        string[3] memory names = ["releaseFirstNoEvidence", "releaseNoEvidence", "releaseLastNoEvidence"];
        for (uint256 i; i < 3; ++i) {
            vm.prank(client);
            escrow.accept(pw, 1 << i, 0, keccak256("deliverable"), "");
            sum += _snap(names[i]);
        }
        vm.snapshotValue("Gas", "threeMilestones", sum);
    }

    function test_Cooperative() external {
        open(d());
        bytes32 id = idOf(d());
        bytes memory fields = abi.encode(
            typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"),
            id,
            7,
            0,
            keccak256("all")
        );
        bytes memory signed = auth(CLIENT_KEY, fields);
        bytes memory pw = d().pack(PW);
        vm.prank(provider);
        escrow.accept(pw, 7, 0, keccak256("all"), signed);
        _snap("cooperativeRedeem");
    }

    function test_Silence() external {
        open(d());
        atDay(20);
        deliver(d(), 0, 0);
        atDay(31);
        bytes memory pw = d().pack(PW);
        vm.prank(stranger);
        escrow.claim(pw, 0, 0);
        _snap("silence");
    }

    function test_Outcome() external {
        DealIn memory c = classic();
        open(c);
        accept(c, 1, 0);
        atDay(61);
        bytes memory proof = reportProof(idOf(c), 60_000, 2);
        bytes memory t = c.pack(10);
        vm.prank(stranger);
        escrow.report(t, 60_000, proof);
        _snap("report");
        atDay(75);
        t = c.pack(11);
        vm.prank(stranger);
        escrow.claim(t, 1, 0);
        _snap("settleOutcome");
    }

    function _dispute(DealIn memory x, string memory name, bool deposits) private {
        open(x);
        atDay(20);
        deliver(x, 0, 0);
        bytes memory t = x.pack(PWA);
        vm.prank(client);
        escrow.contest(t, 0, 0, true, keccak256("reasons"), "");
        _snap(string.concat(name, "Contest"));
        if (deposits) {
            vm.prank(provider);
            escrow.answer(t, 0, 0, "");
            _snap(string.concat(name, "Answer"));
        }
    }

    function test_Panel() external {
        _dispute(d(), "panel", false);
        bytes memory t = d().pack(PWA);
        bytes[] memory signatures = rulingSignatures(idOf(d()), 0, 51);
        vm.prank(stranger);
        panel.decide(escrow, t, 0, 51, members, signatures);
        _snap("panelRule");
    }

    function test_PanelDeposits() external {
        DealIn memory x = withDeposit(d(), 1000e6);
        _dispute(x, "deposits", true);
        token.mint(members[0], 1);
        token.mint(members[1], 1);
        bytes memory t = x.pack(PWA);
        bytes[] memory signatures = rulingSignatures(idOf(x), 0, 51);
        vm.prank(stranger);
        panel.decide(escrow, t, 0, 51, members, signatures);
        _snap("depositsRule");
    }

    function test_Any() external {
        CentralArbitrator arbitrator = new CentralArbitrator();
        // It is warm too: not the first dispute it has.
        arbitrator.createDispute(0, "");
        DealIn memory x = withArbitrator(d(), address(arbitrator));
        _dispute(x, "any", false);
        vm.deal(client, 1 ether);
        bytes memory t = x.pack(6);
        vm.prank(client);
        escrow.arbitrate{value: 0.01 ether}(t, 0);
        _snap("anyArbitrate");
        arbitrator.give(address(escrow), 2, 51);
        _snap("anyRule");
        t = x.pack(PWA);
        vm.prank(stranger);
        escrow.claim(t, 0, 2);
        _snap("anyClaim");
    }

    /// The legacy compiler pipeline keeps no nested arrays in storage.
    function d() private view returns (DealIn memory) {
        return abi.decode(written, (DealIn));
    }
}
