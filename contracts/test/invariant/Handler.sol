// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecord} from "../../src/interfaces/IRecord.sol";
import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Deal, DealIn} from "../Deal.sol";
import {BlacklistToken} from "../tokens/BlacklistToken.sol";
import {RehearsalToken} from "../../src/RehearsalToken.sol";
import {Vm} from "../Vm.sol";
import {Generator} from "./Generator.sol";
import {Ledger} from "./Ledger.sol";

/// @title Handler
/// @notice Many random agreements at once, every verb by every role at random times, legal and illegal; and a second set
/// of books, kept from events and terms, that the invariants are checked against.
contract Handler is Generator {
    using Deal for DealIn;

    enum Verb {
        Open,
        Revoke,
        Amend,
        Fund,
        Deliver,
        Accept,
        AcceptPart,
        Reject,
        Terminate,
        Extend,
        Report,
        Contest,
        Answer,
        Arbitrate,
        Rule,
        RulePanel,
        Claim,
        Settle,
        NamePayee,
        RevokeDelegate,
        Redirect,
        Push
    }

    uint256 internal constant VERBS = 22;
    uint256 private constant MOST_OPEN = 5;
    uint256 private constant MOST = 12;
    bytes32 private constant PAPER = keccak256("paper");

    // What there is.
    bytes32[] public ids;
    mapping(bytes32 id => bytes) private terms;
    mapping(bytes32 id => bytes) private written;
    bytes32[] public revoked;
    address[] public accounts;
    address[2] private receivers = [address(0x5911), address(0x5912)];
    mapping(bytes32 id => mapping(uint256 i => uint256)) private numbers;

    // The second books.
    mapping(uint256 verb => uint256) public successes;
    mapping(uint256 verb => uint256) public refusals;
    mapping(uint256 code => bool) public reached;
    mapping(bytes32 id => mapping(uint256 i => uint256)) public putIn;
    mapping(bytes32 id => mapping(uint256 i => uint256)) public takenOut;
    mapping(bytes32 id => uint256) public putInAll;
    mapping(bytes32 id => uint256) public takenOutAll;
    mapping(address token => uint256) public feesByEvents;
    mapping(address token => uint256) public minted;
    mapping(uint256 k => uint256) private allowed;
    mapping(uint256 k => uint256) public seen;
    /// First breach of each rule that is checked as acts happen, by its number in README.md.
    mapping(uint256 number => string) public breach;
    /// The result of the last act.
    bool public lastOk;
    bytes public lastAnswer;

    function setUp() public override {
        super.setUp();
        _setUpGenerator();
        _setUpTransitions();
        address[14] memory all = [
            client,
            provider,
            partyOf[2],
            clientDelegate,
            providerDelegate,
            stranger,
            relayer,
            feeRecipient,
            receivers[0],
            receivers[1],
            members[0],
            members[1],
            members[2],
            address(panel)
        ];
        for (uint256 k; k < all.length; ++k) {
            accounts.push(all[k]);
        }
        for (uint256 t; t < TOKENS; ++t) {
            for (uint256 k; k < 7; ++k) {
                tokens[t].mint(all[k], 1 << 200);
                vm.prank(all[k]);
                tokens[t].approve(address(escrow), type(uint256).max);
            }
            minted[address(tokens[t])] = 7 << 200;
        }
        vm.deal(stranger, 1e6 ether);
        vm.deal(client, 1e6 ether);
    }

    // What forge calls ---------------------------------------------------------------------------------------------

    function act(uint256 seed) external {
        _seed(seed);
        for (uint256 k; k < 4; ++k) {
            _act();
        }
    }

    function pass(uint256 seed) external {
        _seed(seed);
        _pass();
    }

    // Choice -------------------------------------------------------------------------------------------------------

    function _act() private {
        if (ids.length < 2) return _openOne();
        uint256 kind = _next(32);
        if (kind < 2) return _openOne();
        if (kind < 7) return _pass();
        if (kind == 10) return _revoke();
        if (kind == 11) return _list();
        if (kind == 12) return _push();
        if (kind == 13) return _redirect();
        if (kind == 14) return vm.deal(address(escrow), address(escrow).balance + 1);
        bytes32 id = _someId();
        DealIn memory d = deal(id);
        if (kind == 15) return _coin(2) ? _settle(id, d) : _namePayee(id, d);
        if (kind == 16) return _coin(3) ? _amend(id, d) : _revokeDelegate(id, d);
        uint256 i = _next(_coin(32) ? 9 : d.work.tranches.length);
        uint256 word = escrow.stages(id);
        // Mostly one in the rarer stages, where there is one; the outcome before the others.
        if (!_coin(4)) {
            if (d.work.payByResult && _coin(2)) i = d.work.tranches.length - 1;
            for (uint256 k; k < 8; ++k) {
                uint256 code = Ledger.code(word, (i + k) % 8);
                if (code < 5 || code > 11) continue;
                i = (i + k) % 8;
                break;
            }
        }
        _onTranche(id, d, i, i < 8 && !_coin(6) ? Ledger.code(word, i) : 16);
    }

    /// Mostly one that has not ended; at times one that was revoked, on which every act must fail.
    function _someId() private returns (bytes32 id) {
        if (revoked.length != 0 && _coin(12)) return revoked[_next(revoked.length)];
        for (uint256 k; k < 6; ++k) {
            id = ids[_next(ids.length)];
            if (!Ledger.allTerminal(escrow.stages(id))) return id;
        }
    }

    /// @param code Of the tranche, so that the verb mostly fits; 16: any verb.
    function _onTranche(bytes32 id, DealIn memory d, uint256 i, uint256 code) private {
        Verb[] memory some = new Verb[](5);
        bool outcome = d.work.payByResult && i == d.work.tranches.length - 1;
        (some[0], some[1], some[2], some[3], some[4]) =
        (Verb.Claim, Verb.Accept, Verb.Accept, Verb.Terminate, Verb.Claim);
        if (code == 1) (some[0], some[1], some[2]) = (Verb.Fund, Verb.Fund, Verb.Fund);
        if (code == 2) (some[0], some[1], some[2]) = (Verb.Report, Verb.Report, Verb.Report);
        if (code == 3) (some[0], some[2], some[4]) = (Verb.Extend, Verb.Deliver, Verb.Extend);
        if (code == 4) (some[0], some[1], some[2]) = (Verb.Deliver, Verb.Deliver, Verb.Extend);
        if (code == 4) some[_coin(2) ? 2 : 4] = Verb.Contest;
        if (code == 5) (some[1], some[2], some[3]) = (Verb.AcceptPart, Verb.Reject, Verb.Contest);
        if (code == 5 && outcome) (some[1], some[2], some[3]) = (Verb.Contest, Verb.Contest, Verb.Claim);
        if (code == 5 && !outcome && _coin(4)) some[0] = Verb.Terminate;
        if (code == 5 && _coin(8)) some[2] = Verb.Accept;
        if (code == 6) (some[1], some[2], some[3]) = (Verb.Deliver, Verb.Deliver, Verb.Contest);
        if (code > 6 && code < 10) {
            (some[0], some[1], some[2], some[3]) = (Verb.Answer, Verb.Answer, Verb.Answer, Verb.Answer);
        }
        if (code > 6 && code < 10 && _coin(2)) {
            (some[0], some[1]) = outcome ? (Verb.Claim, Verb.Claim) : (Verb.Accept, Verb.Accept);
        }
        if (code > 6 && code < 12 && _coin(3)) some[4] = Verb.Settle;
        if (code == 6 && _coin(3)) some[2] = Verb.Terminate;
        if (code == 10) {
            (some[0], some[1], some[2], some[3]) = (Verb.RulePanel, Verb.Arbitrate, Verb.Arbitrate, Verb.Claim);
        }
        if (code == 11) (some[1], some[2], some[3]) = (Verb.Rule, Verb.Rule, Verb.Claim);
        if (code > 9 && _coin(3)) some[1] = Verb.Accept;
        Verb verb = code > 11 ? Verb(3 + _next(14)) : some[_next(5)];
        // forge-lint: disable-next-line(unsafe-typecast)
        uint256 round = i < 8 && !_coin(12) ? Ledger.round(escrow.stages(id), i) : _next(4);
        if (verb == Verb.Fund || verb == Verb.Accept || verb == Verb.Terminate) _onMask(verb, id, d, i, round);
        else if (verb == Verb.Deliver) _deliver(id, d, i, round);
        else if (verb == Verb.AcceptPart) _acceptPart(id, d, i, round);
        else if (verb == Verb.Reject) _reject(id, d, i, round);
        else if (verb == Verb.Extend) _extend(id, d, i);
        else if (verb == Verb.Report) _report(id);
        else if (verb == Verb.Contest) _contest(id, d, i, round);
        else if (verb == Verb.Answer) _answer(id, d, i, round);
        else if (verb == Verb.Arbitrate) _arbitrate(id, i);
        else if (verb == Verb.Rule) _rule(id, i);
        else if (verb == Verb.RulePanel) _rulePanel(id, i);
        else if (verb == Verb.Claim) _claim(id, i, numbers[id][i]);
        else if (verb == Verb.Settle) _settle(id, d);
    }

    /// @param act_ abi.encode(type hash, fields): what the party signs.
    /// @return sender Who sends it. @return signed Empty when the sender acts for itself.
    function _authorise(address party, address delegate, bytes memory act_, RehearsalToken tipToken)
        private
        returns (address sender, bytes memory signed)
    {
        uint256 mode = _next(12);
        if (mode < 5) return (party, "");
        if (mode == 5) return (accounts[_next(7)], "");
        uint256 key = keyOf[party];
        if (mode == 6 && delegate != address(0)) return (delegate, "");
        if (mode < 9 && delegate != address(0)) key = keyOf[delegate];
        if (mode == 9) key = keyOf[accounts[_next(6)]];
        uint128 cap = _coin(3) ? uint128(_next(1000)) : 0;
        uint128 asked = cap == 0 ? 0 : uint128(_next(cap + (_coin(8) ? 2 : 1)));
        uint40 validUntil = uint40(vm.getBlockTimestamp() + (_coin(16) ? 0 : 1 days) - (_coin(16) ? 1 : 0));
        signed = auth(key, act_, validUntil, address(tipToken), cap, asked, validUntil);
        return (relayer, signed);
    }

    // Verbs --------------------------------------------------------------------------------------------------------

    function _openOne() private {
        uint256 live;
        for (uint256 k; k < ids.length; ++k) {
            if (!Ledger.allTerminal(escrow.stages(ids[k]))) ++live;
        }
        if (live >= MOST_OPEN || ids.length >= MOST) {
            // Nothing more is opened; what is closed or open already must not open again.
            bytes32 old = revoked.length != 0 && _coin(2) ? revoked[_next(revoked.length)] : ids[_next(ids.length)];
            return _open(old, deal(old), true);
        }
        uint256 c = _next(3);
        DealIn memory d = _generate(partyOf[c], partyOf[(c + 1 + _next(2)) % 3], tokens[_next(TOKENS)]);
        bytes32 id = idOf(d);
        terms[id] = d.pack(ALL);
        written[id] = abi.encode(d);
        _open(id, d, false);
    }

    function _open(bytes32 id, DealIn memory d, bool used) private {
        bool direct = _coin(2);
        bytes memory one = direct ? bytes("") : sign(keyOf[d.parties.client], id);
        bytes memory two = sign(_coin(24) ? STRANGER_KEY : keyOf[d.parties.provider], id);
        _do(
            Verb.Open,
            id,
            direct ? d.parties.client : relayer,
            abi.encodeCall(IEscrow.open, (terms[id], direct ? _next(256) : 0, one, two))
        );
        if (!lastOk) return;
        if (used) _broken(8, "a used id opened");
        ids.push(id);
        _countOpening(id, d);
    }

    function _countOpening(bytes32 id, DealIn memory d) private {
        uint256 word = escrow.stages(id);
        for (uint256 i; i < d.work.tranches.length; ++i) {
            uint256 part = Ledger.code(word, i) == 1 ? d.work.tranches[i].terminationFee : d.work.tranches[i].amount;
            putIn[id][i] = part;
            putInAll[id] += part;
        }
    }

    function _revoke() private {
        bool byClient = _coin(2);
        if (_coin(3)) {
            bytes32 old = ids[_next(ids.length)];
            return _revokeOne(old, deal(old), byClient);
        }
        DealIn memory d = _generate(client, provider, tokens[_next(TOKENS)]);
        bytes32 id = idOf(d);
        terms[id] = d.pack(ALL);
        written[id] = abi.encode(d);
        _revokeOne(id, d, byClient);
        if (lastOk) revoked.push(id);
    }

    function _revokeOne(bytes32 id, DealIn memory d, bool byClient) private {
        address party = byClient ? d.parties.client : d.parties.provider;
        (address sender, bytes memory signed) = _authorise(
            party, address(0), abi.encode(typeOf("Revoke(bytes32 agreement,"), id), RehearsalToken(d.work.token)
        );
        _do(Verb.Revoke, id, sender, abi.encodeCall(IEscrow.revoke, (terms[id], byClient, signed)));
    }

    function _onMask(Verb verb, bytes32 id, DealIn memory d, uint256 i, uint256 round) private {
        uint256 mask = 1 << i;
        uint256 rounds = round << (2 * i);
        if (_coin(6)) {
            mask |= _next(256);
            for (uint256 k; k < 8; ++k) {
                if (k != i) rounds |= Ledger.round(escrow.stages(id), k) << (2 * k);
            }
        }
        if (verb == Verb.Accept) return _accept(id, d, mask, rounds);
        bool fund = verb == Verb.Fund;
        bytes memory fields = abi.encode(
            typeOf(fund ? "Fund(bytes32 agreement,uint8 tranches," : "Terminate(bytes32 agreement,uint8 tranches,"),
            id,
            mask
        );
        (address sender, bytes memory signed) =
            _authorise(d.parties.client, address(0), fields, RehearsalToken(d.work.token));
        uint256 before = escrow.stages(id);
        bytes memory data = fund
            ? abi.encodeCall(IEscrow.fund, (terms[id], mask, signed))
            : abi.encodeCall(IEscrow.terminate, (terms[id], mask, signed));
        _do(verb, id, sender, data);
        if (fund && lastOk) _countFunding(id, d, before);
    }

    function _accept(bytes32 id, DealIn memory d, uint256 mask, uint256 rounds) private {
        bytes memory fields = abi.encode(
            typeOf("Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"),
            id,
            mask,
            rounds,
            PAPER
        );
        (address sender, bytes memory signed) =
            _authorise(d.parties.client, d.parties.clientDelegate, fields, RehearsalToken(d.work.token));
        _do(Verb.Accept, id, sender, abi.encodeCall(IEscrow.accept, (terms[id], mask, rounds, PAPER, signed)));
    }

    function _countFunding(bytes32 id, DealIn memory d, uint256 before) private {
        for (uint256 k; k < d.work.tranches.length; ++k) {
            if (Ledger.code(before, k) != 1 || Ledger.code(escrow.stages(id), k) == 1) continue;
            _put(id, k, d.work.tranches[k].amount - d.work.tranches[k].terminationFee);
        }
    }

    function _put(bytes32 id, uint256 i, uint256 amount) private {
        putIn[id][i] += amount;
        putInAll[id] += amount;
    }

    function _deliver(bytes32 id, DealIn memory d, uint256 i, uint256 round) private {
        bytes memory fields = abi.encode(
            typeOf("Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,"), id, i, round, PAPER
        );
        (address sender, bytes memory signed) =
            _authorise(d.parties.provider, d.parties.providerDelegate, fields, RehearsalToken(d.work.token));
        _do(Verb.Deliver, id, sender, abi.encodeCall(IEscrow.deliver, (terms[id], i, round, PAPER, signed)));
    }

    function _reject(bytes32 id, DealIn memory d, uint256 i, uint256 round) private {
        bytes memory fields = abi.encode(
            typeOf("Reject(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons,"),
            id,
            i,
            round,
            PAPER,
            PAPER
        );
        (address sender, bytes memory signed) =
            _authorise(d.parties.client, d.parties.clientDelegate, fields, RehearsalToken(d.work.token));
        _do(Verb.Reject, id, sender, abi.encodeCall(IEscrow.reject, (terms[id], i, round, PAPER, PAPER, signed)));
    }

    function _acceptPart(bytes32 id, DealIn memory d, uint256 i, uint256 round) private {
        uint256 share = _coin(12) ? _next(20_000) : 1 + _next(9999);
        bytes memory fields = abi.encode(
            typeOf(
                "AcceptPart(bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons,"
            ),
            id,
            i,
            round,
            share,
            PAPER,
            PAPER
        );
        (address sender, bytes memory signed) =
            _authorise(d.parties.client, d.parties.clientDelegate, fields, RehearsalToken(d.work.token));
        bytes memory data = abi.encodeCall(IEscrow.acceptPart, (terms[id], i, round, share, PAPER, PAPER, signed));
        _do(Verb.AcceptPart, id, sender, data);
    }

    function _extend(bytes32 id, DealIn memory d, uint256 i) private {
        address party =
            i < d.work.tranches.length && d.work.tranches[i].extender == 1 ? d.parties.client : d.parties.provider;
        (address sender, bytes memory signed) = _authorise(
            party,
            address(0),
            abi.encode(typeOf("Extend(bytes32 agreement,uint8 tranche,"), id, i),
            RehearsalToken(d.work.token)
        );
        _do(Verb.Extend, id, sender, abi.encodeCall(IEscrow.extend, (terms[id], i, signed)));
    }

    function _report(bytes32 id) private {
        uint256 value = _next(_coin(4) ? uint256(1 << 121) : 12_000);
        bytes memory proof = reportProof(id, value, _coin(8) ? 1 : 2);
        _do(Verb.Report, id, stranger, abi.encodeCall(IEscrow.report, (terms[id], value, proof)));
    }

    function _contest(bytes32 id, DealIn memory d, uint256 i, uint256 round) private {
        bool delivered = i < 8 && Ledger.code(escrow.stages(id), i) == 5;
        bool outcome = d.work.payByResult && i == d.work.tranches.length - 1;
        bool byClient = outcome ? _coin(2) : delivered ? !_coin(6) : _coin(6);
        bytes memory fields = abi.encode(
            typeOf("Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons,"), id, i, round, PAPER
        );
        (address sender, bytes memory signed) = _authorise(
            byClient ? d.parties.client : d.parties.provider, address(0), fields, RehearsalToken(d.work.token)
        );
        _do(Verb.Contest, id, sender, abi.encodeCall(IEscrow.contest, (terms[id], i, round, byClient, PAPER, signed)));
    }

    function _answer(bytes32 id, DealIn memory d, uint256 i, uint256 round) private {
        address party = i < 8 && Ledger.code(escrow.stages(id), i) == 7 ? d.parties.provider : d.parties.client;
        (address sender, bytes memory signed) = _authorise(
            party,
            address(0),
            abi.encode(typeOf("Answer(bytes32 agreement,uint8 tranche,uint8 round,"), id, i, round),
            RehearsalToken(d.work.token)
        );
        _do(Verb.Answer, id, sender, abi.encodeCall(IEscrow.answer, (terms[id], i, round, signed)));
    }

    function _arbitrate(bytes32 id, uint256 i) private {
        _do(
            Verb.Arbitrate,
            id,
            _coin(2) ? stranger : client,
            address(escrow),
            abi.encodeCall(IEscrow.arbitrate, (terms[id], i)),
            court.COST() * (_coin(4) ? 2 : 1) - (_coin(8) ? 1 : 0)
        );
        if (lastOk) numbers[id][i] = court.count();
    }

    function _rule(bytes32 id, uint256 i) private {
        if (numbers[id][i] == 0) return;
        uint256 choice = _coin(8) ? 0 : _next(103);
        _do(
            Verb.Rule,
            id,
            stranger,
            address(court),
            abi.encodeCall(court.give, (address(escrow), numbers[id][i], choice)),
            0
        );
    }

    function _rulePanel(bytes32 id, uint256 i) private {
        if (i > 7) return;
        uint256 choice = _next(_coin(16) ? 110 : 102);
        bytes[] memory signatures = rulingSignatures(id, i, _coin(8) ? choice + 1 : choice);
        uint256 before = Ledger.code(escrow.stages(id), i);
        _do(
            Verb.RulePanel,
            id,
            relayer,
            address(panel),
            abi.encodeCall(panel.decide, (escrow, terms[id], i, choice, members, signatures)),
            0
        );
        // The ruling stands even if it could not be paid: that is no success of `rulePanel`.
        if (lastOk && before == Ledger.code(escrow.stages(id), i)) --successes[uint256(Verb.RulePanel)];
    }

    function _claim(bytes32 id, uint256 i, uint256 number) private {
        _do(Verb.Claim, id, stranger, abi.encodeCall(IEscrow.claim, (terms[id], i, number)));
    }

    function _settle(bytes32 id, DealIn memory d) private {
        uint256 word = escrow.stages(id);
        uint256 held;
        uint256 deposits;
        for (uint256 i; i < d.work.tranches.length; ++i) {
            held += Ledger.held(escrow, id, d, word, i);
            deposits += Ledger.deposits(d, word, i);
            if (Ledger.code(word, i) == 11) deposits -= Ledger.deposit(d, i);
        }
        uint256[4] memory split;
        split[0] = _coin(4) ? held : _next(held + 1);
        split[1] = held - split[0] + (_coin(12) ? 1 : 0);
        split[2] = _next(deposits + 1);
        split[3] = deposits - split[2];
        bytes memory fields = abi.encode(
            typeOf(
                "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,"
            ),
            id,
            split[0],
            split[1],
            split[2],
            split[3]
        );
        (address sender, bytes memory one) =
            _authorise(d.parties.client, address(0), fields, RehearsalToken(d.work.token));
        bytes memory two = auth(keyOf[d.parties.provider], fields);
        _do(
            Verb.Settle,
            id,
            sender,
            abi.encodeCall(IEscrow.settle, (terms[id], split[0], split[1], split[2], split[3], one, two))
        );
    }

    function _amend(bytes32 id, DealIn memory d) private {
        if (ids.length >= MOST) return;
        DealIn memory b = _generate(d.parties.client, d.parties.provider, RehearsalToken(d.work.token));
        b.work.replaces = _coin(16) ? bytes32(0) : id;
        bytes32 next = idOf(b);
        terms[next] = b.pack(ALL);
        written[next] = abi.encode(b);
        uint256 held;
        uint256 word = escrow.stages(id);
        for (uint256 i; i < d.work.tranches.length; ++i) {
            held += Ledger.held(escrow, id, d, word, i);
        }
        bytes memory signature = sign(keyOf[b.parties.provider], next);
        _alsoTouched = next;
        _do(
            Verb.Amend,
            id,
            b.parties.client,
            abi.encodeCall(IEscrow.amend, (terms[id], terms[next], _next(256), "", signature))
        );
        _alsoTouched = 0;
        if (!lastOk) return;
        takenOutAll[id] += held;
        ids.push(next);
        _countOpening(next, b);
    }

    function _namePayee(bytes32 id, DealIn memory d) private {
        address payee = _coin(3) ? address(0) : receivers[_next(2)];
        uint256 nonce = escrow.nonces(d.parties.provider) + (_coin(8) ? 1 : 0);
        (address sender, bytes memory signed) = _authorise(
            d.parties.provider,
            address(0),
            abi.encode(typeOf("NamePayee(bytes32 agreement,address payee,uint256 nonce,"), id, payee, nonce),
            RehearsalToken(d.work.token)
        );
        _do(Verb.NamePayee, id, sender, abi.encodeCall(IEscrow.namePayee, (terms[id], payee, nonce, signed)));
    }

    function _revokeDelegate(bytes32 id, DealIn memory d) private {
        bool byClient = _coin(2);
        address delegate = byClient ? d.parties.clientDelegate : d.parties.providerDelegate;
        (address sender, bytes memory signed) = _authorise(
            byClient ? d.parties.client : d.parties.provider,
            address(0),
            abi.encode(typeOf("RevokeDelegate(bytes32 agreement,address delegate,"), id, delegate),
            RehearsalToken(d.work.token)
        );
        _do(Verb.RevokeDelegate, id, sender, abi.encodeCall(IEscrow.revokeDelegate, (terms[id], byClient, signed)));
    }

    /// The one token with a blacklist lists someone, or all are let off.
    function _list() private {
        BlacklistToken t = BlacklistToken(address(tokens[4]));
        if (_coin(3)) {
            for (uint256 k; k < accounts.length; ++k) {
                t.setBlacklisted(accounts[k], false);
            }
        } else {
            t.setBlacklisted(accounts[_next(accounts.length)], true);
        }
    }

    function _push() private {
        RehearsalToken t = tokens[_next(8) < 6 ? 4 : _next(TOKENS)];
        for (uint256 k; k < accounts.length; ++k) {
            if (escrow.credits(address(t), accounts[k]) == 0 && !_coin(30)) continue;
            _do(Verb.Push, 0, stranger, abi.encodeCall(IEscrow.push, (address(t), accounts[k])));
        }
    }

    function _redirect() private {
        address t = address(tokens[4]);
        for (uint256 k; k < 7; ++k) {
            uint256 credit = escrow.credits(t, accounts[k]);
            if (credit == 0 || keyOf[accounts[k]] == 0) continue;
            uint256 amount = _coin(8) ? credit + 1 : 1 + _next(credit);
            address to = _coin(16) ? address(escrow) : receivers[_next(2)];
            uint256 nonce = escrow.nonces(accounts[k]);
            (address sender, bytes memory signed) = _authorise(
                accounts[k],
                address(0),
                abi.encode(
                    typeOf("Redirect(address token,address to,uint256 amount,uint256 nonce,"), t, to, amount, nonce
                ),
                tokens[0]
            );
            _do(Verb.Redirect, 0, sender, abi.encodeCall(IEscrow.redirect, (t, accounts[k], to, amount, nonce, signed)));
        }
    }

    /// Moves the clock, mostly to a minute before, at or after a moment at which something may change.
    function _pass() private {
        uint256 now_ = vm.getBlockTimestamp();
        if (ids.length != 0 && !_coin(4)) {
            bytes32 id = _someId();
            DealIn memory d = deal(id);
            uint256 i = _next(d.work.tranches.length);
            uint256 minute = Ledger.boundary(escrow, id, d, escrow.stages(id), i, _next(3));
            uint256 time = (minute + _next(3)) * 60 + _next(60);
            if (time > now_ + 60 && time < now_ + 12 days) vm.warp(time - 60);
        } else {
            vm.warp(now_ + _next(_coin(6) ? 8 days : 1 days));
        }
    }

    // The act itself -----------------------------------------------------------------------------------------------

    bytes32 private _alsoTouched;

    function _do(Verb verb, bytes32 id, address sender, bytes memory data) private {
        _do(verb, id, sender, address(escrow), data, 0);
    }

    function _do(Verb verb, bytes32 id, address sender, address target, bytes memory data, uint256 value) private {
        uint256[] memory before = new uint256[](ids.length);
        for (uint256 k; k < before.length; ++k) {
            before[k] = escrow.stages(ids[k]);
        }
        uint256 fresh = escrow.stages(id);
        vm.recordLogs();
        vm.prank(sender);
        (lastOk, lastAnswer) = target.call{value: value}(data);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        if (!lastOk) {
            ++refusals[uint256(verb)];
            return;
        }
        ++successes[uint256(verb)];
        if (verb == Verb.Open || verb == Verb.Revoke) _moved(id, fresh, escrow.stages(id));
        if (_alsoTouched != 0) _moved(_alsoTouched, 0, escrow.stages(_alsoTouched));
        for (uint256 k; k < before.length; ++k) {
            uint256 word = escrow.stages(ids[k]);
            if (word == before[k]) continue;
            if (ids[k] != id) _broken(6, "another agreement moved");
            _moved(ids[k], before[k], word);
        }
        _readLogs(logs);
        // A delegate can be revoked at any time; a panel can record whatever it likes.
        if (verb == Verb.RevokeDelegate || verb == Verb.RulePanel || fresh != 15) return;
        if (_wasRevoked(id)) _broken(8, "an act on a revoked id");
    }

    function _wasRevoked(bytes32 id) private view returns (bool) {
        for (uint256 k; k < revoked.length; ++k) {
            if (revoked[k] == id) return true;
        }
        return false;
    }

    function _moved(bytes32 id, uint256 before, uint256 word) private {
        DealIn memory d = deal(id);
        for (uint256 i; i < 8; ++i) {
            uint256 from = Ledger.code(before, i);
            uint256 to = Ledger.code(word, i);
            reached[to] = true;
            uint256 kind = d.work.payByResult && i == d.work.tranches.length - 1 ? 16 : 0;
            if (from != to) {
                seen[kind + from] |= 1 << to;
                if ((allowed[kind + from] >> to) & 1 == 0) _broken(6, _pair("stage", kind + from, to));
            }
            // Bit 6 only says that there is a note to read.
            uint256 cells = (before ^ word) >> (32 * i) & 0xffffffbf;
            if (from > 11 && cells != 0) _broken(5, _pair("terminal cell", from, to));
            (uint256 had, uint256 has) = (Ledger.round(before, i), Ledger.round(word, i));
            if (has < had || has > had + 1 || (has != had && (from != 5 || to != 6))) {
                _broken(7, _pair("round", had, has));
            }
        }
    }

    function _readLogs(Vm.Log[] memory logs) private {
        for (uint256 k; k < logs.length; ++k) {
            if (logs[k].emitter != address(escrow)) continue;
            bool paid = logs[k].topics[0] == IRecord.Paid.selector;
            if (!paid && logs[k].topics[0] != IRecord.Refunded.selector) continue;
            uint256 facts = abi.decode(logs[k].data, (uint256));
            (uint256 i, uint256 cause, uint256 amount) = (uint8(facts >> 16), uint8(facts >> 8), facts >> 40);
            if (paid) _paid(logs[k].topics[1], i, cause, amount, uint16(facts >> 24));
            else _out(logs[k].topics[1], i, cause, amount);
        }
    }

    function _paid(bytes32 id, uint256 i, uint256 cause, uint256 amount, uint256 bps) private {
        DealIn memory d = deal(id);
        if (amount == 0) _broken(4, "a payout of nothing");
        if (bps != d.work.feeBps) _broken(4, _pair("fee", amount, bps));
        if (bps > escrow.MAX_FEE_BPS()) _broken(4, _pair("fee over cap", amount, bps));
        feesByEvents[d.work.token] += amount * bps / 10_000;
        // The client's extension price comes in and goes out in one act.
        if (cause == uint256(IRecord.Cause.Extension)) _put(id, i, amount);
        _out(id, i, cause, amount);
    }

    function _out(bytes32 id, uint256 i, uint256 cause, uint256 amount) private {
        // What a change order leaves over is counted when the old agreement closes.
        if (cause == uint256(IRecord.Cause.ChangeOrder)) return;
        takenOutAll[id] += amount;
        if (cause != uint256(IRecord.Cause.Settlement)) takenOut[id][i] += amount;
    }

    function _broken(uint256 number, string memory what) private {
        if (bytes(breach[number]).length == 0) breach[number] = what;
    }

    function _pair(string memory what, uint256 a, uint256 b) private pure returns (string memory) {
        return string.concat(what, " ", vm.toString(a), " -> ", vm.toString(b));
    }

    // What the invariants read -------------------------------------------------------------------------------------

    function deal(bytes32 id) public view returns (DealIn memory) {
        return abi.decode(written[id], (DealIn));
    }

    function termsOf(bytes32 id) external view returns (bytes memory) {
        return terms[id];
    }

    function numberOf(bytes32 id, uint256 i) external view returns (uint256) {
        return numbers[id][i];
    }

    function theEscrow() external view returns (IEscrow) {
        return escrow;
    }

    function theFeeRecipient() external view returns (address) {
        return feeRecipient;
    }

    function theCourt() external view returns (address) {
        return address(court);
    }

    function allIds() external view returns (bytes32[] memory) {
        return ids;
    }

    function allAccounts() external view returns (address[] memory) {
        return accounts;
    }

    function revokedCount() external view returns (uint256) {
        return revoked.length;
    }

    /// Who sends `claim` when an agreement is drained.
    function theStranger() external view returns (address) {
        return stranger;
    }

    /// @return Whether this step between stages may ever happen. kind 0: a milestone, 16: the outcome.
    function isAllowed(uint256 kind, uint256 from, uint256 to) external view returns (bool) {
        return (allowed[kind + from] >> to) & 1 != 0;
    }

    function _setUpTransitions() private {
        uint256 end = (1 << 12) | (1 << 13) | (1 << 15);
        allowed[0] = (1 << 1) | (1 << 3) | (1 << 4) | (1 << 15);
        allowed[1] = (1 << 3) | (1 << 4) | (1 << 14) | (1 << 15);
        allowed[3] = (1 << 4) | (1 << 14) | end;
        allowed[4] = (1 << 5) | (1 << 9) | (1 << 10) | (1 << 14) | end;
        allowed[5] = (1 << 6) | (1 << 7) | (1 << 10) | (1 << 14) | end;
        allowed[6] = (1 << 5) | (1 << 8) | (1 << 10) | (1 << 14) | end;
        allowed[7] = (1 << 10) | end;
        allowed[8] = (1 << 10) | end;
        allowed[9] = (1 << 10) | end;
        allowed[10] = (1 << 11) | end;
        allowed[11] = end;
        end = (1 << 13) | (1 << 15);
        allowed[16] = (1 << 1) | (1 << 2);
        allowed[17] = (1 << 2) | (1 << 14) | (1 << 15);
        allowed[18] = (1 << 5) | (1 << 14) | end;
        allowed[21] = (1 << 7) | (1 << 8) | (1 << 10) | end;
        allowed[23] = (1 << 10) | end;
        allowed[24] = (1 << 10) | end;
        allowed[26] = (1 << 11) | end;
        allowed[27] = end;
    }
}
