// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {DealIn} from "../Deal.sol";
import {Test} from "../Test.sol";
import {BlacklistToken} from "../tokens/BlacklistToken.sol";
import {RehearsalToken} from "../../src/RehearsalToken.sol";
import {Handler} from "./Handler.sol";
import {Ledger} from "./Ledger.sol";

/// @title EscrowChecks
/// @notice The numbered list of README.md, one function a number.
abstract contract EscrowChecks is Test {
    Handler internal h;
    IEscrow internal escrow;

    function setUp() public virtual {
        h = new Handler();
        h.setUp();
        escrow = h.theEscrow();
    }

    /// What the list is checked against, read once. Of agreements that have ended only the word: they are owed nothing.
    struct Books {
        bytes32[] ids;
        DealIn[] deals;
        uint256[] words;
        address[] accounts;
    }

    function _books() internal view returns (Books memory b) {
        b.ids = h.allIds();
        b.accounts = h.allAccounts();
        b.deals = new DealIn[](b.ids.length);
        b.words = new uint256[](b.ids.length);
        for (uint256 k; k < b.ids.length; ++k) {
            b.words[k] = escrow.stages(b.ids[k]);
            if (!Ledger.allTerminal(b.words[k])) b.deals[k] = h.deal(b.ids[k]);
        }
    }

    function _credits(Books memory b, address token) internal view returns (uint256 sum) {
        for (uint256 k; k < b.accounts.length; ++k) {
            sum += escrow.credits(token, b.accounts[k]);
        }
    }

    function _check1_Solvency(Books memory b) internal view {
        for (uint256 t; t < 5; ++t) {
            RehearsalToken token = h.tokens(t);
            uint256 owed = _credits(b, address(token));
            for (uint256 k; k < b.ids.length; ++k) {
                if (address(token) != b.deals[k].work.token) continue;
                owed += Ledger.entitled(escrow, b.ids[k], b.deals[k], b.words[k]);
            }
            assertEq(token.balanceOf(address(escrow)), owed, "1 solvency");
        }
    }

    function _check2_Conservation(Books memory b) internal view {
        for (uint256 t; t < 5; ++t) {
            RehearsalToken token = h.tokens(t);
            uint256 sum = token.balanceOf(address(escrow));
            for (uint256 k; k < b.accounts.length; ++k) {
                sum += token.balanceOf(b.accounts[k]);
            }
            assertEq(sum, h.minted(address(token)), "2 conservation");
        }
    }

    function _check3_NothingTwice(Books memory b) internal view {
        for (uint256 k; k < b.ids.length; ++k) {
            bytes32 id = b.ids[k];
            uint256 word = b.words[k];
            for (uint256 i; i < 8; ++i) {
                uint256 put = h.putIn(id, i);
                uint256 taken = h.takenOut(id, i);
                assertLe(taken, put, "3 a tranche paid more than was put in");
                uint256 code = Ledger.code(word, i);
                if (code > 11 && code < 15) assertEq(taken, put, "3 a tranche kept something");
                if (code > 0 && code < 12) {
                    assertEq(
                        put - taken, Ledger.held(escrow, id, b.deals[k], word, i), "3 a tranche holds what is left"
                    );
                }
            }
            assertLe(h.takenOutAll(id), h.putInAll(id), "3 an agreement paid more than was put in");
            if (Ledger.allTerminal(word)) assertEq(h.takenOutAll(id), h.putInAll(id), "3 an agreement kept something");
        }
    }

    function _check4_Fees(Books memory b) internal view {
        assertEq(h.breach(4), "", "4 fee");
        address recipient = h.theFeeRecipient();
        for (uint256 t; t < 5; ++t) {
            RehearsalToken token = h.tokens(t);
            uint256 sum = token.balanceOf(recipient) + escrow.credits(address(token), recipient);
            for (uint256 k; k < b.ids.length; ++k) {
                if (address(token) != b.deals[k].work.token) continue;
                sum += Ledger.owedFees(b.deals[k], b.words[k]);
            }
            assertEq(sum, h.feesByEvents(address(token)), "4 fees received and owed");
        }
    }

    function _check5_TerminalIsFinal() internal view {
        assertEq(h.breach(5), "", "5 terminal");
    }

    function _check6_Transitions() internal view {
        assertEq(h.breach(6), "", "6 transition");
    }

    function _check7_Rounds() internal view {
        assertEq(h.breach(7), "", "7 round");
    }

    function _check8_ClosedForEver() internal view {
        assertEq(h.breach(8), "", "8 a used id");
        for (uint256 k; k < h.revokedCount(); ++k) {
            assertEq(escrow.stages(h.revoked(k)), 15, "8 a revoked id");
        }
    }

    /// Strangers and the clock alone.
    function _check9_Drain() internal {
        uint256 snapshot = vm.snapshotState();
        Books memory b = _books();
        address stranger = h.theStranger();
        uint256 left = 1;
        for (uint256 days_; left != 0 && days_ < 1000; days_ += 5) {
            left = 0;
            for (uint256 k; k < b.ids.length; ++k) {
                left += _claimAll(b.ids[k], stranger);
            }
            skip(5 days);
        }
        assertEq(left, 0, "9 a tranche never ends");
        for (uint256 t; t < 5; ++t) {
            RehearsalToken token = h.tokens(t);
            assertEq(token.balanceOf(address(escrow)), _credits(b, address(token)), "9 neither paid nor credited");
        }
        // Who was refused by the token before is not refused for ever.
        for (uint256 k; k < b.accounts.length; ++k) {
            address account = b.accounts[k];
            BlacklistToken(address(h.tokens(4))).setBlacklisted(account, false);
            for (uint256 t; t < 5; ++t) {
                if (escrow.credits(address(h.tokens(t)), account) == 0) continue;
                vm.prank(stranger);
                escrow.push(address(h.tokens(t)), account);
            }
        }
        for (uint256 t; t < 5; ++t) {
            assertEq(h.tokens(t).balanceOf(address(escrow)), 0, "9 something stays for ever");
        }
        vm.revertToState(snapshot);
    }

    function _claimAll(bytes32 id, address stranger) private returns (uint256 left) {
        uint256 word = escrow.stages(id);
        if (Ledger.allTerminal(word)) return 0;
        bytes memory terms = h.termsOf(id);
        for (uint256 i; i < 8; ++i) {
            uint256 code = Ledger.code(escrow.stages(id), i);
            if (code == 0 || code > 11) continue;
            uint256 number = h.numberOf(id, i);
            vm.prank(stranger);
            (bool ok,) = address(escrow).call(abi.encodeCall(IEscrow.claim, (terms, i, number)));
            if (!ok) ++left;
        }
    }

    function _checkAll() internal view {
        Books memory b = _books();
        _check1_Solvency(b);
        _check2_Conservation(b);
        _check3_NothingTwice(b);
        _check4_Fees(b);
        _check5_TerminalIsFinal();
        _check6_Transitions();
        _check7_Rounds();
        _check8_ClosedForEver();
    }
}

