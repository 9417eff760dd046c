// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {Panel} from "../src/Panel.sol";
import {SignedReports} from "../src/SignedReports.sol";
import {Cells} from "../src/libraries/Cells.sol";
import {ArbitrationIn, Deal, DealIn, OutcomeIn, PartiesIn, PauseIn, PointIn, TrancheIn, WorkIn} from "./Deal.sol";
import {Deployed} from "./Deployed.sol";
import {Test} from "./Test.sol";
import {RehearsalToken} from "../src/RehearsalToken.sol";

/// @title Base
/// @notice Two parties, a token, the included panel and a signed-report source around one escrow, and the plain words
/// to drive them. Times are minutes; `T0` is where every test starts.
abstract contract Base is Test {
    using Deal for DealIn;
    using Cells for uint256;

    uint256 internal constant T0 = 29_900_160; // 2026-11-07T00:00Z
    uint256 internal constant DAY = 1440;
    uint32 internal constant WEEK = 7 * 1440;
    uint8 internal constant PARTIES = 1;
    uint8 internal constant PW = 3;
    uint8 internal constant PWA = 7;
    uint8 internal constant ALL = 15;

    uint256 internal constant CLIENT_KEY = 0xc11e47;
    uint256 internal constant PROVIDER_KEY = 0x9407;
    uint256 internal constant CLIENT_DELEGATE_KEY = 0xde1c;
    uint256 internal constant PROVIDER_DELEGATE_KEY = 0xde19;
    uint256 internal constant STRANGER_KEY = 0x57a;

    address internal client = vm.addr(CLIENT_KEY);
    address internal provider = vm.addr(PROVIDER_KEY);
    address internal clientDelegate = vm.addr(CLIENT_DELEGATE_KEY);
    address internal providerDelegate = vm.addr(PROVIDER_DELEGATE_KEY);
    address internal stranger = vm.addr(STRANGER_KEY);
    address internal feeRecipient = address(0xfee);
    address internal relayer = address(0x4e1a);

    IEscrow internal escrow;
    RehearsalToken internal token;
    Panel internal panel;
    SignedReports internal reports;
    /// Panel members and reporters: three keys each, ascending by address.
    uint256[] internal memberKeys;
    address[] internal members;
    uint256[] internal reporterKeys;
    address[] internal reporters;

    function setUp() public virtual {
        vm.warp(T0 * 60);
        escrow = Deployed.escrow();
        token = Deployed.token(6);
        (memberKeys, members) = _keys("member", 3);
        (reporterKeys, reporters) = _keys("reporter", 3);
        panel = Deployed.panel(members, 2);
        reports = Deployed.reports(reporters, 2);
        fundAccount(client, 1_000_000e6);
        fundAccount(provider, 10_000e6);
        token.mint(feeRecipient, 1);
        vm.label(client, "client");
        vm.label(provider, "provider");
        vm.label(address(escrow), "escrow");
    }

    function fundAccount(address who, uint256 amount) internal {
        token.mint(who, amount);
        vm.prank(who);
        token.approve(address(escrow), type(uint256).max);
    }

    // Deals --------------------------------------------------------------------------------------------------------

    /// Milestones of 20,000, 30,000 and 50,000; a month each; review 10 days, cure 7; 1 % fee; a panel without deposits.
    function deal() internal view returns (DealIn memory d) {
        d.parties = PartiesIn(client, provider, address(0), address(0));
        d.work.document = keccak256("terms");
        d.work.token = address(token);
        d.work.feeRecipient = feeRecipient;
        d.work.feeBps = 100;
        d.work.openBy = uint32(T0 + 7 * DAY);
        d.work.tranches = new TrancheIn[](3);
        d.work.tranches[0] = milestone(20_000e6, 10, 40);
        d.work.tranches[1] = milestone(30_000e6, 40, 70);
        d.work.tranches[2] = milestone(50_000e6, 70, 100);
        d.arbitration = ArbitrationIn(address(panel), true, 0, 0, uint32(30 * DAY), 5000, 0, "");
    }

    /// @param start Days after T0; so is `due`.
    function milestone(uint128 amount, uint256 start, uint256 due) internal pure returns (TrancheIn memory t) {
        t.amount = amount;
        t.start = uint32(T0 + start * DAY);
        t.due = uint32(T0 + due * DAY);
        t.review = uint32(10 * DAY);
        t.cure = WEEK;
    }

    /// The classic case of rule 13: 70,000 in one milestone and an outcome of at most 45,000 in steps.
    function classic() internal view returns (DealIn memory d) {
        d = deal();
        d.work.payByResult = true;
        d.work.tranches = new TrancheIn[](2);
        d.work.tranches[0] = milestone(70_000e6, 10, 40);
        d.work.tranches[1] = milestone(45_000e6, 60, 90);
        d.work.tranches[1].cure = 0;
        addCurve(d);
    }

    /// `deal` with an outcome behind its three milestones.
    function dealWithOutcome() internal view returns (DealIn memory d) {
        d = deal();
        TrancheIn[] memory tranches = new TrancheIn[](4);
        for (uint256 k; k < 3; ++k) {
            tranches[k] = d.work.tranches[k];
        }
        tranches[3] = milestone(45_000e6, 110, 140);
        tranches[3].cure = 0;
        d.work.tranches = tranches;
        d.work.payByResult = true;
        addCurve(d);
    }

    function addCurve(DealIn memory d) internal view {
        d.outcome.source = address(reports);
        d.outcome.metric = 1;
        d.outcome.points = new PointIn[](3);
        d.outcome.points[1] = PointIn(50_000, 30_000e6);
        d.outcome.points[2] = PointIn(60_000, 45_000e6);
    }

    function withDeposit(DealIn memory d, uint128 deposit) internal pure returns (DealIn memory) {
        d.arbitration.deposit = deposit;
        d.arbitration.answerWithin = uint32(5 * DAY);
        return d;
    }

    function withArbitrator(DealIn memory d, address arbitrator) internal pure returns (DealIn memory) {
        d.arbitration.arbitrator = arbitrator;
        d.arbitration.panel = false;
        d.arbitration.maxCost = 1 ether;
        return d;
    }

    // Signing ------------------------------------------------------------------------------------------------------

    function idOf(DealIn memory d) internal view returns (bytes32) {
        return d.id(escrow.domain());
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @param fields abi.encode(type hash, the act's fields): what the contract encodes, without the tail.
    function auth(uint256 key, bytes memory fields) internal view returns (bytes memory) {
        return auth(key, fields, uint40(block.timestamp + 1 days), address(0), 0, 0, 0);
    }

    function auth(
        uint256 key,
        bytes memory fields,
        uint40 validUntil,
        address tipToken,
        uint128 tipCap,
        uint128 tipAsked,
        uint40 tipDeadline
    ) internal view returns (bytes memory) {
        bytes32 tip = keccak256(
            abi.encode(
                keccak256("Tip(address token,uint128 cap,uint40 deadline)"), tipToken, tipCap, uint256(tipDeadline)
            )
        );
        bytes32 digest = keccak256(
            abi.encodePacked(
                hex"1901", escrow.domain(), keccak256(bytes.concat(fields, abi.encode(uint256(validUntil), tip)))
            )
        );
        return abi.encodePacked(tipCap, tipAsked, tipToken, tipDeadline, validUntil, sign(key, digest));
    }

    /// @param name e.g. "Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,".
    function typeOf(string memory name) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encodePacked(name, "uint40 validUntil,Tip tip)Tip(address token,uint128 cap,uint40 deadline)")
            );
    }

    // Acting -------------------------------------------------------------------------------------------------------

    /// Opens with both signatures, sent by the client, everything funded that has no `fundBy`.
    function open(DealIn memory d) internal returns (bytes32 id) {
        id = idOf(d);
        bytes memory signature = sign(PROVIDER_KEY, id);
        vm.prank(client);
        escrow.open(d.pack(ALL), 0, "", signature);
    }

    function deliver(DealIn memory d, uint256 i, uint256 round) internal {
        vm.prank(provider);
        escrow.deliver(d.pack(PW), i, round, keccak256("deliverable"), "");
    }

    function accept(DealIn memory d, uint256 mask, uint256 rounds) internal {
        vm.prank(client);
        escrow.accept(d.pack(PWA), mask, rounds, keccak256("deliverable"), "");
    }

    function acceptPart(DealIn memory d, uint256 i, uint256 round, uint256 shareBps) internal {
        vm.prank(client);
        escrow.acceptPart(d.pack(PW), i, round, shareBps, keccak256("deliverable"), keccak256("reasons"), "");
    }

    function reject(DealIn memory d, uint256 i, uint256 round) internal {
        vm.prank(client);
        escrow.reject(d.pack(PW), i, round, keccak256("deliverable"), keccak256("reasons"), "");
    }

    function contest(DealIn memory d, uint256 i, uint256 round, bool byClient) internal {
        vm.prank(byClient ? client : provider);
        escrow.contest(d.pack(PWA), i, round, byClient, keccak256("reasons"), "");
    }

    function answer(DealIn memory d, uint256 i, uint256 round, bool byClient) internal {
        vm.prank(byClient ? client : provider);
        escrow.answer(d.pack(PWA), i, round, "");
    }

    function claim(DealIn memory d, uint256 i) internal {
        vm.prank(stranger);
        escrow.claim(d.pack(ALL), i, 0);
    }

    function report(DealIn memory d, uint256 value) internal {
        bytes memory proof = reportProof(idOf(d), value, 2);
        vm.prank(stranger);
        escrow.report(d.pack(ALL), value, proof);
    }

    /// The first `signers` reporters sign.
    function reportProof(bytes32 id, uint256 value, uint256 signers) internal view returns (bytes memory) {
        bytes32 digest = _digest(
            "Commenda Reports",
            address(reports),
            keccak256(abi.encode(keccak256("Report(bytes32 agreement,uint256 value)"), id, value))
        );
        bytes[] memory signatures = new bytes[](signers);
        for (uint256 k; k < signers; ++k) {
            signatures[k] = sign(reporterKeys[k], digest);
        }
        return abi.encode(reporters, signatures);
    }

    /// The first two members sign `choice`.
    function rulingSignatures(bytes32 id, uint256 i, uint256 choice) internal view returns (bytes[] memory signatures) {
        bytes32 digest = _digest(
            "Commenda Panel",
            address(panel),
            keccak256(
                abi.encode(
                    keccak256("Ruling(address arbitrable,uint256 number,uint256 choice)"),
                    address(escrow),
                    uint256(keccak256(abi.encode(id, i))),
                    choice
                )
            )
        );
        signatures = new bytes[](2);
        signatures[0] = sign(memberKeys[0], digest);
        signatures[1] = sign(memberKeys[1], digest);
    }

    function decide(DealIn memory d, uint256 i, uint256 choice) internal {
        bytes[] memory signatures = rulingSignatures(idOf(d), i, choice);
        panel.decide(escrow, d.pack(PWA), i, choice, members, signatures);
    }

    // Time and state -----------------------------------------------------------------------------------------------

    /// @param day Days after T0.
    function atDay(uint256 day) internal {
        vm.warp((T0 + day * DAY) * 60);
    }

    function atMinute(uint256 minute) internal {
        vm.warp(minute * 60);
    }

    function codeOf(DealIn memory d, uint256 i) internal view returns (uint256) {
        return escrow.stages(idOf(d)).code(i);
    }

    function roundOf(DealIn memory d, uint256 i) internal view returns (uint256) {
        return escrow.stages(idOf(d)).round(i);
    }

    function balance(address who) internal view returns (uint256) {
        return token.balanceOf(who);
    }

    function _digest(string memory name, address verifier, bytes32 structHash) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                verifier
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _keys(string memory name, uint256 count)
        private
        pure
        returns (uint256[] memory keys, address[] memory accounts)
    {
        keys = new uint256[](count);
        accounts = new address[](count);
        for (uint256 k; k < count; ++k) {
            keys[k] = uint256(keccak256(abi.encode(name, k)));
            accounts[k] = vm.addr(keys[k]);
            for (uint256 j = k; j > 0 && accounts[j] < accounts[j - 1]; --j) {
                (keys[j], keys[j - 1]) = (keys[j - 1], keys[j]);
                (accounts[j], accounts[j - 1]) = (accounts[j - 1], accounts[j]);
            }
        }
    }
}
