// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base} from "../Base.sol";
import {Deal, DealIn, TrancheIn} from "../Deal.sol";

/// @notice For every way in which a milestone can be paid: what went in comes out, to the last unit; fees floor; the last
/// leg is the remainder. Amounts, shares, fees and times are the fuzzer's.
contract MoneyFuzzTest is Base {
    using Deal for DealIn;

    uint256 private clientWas;
    uint256 private providerWas;
    uint256 private feesWas;

    struct Money {
        uint128 amount;
        uint16 feeBps;
        uint16 shareBps;
        uint16 fallbackBps;
        uint8 percent;
        uint128 deposit;
    }

    function _bounded(Money memory m) private pure returns (Money memory) {
        m.feeBps = uint16(bound(m.feeBps, 0, 300));
        m.amount = uint128(bound(m.amount, m.feeBps == 0 ? 1 : (10_000 + m.feeBps - 1) / m.feeBps, type(uint128).max));
        m.shareBps = uint16(bound(m.shareBps, 1, 9999));
        m.fallbackBps = uint16(bound(m.fallbackBps, 0, 10_000));
        m.percent = uint8(bound(m.percent, 0, 100));
        m.deposit = uint128(bound(m.deposit, 0, m.amount / 2));
        return m;
    }

    function _open(Money memory m, bool arbitrated) private returns (DealIn memory d) {
        d = deal();
        d.work.feeBps = m.feeBps;
        d.work.tranches = new TrancheIn[](1);
        d.work.tranches[0] = milestone(m.amount, 10, 40);
        d.work.tranches[0].terminable = true;
        if (arbitrated) {
            if (m.deposit != 0) withDeposit(d, m.deposit);
        } else {
            d.arbitration.arbitrator = address(0);
            d.arbitration.panel = false;
        }
        d.arbitration.fallbackBps = m.fallbackBps;
        _start(d);
    }

    function _start(DealIn memory d) private {
        token.mint(client, type(uint136).max);
        token.mint(provider, type(uint128).max);
        (clientWas, providerWas, feesWas) = (balance(client), balance(provider), balance(feeRecipient));
        open(d);
    }

    function _fee(Money memory m, uint256 gross) private pure returns (uint256) {
        return gross * m.feeBps / 10_000;
    }

    /// @param gross What the provider earned in all. @param fees What of it went to the fee recipient.
    function _assertPaid(Money memory m, uint256 gross, uint256 fees) private view {
        assertEq(balance(provider) - providerWas, gross - fees, "provider");
        assertEq(balance(feeRecipient) - feesWas, fees, "fees");
        assertEq(clientWas - balance(client), gross, "client");
        assertLe(fees * 10_000, gross * m.feeBps, "fee over what was signed");
        assertEq(balance(address(escrow)), 0, "escrow");
    }

    function testFuzz_AcceptedAndSilence(Money memory m, bool delivered, bool silence, uint256 day) external {
        m = _bounded(m);
        DealIn memory d = _open(m, true);
        day = bound(day, 0, 46);
        atDay(day);
        if (delivered || silence) deliver(d, 0, 0);
        if (silence) {
            vm.warp(((T0 + (day + 10) * DAY) + 1) * 60);
            claim(d, 0);
        } else {
            accept(d, 1, 0);
        }
        _assertPaid(m, m.amount, _fee(m, m.amount));
    }

    function testFuzz_Refunded(Money memory m) external {
        m = _bounded(m);
        DealIn memory d = _open(m, true);
        atDay(47);
        claim(d, 0);
        _assertPaid(m, 0, 0);
    }

    /// A part at once; then the rest by acceptance, by silence, by lapse.
    function testFuzz_PartThen(Money memory m, uint8 way) external {
        m = _bounded(m);
        DealIn memory d = _open(m, true);
        deliver(d, 0, 0);
        uint256 part = uint256(m.amount) * m.shareBps / 10_000;
        if (part == 0) return;
        acceptPart(d, 0, 0, m.shareBps);
        assertEq(balance(provider) - providerWas, part - _fee(m, part), "the part, at once");
        way = way % 3;
        if (way == 0) {
            accept(d, 1, 1);
        } else if (way == 1) {
            deliver(d, 0, 1);
            atDay(11);
            claim(d, 0);
        } else {
            atDay(8);
            claim(d, 0);
            return _assertPaid(m, part, _fee(m, part));
        }
        uint256 rest = m.amount - part;
        _assertPaid(m, m.amount, _fee(m, part) + _fee(m, rest));
        assertEq((escrow.stages(idOf(d)) >> 7) & 0x1ffffff, 10_000, "share");
    }

    /// Part acceptance, then a ruling of the panel on the rest, or the fallback when it is silent, or without any.
    function testFuzz_PartThenDisputed(Money memory m, uint8 way, bool partly, bool byClient) external {
        m = _bounded(m);
        way = way % 3;
        DealIn memory d = _open(m, way != 2);
        uint256 part = partly ? uint256(m.amount) * m.shareBps / 10_000 : 0;
        deliver(d, 0, 0);
        if (part != 0) acceptPart(d, 0, 0, m.shareBps);
        else if (!byClient) reject(d, 0, 0);
        uint256 round = part != 0 || !byClient ? 1 : 0;
        if (byClient && part != 0) deliver(d, 0, 1);
        bool deposits = way != 2 && m.deposit != 0;
        contest(d, 0, round, byClient);
        uint256 bps = m.fallbackBps;
        if (deposits) answer(d, 0, round, !byClient);
        if (way == 0) {
            decide(d, 0, uint256(m.percent) + 1);
            bps = uint256(m.percent) * 100;
        } else if (way == 1) {
            atDay(31);
            claim(d, 0);
        }
        _assertDisputed(d, m, part, bps, deposits && way == 0);
    }

    function _assertDisputed(DealIn memory d, Money memory m, uint256 part, uint256 bps, bool engaged) private view {
        uint256 second = (m.amount - part) * bps / 10_000;
        uint256 share = part == 0 ? 0 : m.shareBps;
        assertEq(
            (escrow.stages(idOf(d)) >> 7) & 0x1ffffff, share + (10_000 - share) * bps / 10_000, "share in the record"
        );
        uint256 fees = _fee(m, part) + _fee(m, second);
        if (!engaged) return _assertPaid(m, part + second, fees);
        // One deposit to the panel, the other split like the tranche.
        uint256 back = uint256(m.deposit) * bps / 10_000;
        assertEq(balance(provider) + m.deposit - providerWas, part + second - fees + back, "provider");
        assertEq(clientWas - balance(client), part + second + back, "client");
        assertEq(balance(members[0]) + balance(members[1]), m.deposit, "panel");
        assertEq(balance(members[1]), m.deposit / 2, "each the same, what does not divide to the first");
        assertEq(balance(feeRecipient) - feesWas, fees, "fees");
        assertEq(balance(address(escrow)), 0, "escrow");
    }

    /// Not answered: forfeits to the contester, or the fallback where nothing had been delivered.
    function testFuzz_Forfeit(Money memory m, uint8 way, bool partly) external {
        m = _bounded(m);
        if (m.deposit == 0) return;
        DealIn memory d = _open(m, true);
        way = way % 3;
        uint256 part = partly && way != 2 ? uint256(m.amount) * m.shareBps / 10_000 : 0;
        if (way == 2) {
            atDay(10);
        } else {
            deliver(d, 0, 0);
            if (part != 0) acceptPart(d, 0, 0, m.shareBps);
            else reject(d, 0, 0);
            if (way == 0) deliver(d, 0, 1);
        }
        contest(d, 0, way == 2 ? 0 : 1, way == 0);
        vm.warp(block.timestamp + 5 days + 1 minutes);
        claim(d, 0);
        uint256 rest = m.amount - part;
        uint256 second = way == 0 ? 0 : way == 1 ? rest : rest * m.fallbackBps / 10_000;
        _assertPaid(m, part + second, _fee(m, part) + _fee(m, second));
    }

    /// Any split of money and deposits that both sign.
    function testFuzz_Settled(Money memory m, uint256 toProvider, uint256 deposits, uint8 stage, bool partly) external {
        m = _bounded(m);
        DealIn memory d = _open(m, true);
        stage = stage % 4;
        uint256 part = partly ? uint256(m.amount) * m.shareBps / 10_000 : 0;
        if (stage > 0) deliver(d, 0, 0);
        if (stage > 0 && part != 0) {
            acceptPart(d, 0, 0, m.shareBps);
            deliver(d, 0, 1);
        }
        if (stage == 0) part = 0;
        uint256 round = part == 0 ? 0 : 1;
        if (stage > 1) contest(d, 0, round, true);
        if (stage > 2 && m.deposit != 0) answer(d, 0, round, false);
        uint256 posted = stage < 2 ? 0 : stage == 2 ? m.deposit : 2 * uint256(m.deposit);
        toProvider = bound(toProvider, 0, m.amount - part);
        deposits = bound(deposits, 0, posted);
        _settle(d, [toProvider, m.amount - part - toProvider, deposits, posted - deposits]);
        uint256 own = stage == 3 ? m.deposit : 0;
        uint256 fees = _fee(m, part) + _fee(m, toProvider);
        assertEq(balance(provider) + own - providerWas, part + toProvider - fees + deposits, "provider");
        assertEq(clientWas + own, balance(client) + part + toProvider + deposits, "client");
        assertEq(balance(feeRecipient) - feesWas, fees, "fees");
        assertEq(balance(address(escrow)), 0, "escrow");
        assertEq(codeOf(d, 0), 15);
    }

    function _settle(DealIn memory d, uint256[4] memory s) private {
        bytes memory fields = abi.encode(
            typeOf(
                "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,"
            ),
            idOf(d),
            s[0],
            s[1],
            s[2],
            s[3]
        );
        bytes memory one = auth(CLIENT_KEY, fields);
        bytes memory two = auth(PROVIDER_KEY, fields);
        escrow.settle(d.pack(PWA), s[0], s[1], s[2], s[3], one, two);
    }

    // Options ------------------------------------------------------------------------------------------------------

    /// Funded or not, in part accepted or not: the provider gets the fee or what is left, the client the rest.
    function testFuzz_Terminated(Money memory m, uint128 price, bool staged, bool funded, bool partly, bool lapse)
        external
    {
        m = _bounded(m);
        DealIn memory d = deal();
        d.work.feeBps = m.feeBps;
        d.work.tranches = new TrancheIn[](1);
        d.work.tranches[0] = milestone(m.amount, 30, 60);
        d.work.tranches[0].terminable = true;
        d.work.tranches[0].terminationFee = uint128(bound(price, 0, m.amount));
        if (staged) d.work.tranches[0].fundBy = uint32(T0 + 20 * DAY);
        _start(d);
        price = d.work.tranches[0].terminationFee;
        assertEq(clientWas - balance(client), staged ? price : m.amount, "put in");
        if (staged && funded) {
            vm.prank(client);
            escrow.fund(d.pack(PW), 1, "");
        }
        bool open_ = !staged || funded;
        assertEq(clientWas - balance(client), open_ ? m.amount : price, "put in");
        uint256 part = open_ && partly ? uint256(m.amount) * m.shareBps / 10_000 : 0;
        if (part != 0) {
            deliver(d, 0, 0);
            acceptPart(d, 0, 0, m.shareBps);
        }
        if (!open_ && lapse) {
            atDay(20);
            claim(d, 0);
        } else {
            vm.warp((T0 + 30 * DAY) * 60 - 1);
            vm.prank(client);
            escrow.terminate(d.pack(PW), 1, "");
        }
        uint256 held = m.amount - part;
        uint256 second = price < held ? price : held;
        _assertPaid(m, part + second, _fee(m, part) + _fee(m, second));
        assertEq(codeOf(d, 0), 14);
        assertEq((escrow.stages(idOf(d)) >> 7) & 0x1ffffff, part == 0 ? 0 : m.shareBps, "share in the record");
    }

    /// The client's price goes to the provider at once, the provider's to the client out of the tranche.
    function testFuzz_Extended(Money memory m, uint128 price, bool byClient, uint8 days_, bool partly) external {
        m = _bounded(m);
        if (m.amount == 1) return;
        DealIn memory d = deal();
        d.work.feeBps = m.feeBps;
        d.work.tranches = new TrancheIn[](1);
        d.work.tranches[0] = milestone(m.amount, 10, 40);
        d.work.tranches[0].extender = byClient ? 1 : 2;
        days_ = uint8(bound(days_, 1, 127));
        d.work.tranches[0].extensionDays = days_;
        price = uint128(bound(price, 0, uint256(m.amount) - 1));
        d.work.tranches[0].extensionPrice = price;
        _start(d);
        vm.warp((T0 + 40 * DAY) * 60 - 1);
        bytes memory packed = d.pack(PW);
        vm.prank(byClient ? client : provider);
        escrow.extend(packed, 0, "");
        uint256 base = byClient ? m.amount : m.amount - price;
        uint256 gross = byClient ? price : 0;
        uint256 fees = byClient ? _fee(m, price) : 0;
        assertEq(clientWas - balance(client), byClient ? uint256(m.amount) + price : m.amount - price, "at once");
        assertEq(balance(provider) - providerWas, gross - fees, "at once, less the fee");
        vm.warp((T0 + (40 + uint256(days_)) * DAY + WEEK) * 60 - 60);
        deliver(d, 0, 0);
        uint256 part = partly ? base * m.shareBps / 10_000 : 0;
        if (part != 0) {
            acceptPart(d, 0, 0, m.shareBps);
            accept(d, 1, 1);
        } else {
            vm.warp(block.timestamp + 10 days + 1 minutes);
            claim(d, 0);
        }
        _assertPaid(m, gross + base, fees + _fee(m, part) + _fee(m, base - part));
    }

    /// A minute past the moved deadline the client is refunded whatever was delivered.
    function testFuzz_LateIsNeverPaidBySilence(Money memory m, uint32 late) external {
        m = _bounded(m);
        DealIn memory d = _open(m, true);
        late = uint32(bound(late, 0, 100 * DAY));
        vm.warp((T0 + 47 * DAY + late) * 60);
        deliver(d, 0, 0);
        claim(d, 0);
        _assertPaid(m, 0, 0);
    }

    // Deposits -----------------------------------------------------------------------------------------------------

    /// Under twice the deposit there is no arbitration: contesting applies the fallback at once.
    function testFuzz_DepositTooLarge(Money memory m, uint128 deposit) external {
        m = _bounded(m);
        m.deposit = uint128(bound(deposit, uint256(m.amount) / 2 + 1, type(uint128).max));
        DealIn memory d = _open(m, true);
        deliver(d, 0, 0);
        contest(d, 0, 0, true);
        uint256 gross = uint256(m.amount) * m.fallbackBps / 10_000;
        _assertPaid(m, gross, _fee(m, gross));
    }
}
