// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Authority, Tip} from "./Authority.sol";
import {Errors} from "./Errors.sol";
import {Treasury} from "./Treasury.sol";
import {IArbitrable, IArbitrator, IEvidence} from "./interfaces/IArbitration.sol";
import {IOutcomeSource} from "./interfaces/IOutcomeSource.sol";
import {Cells} from "./libraries/Cells.sol";
import {Agreement, Terms} from "./libraries/Terms.sol";
import {Validity} from "./libraries/Validity.sol";
import {Windows} from "./libraries/Windows.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title Escrow
/// @notice Holds the money of agreements that two parties signed as one hash, and pays it by the terms they signed.
/// No owner, no pause, no upgrade: nobody has power over the money but the parties, their arbitrator and the clock.
///
/// Assumptions
/// - A token moves exactly what it is told to move. What arrives is checked; a token that turns later (a fee, a pause,
///   a blacklist of this contract) is out of our power.
/// - Block time is right to a few minutes. Every window is three days or longer.
/// - An arbitrator decides as it likes, within what the terms leave in dispute; a source reports as it likes.
///
/// Order in every verb: check, account, update, emit, transfer.
contract Escrow is Authority, Treasury, ReentrancyGuardTransient, IArbitrable, IEvidence {
    using Cells for uint256;
    using Terms for Agreement;
    using Terms for uint256;
    using Windows for uint256;

    /// Why money moved. The number of each is part of the record.
    enum Cause {
        None,
        Acceptance,
        PartAcceptance,
        Silence,
        Deadline,
        Lapse,
        Termination,
        Extension,
        Forfeit,
        Ruling,
        Fallback,
        Outcome,
        Default,
        Settlement,
        ChangeOrder
    }

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
        Tip tip;
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

    uint256 public constant MAX_FEE_BPS = Validity.MAX_FEE_BPS;
    uint256 internal constant SHARES = 10_000;
    uint256 internal constant MINUTES_A_DAY = 1440;
    /// Ruling 1..101 gives the provider 0..100 %.
    uint256 internal constant CHOICES = 101;
    uint256 internal constant MAX_REJECTIONS = 3;

    // EIP-712 type hashes of the acts; each goes on as `Authority` says. contracts/test/unit/TypeHashes.t.sol computes them.
    // Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable ...
    bytes32 internal constant DELIVER = 0xdbe006f309e8000299f212ea821e650b68ca12eb7f18840a68fa6a17c9640441;
    // Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables ...
    bytes32 internal constant ACCEPT = 0x7ee40ea7b82fa2e9a3e9dd16b15492af8ad7c5ca535d288dc561bf58f0baf889;
    // AcceptPart(bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons ...
    bytes32 internal constant ACCEPT_PART = 0x21db104ad536fc780d8a74587b991faa28a4b8bd1856426d228abee2c6a660dd;
    // Reject(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons ...
    bytes32 internal constant REJECT = 0xf8da52c1e6b20022de5eacb1abf459a68912028aee85044a11175fbd0e415464;
    // Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons ...
    bytes32 internal constant CONTEST = 0xbcd0c857b3a1e0d245504c262b201868868f427526bdd1b1e643c25a3616d352;
    // Answer(bytes32 agreement,uint8 tranche,uint8 round ...
    bytes32 internal constant ANSWER = 0xffdde2a31b5118483a8389241b200856b86ca74ee11bc6448f2197b67789fde4;
    // Fund(bytes32 agreement,uint8 tranches ...
    bytes32 internal constant FUND = 0x65d8b695ff94cf2f9004638faa8fa07bf5a1ba8c446b66845170587bf6464332;
    // Terminate(bytes32 agreement,uint8 tranches ...
    bytes32 internal constant TERMINATE = 0x3f9e39c6e35dff66d7d7cfc68bbd7aafd2868bf66a115556fdaab896893eee6f;
    // Extend(bytes32 agreement,uint8 tranche ...
    bytes32 internal constant EXTEND = 0xdc9810c0a9659d62dc5609ebadecf3a85f8dadb3679f8b7151c44ce1a5d290f7;
    // Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient ...
    bytes32 internal constant SETTLE = 0xd6954ba7e77bc57fdfef3b7b953d9a605d10b2ae41d7608e7b088fc034b00d98;
    // Revoke(bytes32 agreement ...
    bytes32 internal constant REVOKE = 0x622b5ed8a0806bddfbbd5912b3f54fccc34f37d64f8d1419084758a55597e80b;
    // RevokeDelegate(bytes32 agreement,address delegate ...
    bytes32 internal constant REVOKE_DELEGATE = 0xec4fa7dc3be08b43decc1fee57cb66bbf6f801c5aa86fe46471dc3ad13202012;
    // NamePayee(bytes32 agreement,address payee,uint256 nonce ...
    bytes32 internal constant NAME_PAYEE = 0x85a9de28ada5b10753d3a0da8f59cf3c59a138f2d1e4e2a0af0ced0029a37c6f;
    // Redirect(address token,address to,uint256 amount,uint256 nonce ...
    bytes32 internal constant REDIRECT = 0x83ce7e46e0fde6712ac057d022d7dd268b74b87ec8b22b1e530fb82222ee057e;

    /// The stage of every tranche of an agreement, as `Cells` packs it. 0: never opened.
    mapping(bytes32 id => uint256) public stages;
    mapping(bytes32 id => mapping(uint256 tranche => Note)) public notes;
    mapping(bytes32 id => address) public payees;
    /// Who paid an arbitrator's cost and is owed a deposit for it.
    mapping(bytes32 id => mapping(uint256 tranche => address)) public fronters;
    /// By arbitrator and number: upper 208 bits of the case it is bound to | ruled 1 | minute 32 | ruling 8.
    mapping(address arbitrator => mapping(uint256 number => uint256)) public disputes;

    event Opened(bytes32 indexed id, address indexed client, address indexed provider, bytes32 document);
    event Revoked(bytes32 indexed id, address by);
    event Funded(bytes32 indexed id, uint256 tranches, uint256 amount);
    event Delivered(bytes32 indexed id, uint256 tranche, uint256 round, bytes32 deliverable);
    event Rejected(bytes32 indexed id, uint256 tranche, uint256 round, bytes32 reasons);
    event Extended(bytes32 indexed id, uint256 tranche);
    event Contested(bytes32 indexed id, uint256 tranche, bool byClient, bytes32 reasons);
    event Answered(bytes32 indexed id, uint256 tranche);
    event Reported(bytes32 indexed id, uint256 value);
    event OutcomeSettled(bytes32 indexed id, uint256 value, uint256 pay);
    event DelegateRevoked(bytes32 indexed id, address delegate);
    event PayeeNamed(bytes32 indexed id, address payee);
    event Replaced(bytes32 indexed id, bytes32 by);
    /// The record (rule 20). amount: gross; fee: what of it goes to the fee recipient, now or at close.
    event Paid(
        bytes32 indexed id, uint256 tranche, Cause cause, bool onTime, bool disputed, uint256 amount, uint256 fee
    );
    event Refunded(bytes32 indexed id, uint256 tranche, Cause cause, uint256 amount);
    event Closed(bytes32 indexed id);

    // Opening ------------------------------------------------------------------------------------------------------

    /// Opens an agreement that both signed, with the client's money. Anyone may send it.
    /// @param fundNow Tranches with a later `fundBy` to fund in full at once; only when the client itself sends.
    function open(
        bytes calldata terms,
        uint256 fundNow,
        bytes calldata clientSignature,
        bytes calldata providerSignature
    ) external nonReentrant {
        Agreement memory a = Terms.read(terms, domain(), 15);
        if (a.replaces() != 0) revert Errors.ReplacesMismatch(0, a.replaces());
        (uint256 s, uint256 total) = _admit(a, terms, fundNow, clientSignature, providerSignature);
        stages[a.id] = s;
        emit Opened(a.id, a.client(), a.provider(), a.document());
        _pull(a.token(), a.client(), total);
    }

    /// Ends an id before it opens. Either party.
    function revoke(bytes calldata terms, bool byClient, bytes calldata auth) external nonReentrant {
        Act memory act;
        act.a = Terms.read(terms, domain(), Terms.PARTIES);
        bytes32 id = act.a.id;
        address party = byClient ? act.a.client() : act.a.provider();
        _require(act, party, address(0), abi.encode(REVOKE, id, 0, 0), auth);
        if (stages[id] != 0) revert Errors.AlreadyUsed(id);
        stages[id] = Cells.CLOSED;
        emit Revoked(id, party);
        _payTip(act);
    }

    /// Closes one agreement and opens the one that replaces it, both signed by the same two parties (rule 10).
    /// Money moves with it: what is missing comes from the client, what is over goes back.
    function amend(
        bytes calldata oldTerms,
        bytes calldata newTerms,
        uint256 fundNow,
        bytes calldata clientSignature,
        bytes calldata providerSignature
    ) external nonReentrant {
        Act memory act = _begin(oldTerms, Terms.PARTIES | Terms.WORK);
        Agreement memory b = Terms.read(newTerms, domain(), 15);
        bytes32 id = act.a.id;
        if (b.replaces() != id) revert Errors.ReplacesMismatch(id, b.replaces());
        if (b.client() != act.a.client() || b.provider() != act.a.provider() || b.token() != act.a.token()) {
            revert Errors.PartiesNotDistinct();
        }
        (uint256 held,) = _closeAll(act, Cells.REJECTED);
        (uint256 s, uint256 needed) = _admit(b, newTerms, fundNow, clientSignature, providerSignature);
        stages[b.id] = s;
        emit Replaced(id, b.id);
        emit Opened(b.id, b.client(), b.provider(), b.document());
        if (held > needed) {
            act.refund = held - needed;
            emit Refunded(id, 0, Cause.ChangeOrder, act.refund);
        }
        _commit(act);
        if (needed > held) _pull(b.token(), b.client(), needed - held);
    }

    /// Funds tranches in full before their `fundBy`. The client.
    function fund(bytes calldata terms, uint256 tranches, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        _require(act, act.a.client(), address(0), abi.encode(FUND, id, tranches, 0, 0), auth);
        uint256 count = act.a.count();
        uint256 outcome = act.a.milestones();
        uint256 total;
        _requireMask(tranches, count);
        for (uint256 i; i < count; ++i) {
            if ((tranches >> i) & 1 == 0) continue;
            if (act.s.code(i) != Cells.UNFUNDED) revert Errors.WrongStage(i, act.s.code(i));
            uint256 word = act.a.tranche(i);
            if (act.time >= word.fundBy()) revert Errors.TooLate(i, word.fundBy());
            total += word.amount() - act.a.terminationFee(i);
            uint256 raw = act.s.raw(i);
            if (i == outcome) act.s = act.s.put(i, Cells.AWAITING, 0);
            else if (raw == Cells.BLOCKED) act.s = act.s.put(i, Cells.WAITING, 0);
            else act.s = act.s.put(i, Cells.ACTIVE, raw);
        }
        emit Funded(id, tranches, total);
        _commit(act);
        _pull(act.a.token(), act.a.client(), total);
    }

    // Work ---------------------------------------------------------------------------------------------------------

    /// Hands over a milestone. The provider or its delegate. Late deliveries are recorded but never paid by silence.
    /// @param deliverable SHA-256(salt || content hash).
    function deliver(bytes calldata terms, uint256 tranche, uint256 round, bytes32 deliverable, bytes calldata auth)
        external
        nonReentrant
    {
        Act memory act = _begin(terms, Terms.PARTIES);
        bytes32 id = act.a.id;
        _require(
            act,
            act.a.provider(),
            act.a.providerDelegate(),
            abi.encode(DELIVER, id, tranche, round, deliverable, 0, 0),
            auth
        );
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
                notes[id][tranche].late = late;
                _addLateDays(act, tranche, _daysAfter(act.time, deadline));
            }
        } else {
            revert Errors.WrongStage(tranche, code);
        }
        _move(act, tranche, Cells.DELIVERED, act.time - Cells.EPOCH);
        stages[id] = act.s;
        emit Delivered(id, tranche, round, deliverable);
        _payTip(act);
    }

    /// Pays in full what is unpaid of the listed milestones. The client or its delegate.
    /// Those that have ended, are not funded or are in another round are skipped (rules 6, 8).
    /// @param tranches Mask.
    /// @param rounds Two bits a tranche.
    /// @param deliverables What was accepted, as the parties hash it.
    function accept(bytes calldata terms, uint256 tranches, uint256 rounds, bytes32 deliverables, bytes calldata auth)
        external
        nonReentrant
    {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        _require(
            act,
            act.a.client(),
            act.a.clientDelegate(),
            abi.encode(ACCEPT, id, tranches, rounds, deliverables, 0, 0),
            auth
        );
        uint256 count = act.a.milestones();
        bool any;
        for (uint256 i; i < count; ++i) {
            if ((tranches >> i) & 1 == 0) continue;
            uint256 code = act.s.code(i);
            if (code == Cells.UNFUNDED || code >= Cells.PAID || act.s.round(i) != (rounds >> (i << 1)) & 3) {
                // What is skipped may be redeemed later: a tip is only for a signature that is redeemed whole, once.
                if (act.tip.amount != 0) revert Errors.NothingToAccept();
                continue;
            }
            _payInFull(act, i, Cause.Acceptance);
            any = true;
        }
        if (!any) revert Errors.NothingToAccept();
        _commit(act);
    }

    /// Pays a share at once and rejects the rest. Once a tranche. The client or its delegate (rule 7).
    function acceptPart(
        bytes calldata terms,
        uint256 tranche,
        uint256 round,
        uint256 shareBps,
        bytes32 deliverable,
        bytes32 reasons,
        bytes calldata auth
    ) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        _require(
            act,
            act.a.client(),
            act.a.clientDelegate(),
            abi.encode(ACCEPT_PART, id, tranche, round, shareBps, deliverable, reasons, 0, 0),
            auth
        );
        _requireRejectable(act, tranche, round);
        if (shareBps == 0 || shareBps >= SHARES) revert Errors.BadShare(shareBps);
        if (act.s.noted(tranche) && notes[id][tranche].shareBps != 0) revert Errors.ShareTaken(tranche);
        uint256 amount = _unpaid(act, tranche) * shareBps / SHARES;
        if (amount == 0) revert Errors.BadShare(shareBps);
        bool onTime = _onTime(act, tranche, _daysLate(act, tranche));
        act.s = act.s.note(tranche);
        notes[id][tranche].shareBps = uint16(shareBps);
        _pay(act, tranche, Cause.PartAcceptance, onTime, false, amount);
        _reject(act, tranche, reasons);
        _commit(act);
    }

    /// Refuses a delivery, with reasons. The client or its delegate, within review, three times at the most.
    function reject(
        bytes calldata terms,
        uint256 tranche,
        uint256 round,
        bytes32 deliverable,
        bytes32 reasons,
        bytes calldata auth
    ) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        _require(
            act,
            act.a.client(),
            act.a.clientDelegate(),
            abi.encode(REJECT, id, tranche, round, deliverable, reasons, 0, 0),
            auth
        );
        _requireRejectable(act, tranche, round);
        _reject(act, tranche, reasons);
        _commit(act);
    }

    /// Ends milestones whose start lies ahead, where the terms allow it, for their termination fee. The client (rule 11).
    function terminate(bytes calldata terms, uint256 tranches, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        _require(act, act.a.client(), address(0), abi.encode(TERMINATE, act.a.id, tranches, 0, 0), auth);
        uint256 count = act.a.count();
        _requireMask(tranches, count);
        for (uint256 i; i < count; ++i) {
            if ((tranches >> i) & 1 == 0) continue;
            uint256 word = act.a.tranche(i);
            if (!word.terminable()) revert Errors.NotTerminable(i);
            uint256 code = act.s.code(i);
            bool reported = code == Cells.DELIVERED && i == act.a.milestones();
            if (code >= Cells.CONTESTED_BY_CLIENT || reported) revert Errors.WrongStage(i, code);
            if (act.time >= word.start()) revert Errors.TooLate(i, word.start());
            _terminate(act, i, Cause.Termination);
        }
        _commit(act);
    }

    /// Moves due by the days in the terms, for the price in the terms. The party that the terms name (rule 11).
    function extend(bytes calldata terms, uint256 tranche, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        if (tranche >= act.a.milestones()) revert Errors.WrongTranche(tranche);
        uint256 word = act.a.tranche(tranche);
        uint256 extender = word.extender();
        if (extender == 0) revert Errors.NotExtendable(tranche);
        address party = extender == Terms.EXTENDER_CLIENT ? act.a.client() : act.a.provider();
        _require(act, party, address(0), abi.encode(EXTEND, id, tranche, 0, 0), auth);
        uint256 code = act.s.code(tranche);
        if (code != Cells.ACTIVE && code != Cells.WAITING) revert Errors.WrongStage(tranche, code);
        Note storage n = notes[id][tranche];
        if (n.extended) revert Errors.NotExtendable(tranche);
        uint256 due = _due(act, tranche);
        if (code == Cells.ACTIVE && act.time >= due) revert Errors.TooLate(tranche, due);
        act.s = act.s.note(tranche);
        n.extended = true;
        n.shift += uint32(word.extensionDays() * MINUTES_A_DAY);
        emit Extended(id, tranche);
        uint256 price = act.a.extensionPrice(tranche);
        if (extender == Terms.EXTENDER_CLIENT) {
            _pull(act.a.token(), party, price);
            if (price != 0) _pay(act, tranche, Cause.Extension, true, false, price);
        } else if (price != 0) {
            _refund(act, tranche, Cause.Extension, price);
        }
        _commit(act);
    }

    // Outcome ------------------------------------------------------------------------------------------------------

    /// Brings a metric that the source attests. Anyone, between `start` and `due` of the outcome (rule 13).
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
        notes[id][i].value = uint128(value);
        stages[id] = act.s.note(i).put(i, Cells.DELIVERED, act.time - Cells.EPOCH);
        emit Reported(id, value);
    }

    // Disputes -----------------------------------------------------------------------------------------------------

    /// Freezes a tranche until it is ruled, forfeited or its fallback applies. Depends on no arbitrator's code (rule 14).
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
        _require(act, party, address(0), abi.encode(CONTEST, act.a.id, tranche, round, reasons, 0, 0), auth);
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

    /// Posts the same deposit as the contester. The other party, within its window (rule 15).
    function answer(bytes calldata terms, uint256 tranche, uint256 round, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK | Terms.ARBITRATION);
        uint256 code = _stage(act, tranche);
        address party = code == Cells.CONTESTED_BY_CLIENT ? act.a.provider() : act.a.client();
        _require(act, party, address(0), abi.encode(ANSWER, act.a.id, tranche, round, 0, 0), auth);
        if (code < Cells.CONTESTED_BY_CLIENT || code > Cells.CONTESTED_UNDELIVERED) {
            revert Errors.WrongStage(tranche, code);
        }
        _requireRound(act, tranche, round);
        uint256 end = act.s.clock(tranche).end(act.a.answerWithin());
        if (act.time >= end) revert Errors.TooLate(tranche, end);
        act.s = act.s.put(tranche, Cells.DISPUTED, act.s.raw(tranche));
        emit Answered(act.a.id, tranche);
        _commit(act);
        _pull(act.a.token(), party, act.a.deposit());
    }

    /// Creates the dispute at the terms' ERC-792 arbitrator. Anyone who fronts its cost; what is over goes back.
    /// If it fails, nothing has changed and it may be tried again.
    function arbitrate(bytes calldata terms, uint256 tranche) external payable nonReentrant {
        Act memory act = _begin(terms, Terms.WORK | Terms.ARBITRATION);
        bytes32 id = act.a.id;
        uint256 code = _stage(act, tranche);
        if (code != Cells.DISPUTED || act.a.panel() || !_arbitrable(act, tranche)) {
            revert Errors.WrongStage(tranche, code);
        }
        uint256 end = act.s.clock(tranche).end(act.a.ruleWithin());
        if (act.time >= end) revert Errors.TooLate(tranche, end);
        IArbitrator arbitrator = IArbitrator(act.a.arbitrator());
        bytes calldata extraData = act.a.extraData();
        uint256 cost = arbitrator.arbitrationCost(extraData);
        if (cost > act.a.maxCost()) revert Errors.CostOverCap(cost, act.a.maxCost());
        if (msg.value < cost) revert Errors.ValueTooLow(msg.value, cost);

        stages[id] = act.s.put(tranche, Cells.ARBITRATED, act.s.raw(tranche));
        if (_deposit(act, tranche) != 0) fronters[id][tranche] = msg.sender;
        uint256 number = arbitrator.createDispute{value: cost}(CHOICES, extraData);
        uint256 dispute = disputes[address(arbitrator)][number];
        if (dispute >> 48 != 0) revert Errors.DisputeNumberTaken(address(arbitrator), number);
        uint256 group = _caseOf(id, tranche);
        disputes[address(arbitrator)][number] = dispute | (group >> 48 << 48);
        emit MetaEvidence(group, Strings.toHexString(uint256(act.a.document()), 32));
        emit Dispute(address(arbitrator), number, group, group);
        if (msg.value > cost) {
            (bool ok,) = msg.sender.call{value: msg.value - cost}("");
            if (!ok) revert Errors.NativeReturnFailed();
        }
    }

    /// ERC-792. Records the sender's first ruling under its own address and the number, and does nothing else:
    /// what it is worth is found when it is claimed. Never reverts.
    function rule(uint256 number, uint256 ruling) external {
        uint256 dispute = disputes[msg.sender][number];
        if ((dispute >> 40) & 1 != 0) return;
        if (ruling > CHOICES) ruling = 0;
        disputes[msg.sender][number] = dispute | (1 << 40) | (_minute() << 8) | ruling;
        emit Ruling(msg.sender, number, ruling);
    }

    /// Rules and pays at once. The panel that the terms name.
    /// @param members Who shares the panel's deposit; at least one.
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
        uint256 bps = _bpsOf(ruling, act.a.fallbackBps());
        uint256 deposit = _deposit(act, tranche);
        _divide(act, deposit, bps);
        emit Ruling(msg.sender, _caseOf(act.a.id, tranche), ruling);
        _split(act, tranche, bps, Cause.Ruling);
        _commit(act);
        // What does not divide goes to the first.
        uint256 each = deposit / members.length;
        uint256 first = deposit - each * (members.length - 1);
        for (uint256 k; k < members.length; ++k) {
            _push(act.a.token(), members[k], members[k], k == 0 ? first : each);
        }
    }

    // Time ---------------------------------------------------------------------------------------------------------

    /// Carries out what time, a ruling or an outcome has decided. Anyone (rules 2, 9, 13, 14, 15, 18).
    /// @param number Of the dispute at the ERC-792 arbitrator; read only for a tranche that is before one.
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
                dispute = disputes[arbitrator][number];
                if (dispute >> 48 != case_ >> 48) revert Errors.WrongDisputeNumber(number);
            } else if (act.a.panel()) {
                dispute = disputes[arbitrator][case_];
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
                credits[act.a.token()][arbitrator] += deposit;
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
            value = notes[a.id][i].value;
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

    // Settlement and receivers -------------------------------------------------------------------------------------

    /// Ends everything at once, any split that both sign (rule 12). A fronter of a cost gets its deposit in any case.
    /// @param toProvider Gross, of the money held for tranches; with toClient exactly all of it.
    /// @param depositsToProvider With depositsToClient exactly the deposits held, less those of fronters.
    function settle(
        bytes calldata terms,
        uint256 toProvider,
        uint256 toClient,
        uint256 depositsToProvider,
        uint256 depositsToClient,
        bytes calldata clientAuth,
        bytes calldata providerAuth
    ) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK | Terms.ARBITRATION);
        bytes memory fields =
            abi.encode(SETTLE, act.a.id, toProvider, toClient, depositsToProvider, depositsToClient, 0, 0);
        _require(act, act.a.client(), address(0), fields, clientAuth);
        Tip memory clientTip = act.tip;
        delete act.tip;
        _require(act, act.a.provider(), address(0), fields, providerAuth);
        Tip memory providerTip = act.tip;
        (uint256 held, uint256 deposits) = _closeAll(act, Cells.ARBITRATED);
        _requireSplit(held, toProvider, toClient);
        _requireSplit(deposits, depositsToProvider, depositsToClient);
        act.providerDeposit = depositsToProvider;
        act.refund = depositsToClient;
        if (toProvider != 0) _pay(act, 0, Cause.Settlement, true, true, toProvider);
        if (toClient != 0) _refund(act, 0, Cause.Settlement, toClient);
        stages[act.a.id] = act.s;
        act.tip = clientTip;
        _takeTip(act);
        act.tip = providerTip;
        _commit(act);
    }

    function _requireSplit(uint256 whole, uint256 one, uint256 other) private pure {
        // Checked addition: parts that overflow are no split.
        if (one + other != whole) revert Errors.BadSplit(whole, one + other);
    }

    /// Closes every open tranche, and owes fronters their deposits.
    /// @param last The last stage that may be closed so.
    /// @return held Money of the tranches.
    /// @return deposits Those that are the parties'.
    function _closeAll(Act memory act, uint256 last) private view returns (uint256 held, uint256 deposits) {
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

    /// Names who receives later payouts in the provider's place, e.g. a splitter; zero: the provider again (rule 17).
    function namePayee(bytes calldata terms, address payee, uint256 nonce, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES);
        bytes32 id = act.a.id;
        address provider = act.a.provider();
        _require(act, provider, address(0), abi.encode(NAME_PAYEE, id, payee, nonce, 0, 0), auth);
        if (auth.length != 0) _useCheckedNonce(provider, nonce);
        if (payee == address(this)) revert Errors.BadReceiver(payee);
        if (act.s.allTerminal()) revert Errors.WrongStage(0, act.s.code(0));
        payees[id] = payee;
        stages[id] = act.s.noteAll();
        emit PayeeNamed(id, payee);
        _payTip(act);
    }

    /// Takes a delegate's right to sign in this agreement away, for ever. Its party.
    function revokeDelegate(bytes calldata terms, bool byClient, bytes calldata auth) external nonReentrant {
        Act memory act;
        act.a = Terms.read(terms, domain(), Terms.PARTIES);
        bytes32 id = act.a.id;
        address delegate = byClient ? act.a.clientDelegate() : act.a.providerDelegate();
        address party = byClient ? act.a.client() : act.a.provider();
        _require(act, party, address(0), abi.encode(REVOKE_DELEGATE, id, delegate, 0, 0), auth);
        if (delegate == address(0) || delegateRevoked[id][delegate]) revert Errors.NothingToRevoke(delegate);
        delegateRevoked[id][delegate] = true;
        emit DelegateRevoked(id, delegate);
        _payTip(act);
    }

    /// Sends a credit elsewhere. Its owner.
    function redirect(address token, address owner, address to, uint256 amount, uint256 nonce, bytes calldata auth)
        external
        nonReentrant
    {
        Act memory act;
        _require(act, owner, address(0), abi.encode(REDIRECT, token, to, amount, nonce, 0, 0), auth);
        if (auth.length != 0) _useCheckedNonce(owner, nonce);
        if (to == address(this) || to == address(0)) revert Errors.BadReceiver(to);
        _spendCredit(token, owner, to, amount);
        _payTip(act);
        _push(token, to, owner, amount);
    }

    /// Tries again to pay a credit to its owner. Anyone.
    function push(address token, address owner) external nonReentrant {
        uint256 amount = credits[token][owner];
        _spendCredit(token, owner, owner, amount);
        _push(token, owner, owner, amount);
    }

    // Checks -------------------------------------------------------------------------------------------------------

    function _begin(bytes calldata terms, uint256 needed) private view returns (Act memory act) {
        act.a = Terms.read(terms, domain(), needed);
        act.s = stages[act.a.id];
        // A revoked id reads as one closed tranche and no others: nothing was ever paid in for it.
        if (act.s == 0 || act.s == Cells.CLOSED) revert Errors.NotOpen(act.a.id);
        act.time = _minute();
    }

    /// What `open` and `amend` share: valid, signed by both, in time, unused.
    /// @return s The first stages. @return total What the client owes now.
    function _admit(
        Agreement memory a,
        bytes calldata terms,
        uint256 fundNow,
        bytes calldata clientSignature,
        bytes calldata providerSignature
    ) private view returns (uint256 s, uint256 total) {
        unchecked {
            Validity.check(terms, address(this));
            if (stages[a.id] != 0) revert Errors.AlreadyUsed(a.id);
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

    /// @param delegate May act in the party's place, or zero.
    function _require(Act memory act, address party, address delegate, bytes memory fields, bytes calldata auth)
        private
        view
    {
        if (auth.length == 0) _requireSender(act.a.id, party, delegate);
        else act.tip = _requireAct(act.a.id, party, delegate, fields, auth);
    }

    function _stage(Act memory act, uint256 i) private pure returns (uint256 code) {
        if (i >= Validity.MAX_TRANCHES) revert Errors.WrongTranche(i);
        code = act.s.code(i);
        if (code == Cells.NONE) revert Errors.WrongTranche(i);
    }

    function _requireMask(uint256 mask, uint256 count) private pure {
        if (mask == 0 || mask >> count != 0) revert Errors.WrongTranche(count);
    }

    function _requireRound(Act memory act, uint256 i, uint256 round) private pure {
        if (act.s.round(i) != round) revert Errors.WrongRound(i, act.s.round(i));
    }

    function _requireTime(Act memory act, uint256 i, uint256 from) private pure {
        if (act.time < from) revert Errors.TooEarly(i, from);
    }

    function _requireRejectable(Act memory act, uint256 i, uint256 round) private pure {
        if (i >= act.a.milestones()) revert Errors.WrongTranche(i);
        uint256 code = act.s.code(i);
        if (code != Cells.DELIVERED) revert Errors.WrongStage(i, code);
        _requireRound(act, i, round);
        uint256 end = _reviewEnd(act, i);
        if (act.time >= end) revert Errors.TooLate(i, end);
        if (round == MAX_REJECTIONS) revert Errors.NoRejectionsLeft(i);
    }

    function _requireContestable(Act memory act, uint256 i, uint256 round, bool byClient)
        private
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

    // What follows from cell, note and terms -----------------------------------------------------------------------

    function _minute() private view returns (uint256) {
        return block.timestamp / 60;
    }

    /// Minutes by which a sequential milestone was blocked past its start.
    function _blocked(Act memory act, uint256 i) private pure returns (uint256) {
        unchecked {
            if (act.s.code(i) != Cells.ACTIVE || act.s.raw(i) == 0) return 0;
            uint256 start = act.a.tranche(i).start();
            uint256 clock = act.s.clock(i);
            return clock > start ? clock - start : 0;
        }
    }

    function _due(Act memory act, uint256 i) private view returns (uint256 due) {
        unchecked {
            due = act.a.tranche(i).due() + _blocked(act, i);
            if (act.s.noted(i)) due += notes[act.a.id][i].shift;
        }
    }

    function _deadline(Act memory act, uint256 i) private view returns (uint256) {
        unchecked {
            if (act.s.code(i) == Cells.REJECTED) return act.s.clock(i);
            return _due(act, i) + act.a.tranche(i).cure();
        }
    }

    function _reviewEnd(Act memory act, uint256 i) private pure returns (uint256) {
        (uint256 offset, uint256 number) = act.a.pauses();
        return act.s.clock(i).endWithPauses(act.a.tranche(i).review(), offset, number);
    }

    /// @param unnoted Days late that are not in the note yet.
    function _onTime(Act memory act, uint256 i, uint256 unnoted) private view returns (bool) {
        return unnoted == 0 && (!act.s.noted(i) || notes[act.a.id][i].lateDays == 0);
    }

    /// @return Whether the delivery came at or after its deadline.
    function _late(Act memory act, uint256 i) private view returns (bool) {
        if (act.s.round(i) != 0) return act.s.noted(i) && notes[act.a.id][i].late;
        return act.s.clock(i) >= _due(act, i) + act.a.tranche(i).cure();
    }

    function _daysAfter(uint256 time, uint256 due) private pure returns (uint256) {
        unchecked {
            return time > due ? (time - due + MINUTES_A_DAY - 1) / MINUTES_A_DAY : 0;
        }
    }

    /// @return Days late that are not in the note yet: those of a first delivery.
    function _daysLate(Act memory act, uint256 i) private view returns (uint256) {
        if (act.s.code(i) != Cells.DELIVERED || act.s.round(i) != 0 || i == act.a.milestones()) return 0;
        return _daysAfter(act.s.clock(i), _due(act, i));
    }

    /// @return count All days late of a milestone that has ended.
    function _lateDaysOf(Act memory act, uint256 i) private view returns (uint256 count) {
        unchecked {
            if (act.s.noted(i)) count = notes[act.a.id][i].lateDays;
            if (act.s.code(i) == Cells.PAID && act.s.round(i) == 0) count += _daysAfter(act.s.clock(i), _due(act, i));
        }
    }

    /// @return Share accepted in part so far, bps.
    function _share(Act memory act, uint256 i) private view returns (uint256) {
        return act.s.noted(i) ? notes[act.a.id][i].shareBps : 0;
    }

    /// @return rest What a funded tranche still holds.
    function _unpaid(Act memory act, uint256 i) private view returns (uint256 rest) {
        unchecked {
            uint256 word = act.a.tranche(i);
            rest = word.amount();
            if (!act.s.noted(i)) return rest;
            Note storage n = notes[act.a.id][i];
            if (n.extended && word.extender() == Terms.EXTENDER_PROVIDER) rest -= act.a.extensionPrice(i);
            rest -= rest * n.shareBps / SHARES;
        }
    }

    function _held(Act memory act, uint256 i) private view returns (uint256) {
        return act.s.code(i) == Cells.UNFUNDED ? act.a.terminationFee(i) : _unpaid(act, i);
    }

    /// @return paid Sum of amount x share paid, over the milestones.
    /// @return total Sum of amount x 10,000.
    function _progress(Act memory act) private pure returns (uint256 paid, uint256 total) {
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
    function _splittable(Act memory act, uint256 i) private pure returns (bool) {
        return i != act.a.milestones() || act.s.allTerminalBefore(i);
    }

    /// @return Whether there is an arbitrator for a tranche of this size.
    function _arbitrable(Act memory act, uint256 i) private pure returns (bool) {
        return act.a.arbitrator() != address(0) && act.a.tranche(i).amount() >= 2 * act.a.deposit();
    }

    function _deposit(Act memory act, uint256 i) private pure returns (uint256) {
        return _arbitrable(act, i) ? act.a.deposit() : 0;
    }

    function _bpsOf(uint256 ruling, uint256 fallbackBps) private pure returns (uint256) {
        return ruling == 0 || ruling > CHOICES ? fallbackBps : (ruling - 1) * 100;
    }

    /// @return Number of a panel's dispute, and ERC-1497 group of every dispute's evidence.
    function _caseOf(bytes32 id, uint256 tranche) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(id, tranche)));
    }

    // Changes ------------------------------------------------------------------------------------------------------

    /// Moves a tranche on; leaving the undelivered stages unblocks the next one of sequential terms.
    function _move(Act memory act, uint256 i, uint256 code, uint256 raw) private pure {
        unchecked {
            uint256 old = act.s.code(i);
            uint256 s = act.s.put(i, code, raw);
            if ((old == Cells.ACTIVE || old == Cells.WAITING || old == Cells.UNFUNDED) && i + 1 < Validity.MAX_TRANCHES)
            {
                uint256 next = s.code(i + 1);
                uint256 now_ = act.time - Cells.EPOCH;
                if (next == Cells.WAITING) s = s.put(i + 1, Cells.ACTIVE, now_);
                else if (next == Cells.UNFUNDED && s.raw(i + 1) == Cells.BLOCKED) s = s.put(i + 1, next, now_);
            }
            act.s = s;
        }
    }

    /// Keeps in the note what blocking moved due by, before the cell's clock is overwritten.
    function _keepShift(Act memory act, uint256 i) private {
        unchecked {
            uint256 shift = _blocked(act, i);
            if (act.s.code(i) == Cells.WAITING) {
                uint256 start = act.a.tranche(i).start();
                if (act.time > start) shift = act.time - start;
            }
            if (shift == 0) return;
            act.s = act.s.note(i);
            notes[act.a.id][i].shift += uint32(shift);
        }
    }

    function _noteLateness(Act memory act, uint256 i, uint256 lateDays) private {
        if (lateDays != 0) _addLateDays(act, i, lateDays);
    }

    function _addLateDays(Act memory act, uint256 i, uint256 lateDays) private {
        unchecked {
            act.s = act.s.note(i);
            Note storage n = notes[act.a.id][i];
            uint256 sum = n.lateDays + lateDays;
            n.lateDays = uint16(sum > type(uint16).max ? type(uint16).max : sum);
        }
    }

    function _reject(Act memory act, uint256 i, bytes32 reasons) private {
        _noteLateness(act, i, _daysLate(act, i));
        emit Rejected(act.a.id, i, act.s.round(i), reasons);
        uint256 deadline = act.time.end(act.a.tranche(i).cure());
        act.s = act.s.put(i, Cells.REJECTED, deadline - Cells.EPOCH).raiseRound(i);
    }

    /// Pays what is unpaid of a milestone, in whatever stage it is.
    function _payInFull(Act memory act, uint256 i, Cause cause) private {
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
    function _dueAfterKeep(Act memory act, uint256 i) private view returns (uint256 due) {
        due = act.a.tranche(i).due();
        if (act.s.noted(i)) due += notes[act.a.id][i].shift;
    }

    /// Deposits of a contested tranche that the client accepts after all: as if ruled 100 % for the provider.
    function _concede(Act memory act, uint256 i, uint256 code) private pure {
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
    function _terminate(Act memory act, uint256 i, Cause cause) private {
        uint256 held = _held(act, i);
        uint256 price = act.a.terminationFee(i);
        if (price > held) price = held;
        _move(act, i, Cells.TERMINATED, _share(act, i));
        if (price != 0) _pay(act, i, cause, true, false, price);
        if (held != price) _refund(act, i, cause, held - price);
    }

    /// Ends a disputed tranche: the provider gets `bps` of what is unpaid, of an outcome of its scaled maximum.
    function _split(Act memory act, uint256 i, uint256 bps, Cause cause) private {
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

    function _endOutcome(Act memory act, uint256 i, uint256 pay, Cause cause, bool disputed) private {
        uint256 amount = act.a.tranche(i).amount();
        _move(act, i, Cells.ENDED, pay * SHARES / amount);
        if (pay != 0) _pay(act, i, cause, true, disputed, pay);
        if (amount != pay) _refund(act, i, cause, amount - pay);
    }

    // Accounts -----------------------------------------------------------------------------------------------------

    /// @param amount Gross.
    /// @return fee What of it goes to the fee recipient.
    function _pay(Act memory act, uint256 i, Cause cause, bool onTime, bool disputed, uint256 amount)
        private
        returns (uint256 fee)
    {
        unchecked {
            fee = amount * act.a.feeBps() / SHARES;
            act.payout += amount - fee;
            act.fee += fee;
            emit Paid(act.a.id, i, cause, onTime, disputed, amount, fee);
        }
    }

    function _refund(Act memory act, uint256 i, Cause cause, uint256 amount) private {
        unchecked {
            act.refund += amount;
            emit Refunded(act.a.id, i, cause, amount);
        }
    }

    function _returnDeposits(Act memory act, uint256 deposit) private pure {
        unchecked {
            act.refund += deposit;
            act.providerDeposit += deposit;
        }
    }

    /// Splits one deposit like the tranche.
    function _divide(Act memory act, uint256 deposit, uint256 bps) private pure {
        unchecked {
            uint256 part = deposit * bps / SHARES;
            act.providerDeposit += part;
            act.refund += deposit - part;
        }
    }

    function _spendCredit(address token, address owner, address to, uint256 amount) private {
        uint256 credit = credits[token][owner];
        if (amount == 0 || amount > credit) revert Errors.CreditTooLow(credit, amount);
        credits[token][owner] = credit - amount;
        emit CreditPaid(token, owner, to, amount);
    }

    /// Writes the state, takes the fees still owed if this closed the agreement, then pays everyone.
    function _commit(Act memory act) private {
        bytes32 id = act.a.id;
        stages[id] = act.s;
        if (act.s.allTerminal()) {
            act.fee += _owedFees(act);
            emit Closed(id);
        }
        _takeTip(act);
        address token = act.a.token();
        address provider = act.a.provider();
        address payee = act.s.anyNoted() ? payees[id] : address(0);
        if (payee == address(0)) {
            _push(token, provider, provider, act.payout + act.providerDeposit);
        } else {
            _push(token, payee, provider, act.payout);
            _push(token, provider, provider, act.providerDeposit);
        }
        address client = act.a.client();
        _push(token, client, client, act.refund);
        address feeRecipient = act.a.feeRecipient();
        _push(token, feeRecipient, feeRecipient, act.fee);
        for (uint256 i; act.fronted >> i != 0; ++i) {
            if ((act.fronted >> i) & 1 == 0) continue;
            address fronter = fronters[id][i];
            _push(token, fronter, fronter, act.a.deposit());
        }
    }

    /// @return fees Of tranches paid in one piece.
    function _owedFees(Act memory act) private pure returns (uint256 fees) {
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
    function _takeTip(Act memory act) private {
        Tip memory tip = act.tip;
        if (tip.amount == 0) return;
        if (tip.token == act.a.token()) {
            bool paid = true;
            if (tip.signer == act.a.provider() && act.payout >= tip.amount) act.payout -= tip.amount;
            else if (tip.signer == act.a.client() && act.refund >= tip.amount) act.refund -= tip.amount;
            else paid = false;
            if (paid) return _push(tip.token, msg.sender, msg.sender, tip.amount);
        }
        _payTip(act);
    }

    /// Pays the relayer when the act itself pays nobody.
    function _payTip(Act memory act) private {
        Tip memory tip = act.tip;
        if (tip.amount == 0) return;
        if (credits[tip.token][tip.signer] >= tip.amount) {
            _spendCredit(tip.token, tip.signer, msg.sender, tip.amount);
            _push(tip.token, msg.sender, msg.sender, tip.amount);
        } else {
            _collect(tip.token, tip.signer, msg.sender, tip.amount);
        }
    }
}
