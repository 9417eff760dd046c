// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Authority} from "./Authority.sol";
import {Errors} from "./Errors.sol";
import {Treasury} from "./Treasury.sol";
import {Cells} from "./libraries/Cells.sol";
import {Agreement, Terms} from "./libraries/Terms.sol";
import {Validity} from "./libraries/Validity.sol";
import {Windows} from "./libraries/Windows.sol";

/// @title EscrowCore
/// @notice What `Escrow` and its `Annex` share: the state, what it means, and how it changes.
abstract contract EscrowCore is Authority, Treasury, ReentrancyGuardTransient {
    using Cells for uint256;
    using Terms for Agreement;
    using Terms for uint256;
    using Windows for uint256;

    /// What is known of a tranche beside its cell; most never have one.
    struct Note {
        /// Share accepted in part, bps.
        uint16 shareBps;
        uint16 lateDays;
        /// Minutes by which due has moved.
        uint32 shift;
        /// The last delivery came after its deadline.
        bool late;
        bool extended;
        /// The reported metric.
        uint128 value;
    }

    /// One act under way: what it read, and what it will move once the state is written.
    struct Act {
        Agreement a;
        uint256 s;
        uint256 time;
        /// Whose tip it is, in which token, and how much of it whoever sends the act takes.
        address tipper;
        address tipToken;
        uint256 tip;
        /// Net, to the provider or its payee.
        uint256 payout;
        uint256 fee;
        /// To the client: refunds and its deposits.
        uint256 refund;
        /// The provider's own deposits, never to a payee.
        uint256 providerDeposit;
        /// Tranches whose fronter is owed a deposit, as a mask.
        uint256 fronted;
    }

    uint256 internal constant SHARES = 10_000;
    uint256 internal constant MINUTES_A_DAY = 1440;
    /// Ruling 1..101 gives the provider 0..100 %.
    uint256 internal constant CHOICES = 101;
    uint256 internal constant MAX_REJECTIONS = 3;

    /// The stage of every tranche of an agreement, as `Cells` packs it. 0: never opened.
    mapping(bytes32 id => uint256) internal _stages;
    mapping(bytes32 id => mapping(uint256 tranche => Note)) internal _notes;
    mapping(bytes32 id => address) internal _payees;
    /// Who paid an arbitrator's cost and is owed a deposit for it.
    mapping(bytes32 id => mapping(uint256 tranche => address)) internal _fronters;
    /// By arbitrator and number: upper 208 bits of the case it is bound to | ruled 1 | minute 32 | ruling 8.
    mapping(address arbitrator => mapping(uint256 number => uint256)) internal _disputes;

    // Checks ----------------------------------------------------------------------------------------------------------

    function _begin(bytes calldata terms, uint256 needed) internal view returns (Act memory act) {
        Terms.readInto(act.a, terms, domain(), needed);
        act.s = _stages[act.a.id];
        // A revoked id reads as one closed tranche and no others: nothing was ever paid in for it.
        if (act.s == 0 || act.s == Cells.CLOSED) revert Errors.NotOpen(act.a.id);
        act.time = _minute();
    }

    /// What `open` and `amend` share: valid, signed by both, in time, unused.
    /// @return s The first stages. @return total What the client owes now.
    function _admit(
        Agreement memory a,
        uint256 fundNow,
        bytes calldata clientSignature,
        bytes calldata providerSignature
    ) internal view returns (uint256 s, uint256 total) {
        unchecked {
            Validity.check(a, address(this));
            if (_stages[a.id] != 0) revert Errors.AlreadyUsed(a.id);
            if (_minute() >= a.openBy()) revert Errors.PastOpenBy(a.openBy());
            if (fundNow != 0 && msg.sender != a.client()) revert Errors.NotAuthorised(a.client());
            _requireSigned(a.client(), a.id, clientSignature);
            _requireSigned(a.provider(), a.id, providerSignature);
            uint256 count = a.count();
            uint256 outcome = a.milestones();
            bool sequential = a.sequential();
            for (uint256 i; i < count; ++i) {
                uint256 word = a.tranche(i);
                bool blocked = sequential && i != 0 && i != outcome;
                if (word.fundBy() != 0 && (fundNow >> i) & 1 == 0) {
                    total += a.terminationFee(i);
                    s = s.put(i, Cells.UNFUNDED, blocked ? Cells.BLOCKED : 0);
                } else {
                    total += word.amount();
                    s = s.put(i, i == outcome ? Cells.AWAITING : blocked ? Cells.WAITING : Cells.ACTIVE, 0);
                }
            }
        }
    }

    /// @return by Whether the act needs no signature: there is none, and the sender is the party or its delegate.
    function _bySender(Act memory act, address party, address delegate, bytes calldata auth)
        internal
        view
        returns (bool by)
    {
        by = auth.length == 0;
        if (by && msg.sender != party) _requireDelegate(act.a.id, party, delegate);
    }

    function _requireSignature(
        Act memory act,
        address party,
        address delegate,
        bytes memory fields,
        bytes calldata auth
    ) internal view {
        (act.tipper, act.tipToken, act.tip) = _requireAct(act.a.id, party, delegate, fields, auth);
    }

    function _stage(Act memory act, uint256 i) internal pure returns (uint256 code) {
        if (i >= Validity.MAX_TRANCHES) revert Errors.WrongTranche(i);
        code = act.s.code(i);
        if (code == Cells.NONE) revert Errors.WrongTranche(i);
    }

    function _requireMask(uint256 mask, uint256 count) internal pure {
        if (mask == 0 || mask >> count != 0) revert Errors.WrongTranche(count);
    }

    function _requireRound(Act memory act, uint256 i, uint256 round) internal pure {
        if (act.s.round(i) != round) revert Errors.WrongRound(i, act.s.round(i));
    }

    function _requireTime(Act memory act, uint256 i, uint256 from) internal pure {
        if (act.time < from) revert Errors.TooEarly(i, from);
    }

    function _requireRejectable(Act memory act, uint256 i, uint256 round) internal pure {
        if (i >= act.a.milestones()) revert Errors.WrongTranche(i);
        uint256 code = act.s.code(i);
        if (code != Cells.DELIVERED) revert Errors.WrongStage(i, code);
        _requireRound(act, i, round);
        uint256 end = _reviewEnd(act, i);
        if (act.time >= end) revert Errors.TooLate(i, end);
        if (round == MAX_REJECTIONS) revert Errors.NoRejectionsLeft(i);
    }

    function _requireContestable(Act memory act, uint256 i, uint256 round, bool byClient)
        internal
        view
        returns (uint256 code)
    {
        code = _stage(act, i);
        uint256 end;
        if (i == act.a.milestones()) {
            if (code != Cells.DELIVERED) revert Errors.WrongStage(i, code);
            end = act.s.clock(i).end(act.a.tranche(i).review());
        } else if (byClient) {
            if (code != Cells.DELIVERED) revert Errors.WrongStage(i, code);
            end = _reviewEnd(act, i);
        } else {
            if (code != Cells.ACTIVE && code != Cells.REJECTED) revert Errors.WrongStage(i, code);
            end = _deadline(act, i);
        }
        _requireRound(act, i, round);
        if (code == Cells.ACTIVE) _requireTime(act, i, act.a.tranche(i).start());
        if (act.time >= end) revert Errors.TooLate(i, end);
    }

    // What follows from cell, note and terms --------------------------------------------------------------------------

    function _minute() internal view returns (uint256) {
        return block.timestamp / 60;
    }

    /// Minutes by which a sequential milestone was blocked past its start.
    function _blocked(Act memory act, uint256 i) internal pure returns (uint256) {
        unchecked {
            if (act.s.code(i) != Cells.ACTIVE || act.s.raw(i) == 0) return 0;
            uint256 start = act.a.tranche(i).start();
            uint256 clock = act.s.clock(i);
            return clock > start ? clock - start : 0;
        }
    }

    function _due(Act memory act, uint256 i) internal view returns (uint256 due) {
        unchecked {
            due = act.a.tranche(i).due() + _blocked(act, i);
            if (act.s.noted(i)) due += _notes[act.a.id][i].shift;
        }
    }

    function _deadline(Act memory act, uint256 i) internal view returns (uint256) {
        unchecked {
            if (act.s.code(i) == Cells.REJECTED) return act.s.clock(i);
            return _due(act, i) + act.a.tranche(i).cure();
        }
    }

    function _reviewEnd(Act memory act, uint256 i) internal pure returns (uint256) {
        (uint256 offset, uint256 number) = act.a.pauses();
        return act.s.clock(i).endWithPauses(act.a.tranche(i).review(), offset, number);
    }

    /// @param unnoted Days late that are not in the note yet.
    function _onTime(Act memory act, uint256 i, uint256 unnoted) internal view returns (bool) {
        return unnoted == 0 && (!act.s.noted(i) || _notes[act.a.id][i].lateDays == 0);
    }

    /// @return Whether the delivery came at or after its deadline.
    function _late(Act memory act, uint256 i) internal view returns (bool) {
        if (act.s.round(i) != 0) return act.s.noted(i) && _notes[act.a.id][i].late;
        return act.s.clock(i) >= _due(act, i) + act.a.tranche(i).cure();
    }

    function _daysAfter(uint256 time, uint256 due) internal pure returns (uint256) {
        unchecked {
            return time > due ? (time - due + MINUTES_A_DAY - 1) / MINUTES_A_DAY : 0;
        }
    }

    /// @return Days late that are not in the note yet: those of a first delivery.
    function _daysLate(Act memory act, uint256 i) internal view returns (uint256) {
        if (act.s.code(i) != Cells.DELIVERED || act.s.round(i) != 0 || i == act.a.milestones()) return 0;
        return _daysAfter(act.s.clock(i), _due(act, i));
    }

    /// @return count All days late of a milestone that has ended.
    function _lateDaysOf(Act memory act, uint256 i) internal view returns (uint256 count) {
        unchecked {
            if (act.s.noted(i)) count = _notes[act.a.id][i].lateDays;
            if (act.s.code(i) == Cells.PAID && act.s.round(i) == 0) count += _daysAfter(act.s.clock(i), _due(act, i));
        }
    }

    /// @return Share accepted in part so far, bps.
    function _share(Act memory act, uint256 i) internal view returns (uint256) {
        return act.s.noted(i) ? _notes[act.a.id][i].shareBps : 0;
    }

    /// @return rest What a funded tranche still holds.
    function _unpaid(Act memory act, uint256 i) internal view returns (uint256 rest) {
        unchecked {
            uint256 word = act.a.tranche(i);
            rest = word.amount();
            if (!act.s.noted(i)) return rest;
            Note storage n = _notes[act.a.id][i];
            if (n.extended && word.extender() == Terms.EXTENDER_PROVIDER) rest -= act.a.extensionPrice(i);
            rest -= rest * n.shareBps / SHARES;
        }
    }

    function _held(Act memory act, uint256 i) internal view returns (uint256) {
        return act.s.code(i) == Cells.UNFUNDED ? act.a.terminationFee(i) : _unpaid(act, i);
    }

    /// @return paid Sum of amount x share paid, over the milestones.
    /// @return total Sum of amount x 10,000.
    function _progress(Act memory act) internal pure returns (uint256 paid, uint256 total) {
        unchecked {
            uint256 count = act.a.milestones();
            for (uint256 i; i < count; ++i) {
                uint256 amount = act.a.tranche(i).amount();
                total += amount * SHARES;
                paid += amount * (act.s.code(i) == Cells.PAID ? SHARES : act.s.raw(i));
            }
        }
    }

    /// @return Whether money can be split now: an outcome only once all milestones have ended.
    function _splittable(Act memory act, uint256 i) internal pure returns (bool) {
        return i != act.a.milestones() || act.s.allTerminalBefore(i);
    }

    /// @return Whether there is an arbitrator for a tranche of this size.
    function _arbitrable(Act memory act, uint256 i) internal pure returns (bool) {
        return act.a.arbitrator() != address(0) && act.a.tranche(i).amount() >= 2 * act.a.deposit();
    }

    function _deposit(Act memory act, uint256 i) internal pure returns (uint256) {
        return _arbitrable(act, i) ? act.a.deposit() : 0;
    }

    function _bpsOf(uint256 ruling, uint256 fallbackBps) internal pure returns (uint256) {
        return ruling == 0 || ruling > CHOICES ? fallbackBps : (ruling - 1) * 100;
    }

    /// @return Number of a panel's dispute, and ERC-1497 group of every dispute's evidence.
    function _caseOf(bytes32 id, uint256 tranche) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(id, tranche)));
    }

    // Changes ---------------------------------------------------------------------------------------------------------

    /// Moves a tranche on; leaving the undelivered stages unblocks the next one of sequential terms.
    function _move(Act memory act, uint256 i, uint256 code, uint256 raw) internal pure {
        unchecked {
            uint256 old = act.s.code(i);
            uint256 s = act.s.put(i, code, raw);
            if (old == Cells.ACTIVE || old == Cells.WAITING || old == Cells.UNFUNDED) {
                // Behind the eighth there is none: its code reads as 0.
                uint256 next = s.code(i + 1);
                uint256 now_ = act.time - Cells.EPOCH;
                if (next == Cells.WAITING) s = s.put(i + 1, Cells.ACTIVE, now_);
                else if (next == Cells.UNFUNDED && s.raw(i + 1) == Cells.BLOCKED) s = s.put(i + 1, next, now_);
            }
            act.s = s;
        }
    }

    /// Keeps in the note what blocking moved due by, before the cell's clock is overwritten.
    function _keepShift(Act memory act, uint256 i) internal {
        unchecked {
            uint256 shift = _blocked(act, i);
            if (act.s.code(i) == Cells.WAITING) {
                uint256 start = act.a.tranche(i).start();
                if (act.time > start) shift = act.time - start;
            }
            if (shift == 0) return;
            act.s = act.s.note(i);
            _notes[act.a.id][i].shift += uint32(shift);
        }
    }

    function _noteLateness(Act memory act, uint256 i, uint256 lateDays) internal {
        if (lateDays != 0) _addLateDays(act, i, lateDays);
    }

    function _addLateDays(Act memory act, uint256 i, uint256 lateDays) internal {
        unchecked {
            act.s = act.s.note(i);
            Note storage n = _notes[act.a.id][i];
            uint256 sum = n.lateDays + lateDays;
            n.lateDays = uint16(sum > type(uint16).max ? type(uint16).max : sum);
        }
    }

    function _reject(Act memory act, uint256 i, bytes32 reasons) internal {
        _noteLateness(act, i, _daysLate(act, i));
        emit Rejected(act.a.id, i, act.s.round(i), reasons);
        uint256 deadline = act.time.end(act.a.tranche(i).cure());
        act.s = act.s.put(i, Cells.REJECTED, deadline - Cells.EPOCH).raiseRound(i);
    }

    /// Pays what is unpaid of a milestone, in whatever stage it is.
    function _payInFull(Act memory act, uint256 i, Cause cause) internal {
        uint256 code = act.s.code(i);
        bool disputed = code >= Cells.CONTESTED_BY_CLIENT;
        uint256 raw = act.time - Cells.EPOCH;
        uint256 lateDays;
        if (disputed) {
            _concede(act, i, code);
            // Days late were noted at the contest; the first minute there is adds none.
            raw = 0;
        } else if (code == Cells.DELIVERED) {
            raw = act.s.raw(i);
            lateDays = _daysLate(act, i);
        } else if (code == Cells.REJECTED) {
            // Without a delivery the acceptance counts; a round that is not the first is never derived from the clock.
            lateDays = _daysAfter(act.time, act.s.clock(i));
            _noteLateness(act, i, lateDays);
        } else {
            _keepShift(act, i);
            lateDays = _daysAfter(act.time, _dueAfterKeep(act, i));
        }
        bool onTime = _onTime(act, i, lateDays);
        uint256 amount = _unpaid(act, i);
        bool whole = amount == act.a.tranche(i).amount();
        if (!whole && code != Cells.REJECTED) _noteLateness(act, i, lateDays);
        _move(act, i, whole ? Cells.PAID : Cells.ENDED, whole ? raw : SHARES);
        uint256 fee = _pay(act, i, cause, onTime, disputed, amount);
        // Fees of tranches paid in one piece are sent together, at close.
        if (whole) act.fee -= fee;
    }

    /// Due once `_keepShift` has put the blocked time into the note.
    function _dueAfterKeep(Act memory act, uint256 i) internal view returns (uint256 due) {
        due = act.a.tranche(i).due();
        if (act.s.noted(i)) due += _notes[act.a.id][i].shift;
    }

    /// Deposits of a contested tranche that the client accepts after all: as if ruled 100 % for the provider.
    function _concede(Act memory act, uint256 i, uint256 code) internal pure {
        if (act.a.arbitration == 0) revert Errors.BranchMissing(Terms.ARBITRATION, Terms.PARTIES | Terms.WORK);
        uint256 deposit = _deposit(act, i);
        if (deposit == 0) return;
        if (code == Cells.CONTESTED_BY_CLIENT) {
            act.refund += deposit;
        } else if (code < Cells.DISPUTED) {
            act.providerDeposit += deposit;
        } else if (code == Cells.DISPUTED) {
            _returnDeposits(act, deposit);
        } else {
            act.fronted |= 1 << i;
            act.providerDeposit += deposit;
        }
    }

    /// Ends a tranche with the termination fee to the provider and the rest to the client.
    function _terminate(Act memory act, uint256 i, Cause cause) internal {
        uint256 held = _held(act, i);
        uint256 price = act.a.terminationFee(i);
        if (price > held) price = held;
        _move(act, i, Cells.TERMINATED, _share(act, i));
        if (price != 0) _pay(act, i, cause, true, false, price);
        if (held != price) _refund(act, i, cause, held - price);
    }

    /// Ends a disputed tranche: the provider gets `bps` of what is unpaid, of an outcome of its scaled maximum.
    function _split(Act memory act, uint256 i, uint256 bps, Cause cause) internal {
        unchecked {
            if (i == act.a.milestones()) {
                (uint256 paid, uint256 total) = _progress(act);
                uint256 most = Math.mulDiv(act.a.tranche(i).amount(), paid, total);
                return _endOutcome(act, i, most * bps / SHARES, cause, true);
            }
            uint256 rest = _unpaid(act, i);
            uint256 share = _share(act, i);
            uint256 amount = rest * bps / SHARES;
            bool onTime = _onTime(act, i, 0);
            _move(act, i, Cells.ENDED, share + (SHARES - share) * bps / SHARES);
            if (amount != 0) _pay(act, i, cause, onTime, true, amount);
            if (rest != amount) _refund(act, i, cause, rest - amount);
        }
    }

    function _endOutcome(Act memory act, uint256 i, uint256 pay, Cause cause, bool disputed) internal {
        uint256 amount = act.a.tranche(i).amount();
        _move(act, i, Cells.ENDED, pay * SHARES / amount);
        if (pay != 0) _pay(act, i, cause, true, disputed, pay);
        if (amount != pay) _refund(act, i, cause, amount - pay);
    }

    /// Closes every open tranche, and owes fronters their deposits.
    /// @param last The last stage that may be closed so.
    /// @return held Money of the tranches.
    /// @return deposits Those that are the parties'.
    function _closeAll(Act memory act, uint256 last) internal view returns (uint256 held, uint256 deposits) {
        uint256 count = act.a.count();
        bool any;
        for (uint256 i; i < count; ++i) {
            uint256 code = act.s.code(i);
            if (code >= Cells.PAID) continue;
            if (code > last) revert Errors.WrongStage(i, code);
            any = true;
            held += _held(act, i);
            if (code >= Cells.CONTESTED_BY_CLIENT) {
                uint256 deposit = _deposit(act, i);
                deposits += deposit;
                if (code == Cells.DISPUTED) deposits += deposit;
                else if (code == Cells.ARBITRATED && deposit != 0) act.fronted |= 1 << i;
            }
            act.s = act.s.put(i, Cells.CLOSED, 0);
        }
        if (!any) revert Errors.WrongStage(0, act.s.code(0));
    }

    // Accounts --------------------------------------------------------------------------------------------------------

    /// @param amount Gross.
    /// @return fee What of it goes to the fee recipient.
    function _pay(Act memory act, uint256 i, Cause cause, bool onTime, bool disputed, uint256 amount)
        internal
        returns (uint256 fee)
    {
        unchecked {
            uint256 bps = act.a.feeBps();
            fee = amount * bps / SHARES;
            act.payout += amount - fee;
            act.fee += fee;
            uint256 facts = (amount << 40) | (bps << 24) | (i << 16) | (uint256(cause) << 8);
            if (disputed) facts |= 2;
            if (onTime) facts |= 1;
            emit Paid(act.a.id, facts);
        }
    }

    function _refund(Act memory act, uint256 i, Cause cause, uint256 amount) internal {
        unchecked {
            act.refund += amount;
            emit Refunded(act.a.id, (amount << 40) | (i << 16) | (uint256(cause) << 8));
        }
    }

    function _returnDeposits(Act memory act, uint256 deposit) internal pure {
        unchecked {
            act.refund += deposit;
            act.providerDeposit += deposit;
        }
    }

    /// Splits one deposit like the tranche.
    function _divide(Act memory act, uint256 deposit, uint256 bps) internal pure {
        unchecked {
            uint256 part = deposit * bps / SHARES;
            act.providerDeposit += part;
            act.refund += deposit - part;
        }
    }

    function _spendCredit(address token, address owner, address to, uint256 amount) internal {
        uint256 credit = _credits[token][owner];
        if (amount == 0 || amount > credit) revert Errors.CreditTooLow(credit, amount);
        _credits[token][owner] = credit - amount;
        emit CreditPaid(token, owner, to, amount);
    }

    /// Writes the state, takes the fees still owed if this closed the agreement, then pays everyone.
    function _commit(Act memory act) internal {
        bytes32 id = act.a.id;
        uint256 s = act.s;
        _stages[id] = s;
        if (s.allTerminal()) {
            act.fee += _owedFees(act);
            emit Closed(id);
        }
        if (act.tip != 0) _takeTip(act);
        address token = act.a.token();
        address provider = act.a.provider();
        address payee = s.anyNoted() ? _payees[id] : address(0);
        if (payee == address(0)) {
            _push(token, provider, provider, act.payout + act.providerDeposit);
        } else {
            _push(token, payee, provider, act.payout);
            _push(token, provider, provider, act.providerDeposit);
        }
        if (act.refund != 0) {
            address client = act.a.client();
            _push(token, client, client, act.refund);
        }
        if (act.fee != 0) {
            address feeRecipient = act.a.feeRecipient();
            _push(token, feeRecipient, feeRecipient, act.fee);
        }
        for (uint256 i; act.fronted >> i != 0; ++i) {
            if ((act.fronted >> i) & 1 == 0) continue;
            address fronter = _fronters[id][i];
            _push(token, fronter, fronter, act.a.deposit());
        }
    }

    /// @return fees Of tranches paid in one piece.
    function _owedFees(Act memory act) internal pure returns (uint256 fees) {
        unchecked {
            uint256 bps = act.a.feeBps();
            if (bps == 0) return 0;
            uint256 count = act.a.milestones();
            for (uint256 i; i < count; ++i) {
                if (act.s.code(i) == Cells.PAID) fees += act.a.tranche(i).amount() * bps / SHARES;
            }
        }
    }

    /// Pays the relayer from what the signer is paid in this act, else from its credit, else from its account.
    function _takeTip(Act memory act) internal {
        uint256 tip = act.tip;
        if (act.tipToken == act.a.token()) {
            bool paid = true;
            if (act.tipper == act.a.provider() && act.payout >= tip) act.payout -= tip;
            else if (act.tipper == act.a.client() && act.refund >= tip) act.refund -= tip;
            else paid = false;
            if (paid) return _push(act.tipToken, msg.sender, msg.sender, tip);
        }
        _payTip(act);
    }

    /// Pays the relayer when the act itself pays nobody.
    function _payTip(Act memory act) internal {
        uint256 tip = act.tip;
        if (tip == 0) return;
        address token = act.tipToken;
        if (_credits[token][act.tipper] >= tip) {
            _spendCredit(token, act.tipper, msg.sender, tip);
            _push(token, msg.sender, msg.sender, tip);
        } else {
            _collect(token, act.tipper, msg.sender, tip);
        }
    }
}
