// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "./Errors.sol";
import {EscrowCore} from "./EscrowCore.sol";
import {IArbitrable} from "./interfaces/IArbitration.sol";
import {IOutcomeSource} from "./interfaces/IOutcomeSource.sol";
import {Cells} from "./libraries/Cells.sol";
import {Agreement, Terms} from "./libraries/Terms.sol";
import {TypeHashes} from "./libraries/TypeHashes.sol";
import {Windows} from "./libraries/Windows.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Escrow
/// @notice Holds the money of agreements that two parties signed as one hash, and pays it by the terms they signed.
/// No owner, no pause, no upgrade: nobody has power over the money but the parties, their arbitrator and the clock.
/// `IEscrow` says what each verb does. Those that are used most are here; the code of the others stands in `ANNEX`,
/// which is fixed for ever and works on this contract's state and money: all of it is too large for one contract.
///
/// Assumptions
/// - A token moves exactly what it is told to move. What arrives is checked; a token that turns later (a fee, a pause,
///   a blacklist of this contract) is out of our power.
/// - Block time is right to a few minutes. Every window is three days or longer.
/// - An arbitrator decides as it likes, within what the terms leave in dispute; a source reports as it likes.
///
/// Order in every verb: check, account, update, emit, transfer.
contract Escrow is EscrowCore, IArbitrable {
    using Cells for uint256;
    using Terms for Agreement;
    using Terms for uint256;
    using Windows for uint256;

    /// Code of the verbs that this contract has no room for.
    address public immutable ANNEX;

    uint256 private immutable CHAIN = block.chainid;
    bytes32 private immutable DOMAIN = super.domain();

    constructor(address annex) {
        if (annex.code.length == 0) revert Errors.AnnexWithoutCode(annex);
        ANNEX = annex;
    }

    fallback() external payable {
        address annex = ANNEX;
        assembly ("memory-safe") {
            let m := mload(0x40)
            calldatacopy(m, 0, calldatasize())
            let ok := delegatecall(gas(), annex, m, calldatasize(), 0, 0)
            returndatacopy(m, 0, returndatasize())
            if iszero(ok) { revert(m, returndatasize()) }
            return(m, returndatasize())
        }
    }

    function open(
        bytes calldata terms,
        uint256 fundNow,
        bytes calldata clientSignature,
        bytes calldata providerSignature
    ) external nonReentrant {
        Agreement memory a = Terms.read(terms, domain(), 15);
        if (a.replaces() != 0) revert Errors.ReplacesMismatch(0, a.replaces());
        (uint256 s, uint256 total) = _admit(a, fundNow, clientSignature, providerSignature);
        _stages[a.id] = s;
        emit Opened(a.id, a.client(), a.provider(), a.document());
        _pull(a.token(), a.client(), total);
    }

    function deliver(bytes calldata terms, uint256 tranche, uint256 round, bytes32 deliverable, bytes calldata auth)
        external
        nonReentrant
    {
        Act memory act = _begin(terms, Terms.PARTIES);
        bytes32 id = act.a.id;
        if (!_bySender(act, act.a.provider(), act.a.providerDelegate(), auth)) {
            _requireSignature(
                act,
                act.a.provider(),
                act.a.providerDelegate(),
                abi.encode(TypeHashes.DELIVER, id, tranche, round, deliverable, 0, 0),
                auth
            );
        }
        uint256 code = _stage(act, tranche);
        if (code == Cells.ACTIVE) {
            _requireRound(act, tranche, round);
            if (act.s.raw(tranche) != 0) {
                if (act.a.work == 0) revert Errors.BranchMissing(Terms.WORK, Terms.PARTIES);
                _keepShift(act, tranche);
            }
        } else if (code == Cells.REJECTED) {
            _requireRound(act, tranche, round);
            uint256 deadline = act.s.clock(tranche);
            bool late = act.time >= deadline;
            if (late || act.s.noted(tranche)) {
                _notes[id][tranche].late = late;
                _addLateDays(act, tranche, _daysAfter(act.time, deadline));
            }
        } else {
            revert Errors.WrongStage(tranche, code);
        }
        _move(act, tranche, Cells.DELIVERED, act.time - Cells.EPOCH);
        _stages[id] = act.s;
        emit Delivered(id, tranche, round, deliverable);
        _payTip(act);
    }

    function accept(bytes calldata terms, uint256 tranches, uint256 rounds, bytes32 deliverables, bytes calldata auth)
        external
        nonReentrant
    {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        if (!_bySender(act, act.a.client(), act.a.clientDelegate(), auth)) {
            _requireSignature(
                act,
                act.a.client(),
                act.a.clientDelegate(),
                abi.encode(TypeHashes.ACCEPT, id, tranches, rounds, deliverables, 0, 0),
                auth
            );
        }
        uint256 count = act.a.milestones();
        bool any;
        for (uint256 i; i < count; ++i) {
            if ((tranches >> i) & 1 == 0) continue;
            uint256 code = act.s.code(i);
            if (code == Cells.UNFUNDED || code >= Cells.PAID || act.s.round(i) != (rounds >> (i << 1)) & 3) {
                // What is skipped may be redeemed later: a tip is only for a signature that is redeemed whole, once.
                if (act.tip != 0) revert Errors.NothingToAccept();
                continue;
            }
            _payInFull(act, i, Cause.Acceptance);
            any = true;
        }
        if (!any) revert Errors.NothingToAccept();
        _commit(act);
    }

    function contest(
        bytes calldata terms,
        uint256 tranche,
        uint256 round,
        bool byClient,
        bytes32 reasons,
        bytes calldata auth
    ) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK | Terms.ARBITRATION);
        address party = byClient ? act.a.client() : act.a.provider();
        if (!_bySender(act, party, address(0), auth)) {
            _requireSignature(
                act, party, address(0), abi.encode(TypeHashes.CONTEST, act.a.id, tranche, round, reasons, 0, 0), auth
            );
        }
        uint256 code = _requireContestable(act, tranche, round, byClient);
        // Without a delivery the days late are those until the contest: a dispute stops that clock.
        uint256 lateDays = _daysLate(act, tranche);
        if (code == Cells.ACTIVE) lateDays = _daysAfter(act.time, _due(act, tranche));
        _noteLateness(act, tranche, lateDays);
        if (code == Cells.ACTIVE) _keepShift(act, tranche);
        emit Contested(act.a.id, tranche, byClient, reasons);

        uint256 deposit = _deposit(act, tranche);
        uint256 next = Cells.DISPUTED;
        if (deposit != 0) {
            next = byClient
                ? Cells.CONTESTED_BY_CLIENT
                : code == Cells.ACTIVE ? Cells.CONTESTED_UNDELIVERED : Cells.CONTESTED_BY_PROVIDER;
        }
        _move(act, tranche, next, act.time - Cells.EPOCH);
        if (!_arbitrable(act, tranche) && _splittable(act, tranche)) {
            _split(act, tranche, act.a.fallbackBps(), Cause.Fallback);
        }
        _commit(act);
        _pull(act.a.token(), party, deposit);
    }

    function report(bytes calldata terms, uint256 value, bytes calldata proof) external nonReentrant {
        Act memory act = _begin(terms, Terms.WORK | Terms.OUTCOME);
        bytes32 id = act.a.id;
        if (!act.a.payByResult()) revert Errors.WrongTranche(0);
        uint256 i = act.a.milestones();
        if (act.a.metric() != Terms.METRIC_REPORTED) revert Errors.WrongTranche(i);
        if (act.s.code(i) != Cells.AWAITING) revert Errors.WrongStage(i, act.s.code(i));
        uint256 word = act.a.tranche(i);
        if (act.time < word.start()) revert Errors.TooEarly(i, word.start());
        if (act.time >= word.due()) revert Errors.TooLate(i, word.due());
        if (value > type(uint128).max || !IOutcomeSource(act.a.source()).attested(id, value, proof)) {
            revert Errors.BadReport();
        }
        _notes[id][i].value = uint128(value);
        _stages[id] = act.s.note(i).put(i, Cells.DELIVERED, act.time - Cells.EPOCH);
        emit Reported(id, value);
    }

    function rulePanel(bytes calldata terms, uint256 tranche, uint256 ruling, address[] calldata members)
        external
        nonReentrant
    {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK | Terms.ARBITRATION);
        if (msg.sender != act.a.arbitrator() || !act.a.panel()) revert Errors.NotArbitrator(act.a.arbitrator());
        uint256 code = _stage(act, tranche);
        if (code != Cells.DISPUTED || !_arbitrable(act, tranche)) revert Errors.WrongStage(tranche, code);
        uint256 end = act.s.clock(tranche).end(act.a.ruleWithin());
        if (act.time >= end) revert Errors.TooLate(tranche, end);
        if (!_splittable(act, tranche)) revert Errors.MilestonesOpen();
        uint256 number = _caseOf(act.a.id, tranche);
        uint256 dispute = _disputes[msg.sender][number];
        // The first ruling counts, and it is in time: the window is still open.
        if ((dispute >> 40) & 1 != 0) ruling = uint8(dispute);
        uint256 bps = _bpsOf(ruling, act.a.fallbackBps());
        uint256 deposit = _deposit(act, tranche);
        _divide(act, deposit, bps);
        emit Ruling(msg.sender, number, ruling);
        _split(act, tranche, bps, Cause.Ruling);
        _commit(act);
        // What does not divide goes to the first.
        uint256 each = deposit / members.length;
        uint256 first = deposit - each * (members.length - 1);
        for (uint256 k; k < members.length; ++k) {
            _push(act.a.token(), members[k], members[k], k == 0 ? first : each);
        }
    }

    function rule(uint256 number, uint256 ruling) external {
        uint256 dispute = _disputes[msg.sender][number];
        if ((dispute >> 40) & 1 != 0) return;
        if (ruling > CHOICES) ruling = 0;
        _disputes[msg.sender][number] = dispute | (1 << 40) | (_minute() << 8) | ruling;
        emit Ruling(msg.sender, number, ruling);
    }

    function claim(bytes calldata terms, uint256 tranche, uint256 number) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        uint256 code = _stage(act, tranche);
        if (code >= Cells.PAID) revert Errors.WrongStage(tranche, code);
        if (code == Cells.UNFUNDED) {
            _requireTime(act, tranche, act.a.tranche(tranche).fundBy());
            _terminate(act, tranche, Cause.Lapse);
        } else if (code >= Cells.CONTESTED_BY_CLIENT) {
            if (act.a.arbitration == 0) revert Errors.BranchMissing(Terms.ARBITRATION, Terms.PARTIES | Terms.WORK);
            if (!_splittable(act, tranche)) revert Errors.MilestonesOpen();
            if (code <= Cells.CONTESTED_UNDELIVERED) _claimForfeit(act, tranche, code);
            else _claimRuling(act, tranche, code, number);
        } else if (tranche == act.a.milestones()) {
            _claimOutcome(act, tranche, code);
        } else if (code == Cells.DELIVERED && !_late(act, tranche)) {
            _requireTime(act, tranche, _reviewEnd(act, tranche));
            _payInFull(act, tranche, Cause.Silence);
        } else {
            if (code == Cells.WAITING) revert Errors.WrongStage(tranche, code);
            // A late delivery is past its deadline already.
            if (code != Cells.DELIVERED) _requireTime(act, tranche, _deadline(act, tranche));
            _noteLateness(act, tranche, _daysLate(act, tranche));
            uint256 amount = _unpaid(act, tranche);
            uint256 share = _share(act, tranche);
            _move(act, tranche, Cells.ENDED, share);
            _refund(act, tranche, Cause.Deadline, amount);
        }
        _commit(act);
    }

    function _claimForfeit(Act memory act, uint256 i, uint256 code) private {
        _requireTime(act, i, act.s.clock(i).end(act.a.answerWithin()));
        if (code == Cells.CONTESTED_BY_CLIENT) {
            act.refund += act.a.deposit();
            _split(act, i, 0, Cause.Forfeit);
        } else {
            act.providerDeposit += act.a.deposit();
            if (code == Cells.CONTESTED_BY_PROVIDER) _split(act, i, SHARES, Cause.Forfeit);
            else _split(act, i, act.a.fallbackBps(), Cause.Fallback);
        }
    }

    function _claimRuling(Act memory act, uint256 i, uint256 code, uint256 number) private {
        uint256 bps = act.a.fallbackBps();
        Cause cause = Cause.Fallback;
        uint256 deposit = _deposit(act, i);
        if (_arbitrable(act, i)) {
            address arbitrator = act.a.arbitrator();
            uint256 end = act.s.clock(i).end(act.a.ruleWithin());
            uint256 case_ = _caseOf(act.a.id, i);
            uint256 dispute;
            if (code == Cells.ARBITRATED) {
                dispute = _disputes[arbitrator][number];
                if (dispute >> 48 != case_ >> 48) revert Errors.WrongDisputeNumber(number);
            } else if (act.a.panel()) {
                dispute = _disputes[arbitrator][case_];
            }
            if ((dispute >> 40) & 1 != 0 && uint32(dispute >> 8) < end) {
                bps = _bpsOf(uint8(dispute), bps);
                cause = Cause.Ruling;
            } else {
                _requireTime(act, i, end);
            }
            if (deposit == 0) {
                // Nothing was posted.
            } else if (code == Cells.ARBITRATED) {
                act.fronted |= 1 << i;
                _divide(act, deposit, bps);
            } else if (cause == Cause.Ruling) {
                // The panel holds no money: it shares out this credit among its members.
                _credits[act.a.token()][arbitrator] += deposit;
                emit Credited(act.a.token(), arbitrator, deposit);
                _divide(act, deposit, bps);
            } else {
                _returnDeposits(act, deposit);
            }
        }
        _split(act, i, bps, cause);
    }

    function _claimOutcome(Act memory act, uint256 i, uint256 code) private {
        Agreement memory a = act.a;
        if (a.outcome == 0) revert Errors.BranchMissing(Terms.OUTCOME, Terms.PARTIES | Terms.WORK);
        if (!_splittable(act, i)) revert Errors.MilestonesOpen();
        uint256 word = a.tranche(i);
        uint256 metric = a.metric();
        (uint256 paid, uint256 total) = _progress(act);
        uint256 value;
        Cause cause = Cause.Outcome;
        if (code == Cells.DELIVERED) {
            _requireTime(act, i, act.s.clock(i).end(word.review()));
            value = _notes[a.id][i].value;
        } else if (metric == Terms.METRIC_DAYS_LATE) {
            for (uint256 k; k < i; ++k) {
                value += _lateDaysOf(act, k);
            }
        } else if (metric == Terms.METRIC_SHARE_ACCEPTED) {
            value = paid * SHARES / total;
        } else {
            _requireTime(act, i, word.due());
            value = a.defaultValue();
            cause = Cause.Default;
        }
        uint256 pay = a.curve(value);
        // A product of up to 274 bits: pay below 2^128, paid below 7 * 2^128 * 10^4.
        if (metric != Terms.METRIC_SHARE_ACCEPTED) pay = Math.mulDiv(pay, paid, total);
        emit OutcomeSettled(a.id, value, pay);
        _endOutcome(act, i, pay, cause, false);
    }

    /// Made anew should the chain split under a new chain id.
    function domain() public view override returns (bytes32) {
        return block.chainid == CHAIN ? DOMAIN : super.domain();
    }
}