/// @notice One campaign for the whole list: a run is long, and each list item is cheap beside it.
contract EscrowInvariants is EscrowChecks {
    function setUp() public override {
        super.setUp();
        bytes4[] memory selectors = new bytes4[](4);
        (selectors[0], selectors[1], selectors[2]) = (Handler.act.selector, Handler.act.selector, Handler.act.selector);
        selectors[3] = Handler.pass.selector;
        targetContract(address(h));
        targetSelector(address(h), selectors);
    }

    /// forge-config: default.invariant.runs = 24
    /// forge-config: deep.invariant.runs = 1000
    function invariant_Books() external view {
        _checkAll();
    }

    /// Once a run, at the state that it reached.
    function afterInvariant() external {
        _check9_Drain();
    }
}

/// @notice The same list over fixed runs, one test a number, and the proof that the handler does what it says.
contract EscrowInvariantsFixed is EscrowChecks {
    uint256 private constant ACTS = 60;

    function _run(uint256 run) private {
        for (uint256 k; k < ACTS; ++k) {
            h.act(uint256(keccak256(abi.encode("fixed", run, k))));
        }
    }

    function test_1_Solvency() external {
        _run(1);
        _check1_Solvency(_books());
    }

    function test_2_Conservation() external {
        _run(2);
        _check2_Conservation(_books());
    }

    function test_3_NothingTwice() external {
        _run(3);
        _check3_NothingTwice(_books());
    }

    function test_4_Fees() external {
        _run(4);
        _check4_Fees(_books());
    }

    function test_5_TerminalIsFinal() external {
        _run(5);
        _check5_TerminalIsFinal();
    }

    function test_6_Transitions() external {
        _run(6);
        _check6_Transitions();
    }

    function test_7_Rounds() external {
        _run(7);
        _check7_Rounds();
    }

    function test_8_ClosedForEver() external {
        _run(8);
        _check8_ClosedForEver();
    }

    function test_9_Drain() external {
        _run(9);
        _check9_Drain();
    }

    struct Coverage {
        uint256[22] successes;
        uint256[22] refusals;
        uint256 stages;
        uint256[32] steps;
    }

    /// Every verb succeeds and is refused, every stage is reached, and so are the steps: all that lead out of the stages
    /// before a contest, and of those in a contest or dispute some out of each, for they end in many ways.
    /// Runs follow each other until nothing is missing, the same each time.
    function test_HandlerIsNotVacuous() external {
        vm.pauseGasMetering();
        Coverage memory c;
        string memory missing = "all";
        for (uint256 run = 100; run < 220 && bytes(missing).length != 0; ++run) {
            uint256 snapshot = vm.snapshotState();
            _run(run);
            _checkAll();
            _cover(c);
            vm.revertToState(snapshot);
            missing = _missing(c);
        }
        assertEq(missing, "");
    }

    function _cover(Coverage memory c) private view {
        for (uint256 v; v < 22; ++v) {
            c.successes[v] += h.successes(v);
            c.refusals[v] += h.refusals(v);
        }
        for (uint256 k; k < 32; ++k) {
            c.steps[k] |= h.seen(k);
            if (k < 16 && h.reached(k)) c.stages |= 1 << k;
        }
    }

    function _missing(Coverage memory c) private view returns (string memory missing) {
        for (uint256 v; v < 22; ++v) {
            if (c.successes[v] == 0) missing = string.concat(missing, " success of verb ", vm.toString(v));
            // A ruling is never refused.
            if (c.refusals[v] == 0 && v != 14) missing = string.concat(missing, " refusal of verb ", vm.toString(v));
        }
        for (uint256 k; k < 32; ++k) {
            if (k > 0 && k < 16 && (c.stages >> k) & 1 == 0) {
                missing = string.concat(missing, " stage ", vm.toString(k));
            }
            bool contested = k % 16 > 6;
            // The outcome contested by either party is one case.
            uint256 steps = k == 23 || k == 24 ? c.steps[23] | c.steps[24] : c.steps[k];
            if (contested && steps == 0 && h.isAllowed(k, 0, 13)) {
                missing = string.concat(missing, " any step out of ", vm.toString(k));
            }
            for (uint256 to; to < 16 && !contested; ++to) {
                if (!h.isAllowed(k, 0, to) || (c.steps[k] >> to) & 1 != 0) continue;
                missing = string.concat(missing, " step ", vm.toString(k), "->", vm.toString(to));
            }
        }
    }
}
