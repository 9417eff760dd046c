// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Deployed} from "../Deployed.sol";
import {Base} from "../Base.sol";
import {Deal, DealIn, PartiesIn, PauseIn, PointIn, TrancheIn} from "../Deal.sol";
import {BlacklistToken} from "../tokens/BlacklistToken.sol";
import {RehearsalToken} from "../../src/RehearsalToken.sol";
import {Court} from "./Court.sol";

/// @title Generator
/// @notice Random agreements, nearly all of them valid, from one stream of numbers.
abstract contract Generator is Base {
    using Deal for DealIn;

    uint256 internal constant TOKENS = 5;
    uint256 internal constant THIRD_KEY = 0x3d;

    uint256 private entropy;
    RehearsalToken[TOKENS] public tokens;
    Court public court;
    /// Each can be client of one agreement and provider of another.
    address[3] internal partyOf;
    mapping(address account => uint256) internal keyOf;

    function _seed(uint256 seed) internal {
        entropy = seed;
    }

    /// @return A number below n.
    function _next(uint256 n) internal returns (uint256) {
        entropy = uint256(keccak256(abi.encode(entropy)));
        return entropy % n;
    }

    function _coin(uint256 n) internal returns (bool) {
        return _next(n) == 0;
    }

    function _setUpGenerator() internal {
        court = new Court();
        tokens[0] = Deployed.token(0);
        tokens[1] = Deployed.token(6);
        tokens[2] = Deployed.token(18);
        tokens[3] = Deployed.token(30);
        tokens[4] = new BlacklistToken(6);
        partyOf = [client, provider, vm.addr(THIRD_KEY)];
        keyOf[client] = CLIENT_KEY;
        keyOf[provider] = PROVIDER_KEY;
        keyOf[partyOf[2]] = THIRD_KEY;
        keyOf[clientDelegate] = CLIENT_DELEGATE_KEY;
        keyOf[providerDelegate] = PROVIDER_DELEGATE_KEY;
        keyOf[stranger] = STRANGER_KEY;
    }

    function _minuteNow() internal view returns (uint256) {
        return vm.getBlockTimestamp() / 60;
    }

    function _amount(uint256 decimals, uint256 feeBps) internal returns (uint128) {
        uint256 least = feeBps == 0 ? 1 : (10_000 + feeBps - 1) / feeBps;
        uint256 kind = _next(4);
        if (kind == 0) return uint128(least + _next(50));
        if (kind == 1) return uint128(type(uint128).max - _next(50));
        return uint128(least + _next((10 ** decimals) * 1_000_000));
    }

    function _generate(address client_, address provider_, RehearsalToken token_) internal returns (DealIn memory d) {
        uint256 now_ = _minuteNow();
        uint256 decimals = token_.decimals();
        d.parties = PartiesIn(
            client_, provider_, _coin(2) ? clientDelegate : address(0), _coin(2) ? providerDelegate : address(0)
        );
        d.work.document = keccak256(abi.encode(_next(type(uint256).max)));
        d.work.token = address(token_);
        d.work.feeRecipient = feeRecipient;
        uint256 fee = _next(5);
        d.work.feeBps = uint16(fee == 0 ? 0 : fee == 1 ? 1 : fee == 2 ? 300 : _next(301));
        d.work.openBy = uint32(now_ + 1 + _next(7 * DAY));
        d.work.sequential = _coin(2);
        // Half of them small and near: the outcome of a long agreement is seldom reached.
        bool small = _coin(2);
        uint256 count = small ? 1 + _next(3) : 1 + _next(8);
        d.work.payByResult = count > 1 && (small ? !_coin(4) : _coin(2));
        d.work.tranches = new TrancheIn[](count);
        uint256 start = now_ + _next((small ? 4 : 15) * DAY);
        for (uint256 i; i < count; ++i) {
            // Sequential milestones behind the first start after the opening.
            if (d.work.sequential && i == 1 && start < d.work.openBy) start = d.work.openBy;
            d.work.tranches[i] = _tranche(d, i, start, decimals);
            start += _next((small ? 3 : 12) * DAY);
        }
        d.work.pauses = new PauseIn[](_next(4));
        uint256 last = now_ + _next(20 * DAY);
        for (uint256 k; k < d.work.pauses.length; ++k) {
            uint256 until = last + 1 + _next(10 * DAY);
            d.work.pauses[k] = PauseIn(uint32(last), uint32(until));
            last = until + _next(20 * DAY);
        }
        _arbitrate(d);
        if (d.work.payByResult) _outcome(d);
    }

    function _tranche(DealIn memory d, uint256 i, uint256 start, uint256 decimals)
        private
        returns (TrancheIn memory t)
    {
        bool outcome = d.work.payByResult && i == d.work.tranches.length - 1;
        t.amount = _amount(decimals, d.work.feeBps);
        t.start = uint32(start);
        t.due = uint32(start + 1 + _next(15 * DAY));
        if (t.due < d.work.openBy) t.due = d.work.openBy;
        t.review = uint32(4320 + _next(5 * DAY));
        t.cure = outcome ? 0 : uint32(4320 + _next(5 * DAY));
        uint256 latest = outcome ? d.work.tranches[i - 1].start : start;
        if (_coin(3) && latest >= d.work.openBy) {
            t.fundBy = uint32(d.work.openBy + _next(latest - d.work.openBy + 1));
        }
        t.terminable = _coin(2);
        if (_coin(2)) t.terminationFee = uint128(_next(uint256(t.amount) + 1));
        if (outcome) return t;
        t.extender = uint8(_next(3));
        if (t.extender == 0) return t;
        t.extensionDays = uint16(1 + _next(20));
        if (_coin(2)) t.extensionPrice = uint128(_next(t.amount));
    }

    function _arbitrate(DealIn memory d) private {
        d.arbitration.fallbackBps = uint16(_coin(4) ? _next(2) * 10_000 : _next(10_001));
        uint256 kind = _next(6);
        if (kind == 0) return;
        d.arbitration.panel = kind < 3;
        d.arbitration.arbitrator = kind < 3 ? address(panel) : address(court);
        d.arbitration.maxCost = 1 ether;
        if (_coin(4)) d.arbitration.extraData = hex"c0ffee";
        if (_coin(2)) {
            // At times more than half of some tranche: that one has no arbitration.
            uint256 k = _next(d.work.tranches.length);
            if (d.work.payByResult && _coin(2)) k = d.work.tranches.length - 1;
            d.arbitration.deposit = uint128(_next(uint256(d.work.tranches[k].amount) / (1 + _next(4)) + 1));
            d.arbitration.answerWithin = uint32(4320 + _next(5 * DAY));
        }
        d.arbitration.ruleWithin = uint32(4320 + d.arbitration.answerWithin + _next(20 * DAY));
    }

    function _outcome(DealIn memory d) private {
        d.outcome.metric = uint8(_coin(2) ? 1 : 1 + _next(3));
        if (d.outcome.metric == 1) {
            d.outcome.source = address(reports);
            d.outcome.defaultValue = uint128(_next(1000));
        }
        d.outcome.lines = _coin(2);
        uint256 most = d.work.tranches[d.work.tranches.length - 1].amount;
        d.outcome.points = new PointIn[](1 + _next(8));
        uint256 value;
        for (uint256 k; k < d.outcome.points.length; ++k) {
            d.outcome.points[k] = PointIn(uint128(value), uint128(_coin(4) ? most : _next(most + 1)));
            value += 1 + _next(_coin(8) ? uint256(1 << 120) : 2000);
        }
    }
}
