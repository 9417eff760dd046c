// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "../Errors.sol";
import {Agreement, Terms} from "./Terms.sol";

/// @title Validity
/// @notice Refuses terms under which money could be locked, paid twice or priced over the cap (rules 2, 3, 4, 13).
library Validity {
    using Terms for Agreement;
    using Terms for uint256;

    uint256 internal constant MAX_FEE_BPS = 300;
    uint256 internal constant MAX_TRANCHES = 8;
    uint256 internal constant MAX_PAUSES = 4;
    uint256 internal constant MAX_POINTS = 8;
    uint256 internal constant MAX_SHARE = 10_000;
    /// Three days in minutes: longer than any rollup's forced inclusion takes.
    uint256 internal constant MIN_WINDOW = 4320;
    /// Thirty days in minutes.
    uint256 internal constant MAX_PAUSE = 43_200;

    /// @param a With all branches in full.
    /// @param escrow May be neither a party nor a receiver.
    function check(Agreement memory a, address escrow) internal view {
        _checkParties(a, escrow);
        uint256 bps = a.feeBps();
        if (bps > MAX_FEE_BPS) revert Errors.FeeOverCap(bps, MAX_FEE_BPS);
        if (bps != 0 && (a.feeRecipient() == address(0) || a.feeRecipient() == escrow)) {
            revert Errors.BadReceiver(a.feeRecipient());
        }
        if (a.token().code.length == 0) revert Errors.TokenWithoutCode(a.token());

        uint256 count = a.count();
        uint256 milestones = a.milestones();
        if (count == 0 || milestones == 0 || count > MAX_TRANCHES) revert Errors.TrancheCount(count);
        uint256 openBy = a.openBy();
        for (uint256 i; i < count; ++i) {
            _checkTranche(a, i, i < milestones, openBy, bps);
        }
        _checkPauses(a);
        _checkArbitration(a);
        _checkOutcome(a, milestones);
    }

    function _checkParties(Agreement memory a, address escrow) private pure {
        address client = a.client();
        address provider = a.provider();
        address arbitrator = a.arbitrator();
        address source = a.source();
        address clientDelegate = a.clientDelegate();
        address providerDelegate = a.providerDelegate();
        if (
            client == address(0) || provider == address(0) || client == provider || client == escrow
                || provider == escrow || client == arbitrator || provider == arbitrator || client == source
                || provider == source || (arbitrator == source && source != address(0))
        ) revert Errors.PartiesNotDistinct();
        if (clientDelegate != address(0)) {
            if (
                clientDelegate == provider || clientDelegate == providerDelegate || clientDelegate == arbitrator
                    || clientDelegate == source
            ) revert Errors.PartiesNotDistinct();
        }
        if (providerDelegate != address(0)) {
            if (providerDelegate == client || providerDelegate == arbitrator || providerDelegate == source) {
                revert Errors.PartiesNotDistinct();
            }
        }
    }

    function _checkTranche(Agreement memory a, uint256 i, bool milestone, uint256 openBy, uint256 bps) private pure {
        unchecked {
            uint256 word = a.tranche(i);
            uint256 amount = word.amount();
            if (amount == 0 || (bps != 0 && amount * bps < MAX_SHARE)) revert Errors.BadAmount(i, amount);
            uint256 start = word.start();
            uint256 due = word.due();
            if (start > due || openBy > due) revert Errors.BadDates(i);
            // What blocks a milestone moves its due date from its start on: only from the opening on, then.
            if (i != 0 && milestone && start < openBy && a.sequential()) revert Errors.BadDates(i);
            if (word.review() < MIN_WINDOW) revert Errors.WindowTooShort(i, word.review(), MIN_WINDOW);
            if (milestone && word.cure() < MIN_WINDOW) revert Errors.WindowTooShort(i, word.cure(), MIN_WINDOW);

            uint256 fundBy = word.fundBy();
            if (fundBy != 0) {
                // The outcome must be funded before the last milestone starts.
                uint256 latest = milestone ? start : a.tranche(i - 1).start();
                if (fundBy < openBy || fundBy > latest) revert Errors.BadDates(i);
            }
            if (a.terminationFee(i) > amount) revert Errors.BadOption(i);

            uint256 extender = word.extender();
            uint256 extensionDays = word.extensionDays();
            uint256 price = a.extensionPrice(i);
            if (extender == 0) {
                if (extensionDays != 0 || price != 0) revert Errors.BadOption(i);
            } else if (
                !milestone || extender > Terms.EXTENDER_PROVIDER || extensionDays == 0
                    || (extender == Terms.EXTENDER_PROVIDER && price >= amount)
            ) {
                revert Errors.BadOption(i);
            }
        }
    }

    function _checkPauses(Agreement memory a) private pure {
        unchecked {
            (uint256 offset, uint256 number) = a.pauses();
            if (number > MAX_PAUSES) revert Errors.BadPauses(number);
            uint256 last;
            for (uint256 k; k < number; ++k) {
                uint256 word;
                assembly ("memory-safe") {
                    word := shr(192, calldataload(add(offset, shl(3, k))))
                }
                uint256 from = word >> 32;
                uint256 until = word & 0xffffffff;
                if (from < last || from >= until || until - from > MAX_PAUSE) revert Errors.BadPauses(k);
                last = until;
            }
        }
    }

    function _checkArbitration(Agreement memory a) private pure {
        unchecked {
            uint256 deposit = a.deposit();
            uint256 least = MIN_WINDOW;
            bool ok = a.fallbackBps() <= MAX_SHARE;
            if (a.arbitrator() == address(0)) {
                ok = ok && deposit == 0 && !a.panel();
            } else {
                if (deposit != 0) {
                    ok = ok && a.answerWithin() >= MIN_WINDOW;
                    least += a.answerWithin();
                }
                ok = ok && a.ruleWithin() >= least;
            }
            if (!ok) revert Errors.BadArbitration();
        }
    }

    function _checkOutcome(Agreement memory a, uint256 milestones) private pure {
        unchecked {
            uint256 metric = a.metric();
            uint256 points = a.pointCount();
            if (!a.payByResult()) {
                if (metric != Terms.METRIC_NONE || points != 0 || a.source() != address(0)) revert Errors.BadOutcome();
                return;
            }
            if (metric == Terms.METRIC_NONE || metric > Terms.METRIC_SHARE_ACCEPTED) revert Errors.BadOutcome();
            uint256 word = a.tranche(milestones);
            if (metric == Terms.METRIC_REPORTED) {
                if (a.source() == address(0) || word.start() == word.due()) revert Errors.BadOutcome();
            } else if (a.source() != address(0)) {
                revert Errors.BadOutcome();
            }
            if (points == 0 || points > MAX_POINTS) revert Errors.BadCurve(points);
            uint256 last;
            for (uint256 k; k < points; ++k) {
                (uint256 value, uint256 pay) = a.point(k);
                if ((k == 0 ? value != 0 : value <= last) || pay > word.amount()) revert Errors.BadCurve(k);
                last = value;
            }
        }
    }
}
