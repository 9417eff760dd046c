// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "./Errors.sol";
import {EscrowCore} from "./EscrowCore.sol";
import {IArbitrator, IEvidence} from "./interfaces/IArbitration.sol";
import {Cells} from "./libraries/Cells.sol";
import {Agreement, Terms} from "./libraries/Terms.sol";
import {TypeHashes} from "./libraries/TypeHashes.sol";
import {Validity} from "./libraries/Validity.sol";
import {Windows} from "./libraries/Windows.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title Annex
/// @notice The verbs and the reads of the escrow that `Escrow` has no room for. It runs them by delegatecall: on its own
/// state and with its own money. Called directly, this contract holds nothing and knows no agreement.
contract Annex is EscrowCore, Nonces, IEvidence, IERC5267 {
    using Cells for uint256;
    using Terms for Agreement;
    using Terms for uint256;
    using Windows for uint256;

    uint256 public constant MAX_FEE_BPS = Validity.MAX_FEE_BPS;

    function revoke(bytes calldata terms, bool byClient, bytes calldata auth) external nonReentrant {
        Act memory act;
        Terms.readInto(act.a, terms, domain(), Terms.PARTIES);
        bytes32 id = act.a.id;
        address party = byClient ? act.a.client() : act.a.provider();
        if (!_bySender(act, party, address(0), auth)) {
            _requireSignature(act, party, address(0), abi.encode(TypeHashes.REVOKE, id, 0, 0), auth);
        }
        if (_stages[id] != 0) revert Errors.AlreadyUsed(id);
        _stages[id] = Cells.CLOSED;
        emit Revoked(id, party);
        _payTip(act);
    }

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
        (uint256 s, uint256 needed) = _admit(b, fundNow, clientSignature, providerSignature);
        _stages[b.id] = s;
        emit Replaced(id, b.id);
        emit Opened(b.id, b.client(), b.provider(), b.document());
        if (held > needed) {
            _refund(act, 0, Cause.ChangeOrder, held - needed);
        }
        _commit(act);
        if (needed > held) _pull(b.token(), b.client(), needed - held);
    }

    function fund(bytes calldata terms, uint256 tranches, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        if (!_bySender(act, act.a.client(), address(0), auth)) {
            _requireSignature(act, act.a.client(), address(0), abi.encode(TypeHashes.FUND, id, tranches, 0, 0), auth);
        }
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
        if (!_bySender(act, act.a.client(), act.a.clientDelegate(), auth)) {
            _requireSignature(
                act,
                act.a.client(),
                act.a.clientDelegate(),
                abi.encode(TypeHashes.ACCEPT_PART, id, tranche, round, shareBps, deliverable, reasons, 0, 0),
                auth
            );
        }
        _requireRejectable(act, tranche, round);
        if (shareBps == 0 || shareBps >= SHARES) revert Errors.BadShare(shareBps);
        if (act.s.noted(tranche) && _notes[id][tranche].shareBps != 0) revert Errors.ShareTaken(tranche);
        uint256 amount = _unpaid(act, tranche) * shareBps / SHARES;
        if (amount == 0) revert Errors.BadShare(shareBps);
        bool onTime = _onTime(act, tranche, _daysLate(act, tranche));
        act.s = act.s.note(tranche);
        _notes[id][tranche].shareBps = uint16(shareBps);
        _pay(act, tranche, Cause.PartAcceptance, onTime, false, amount);
        _reject(act, tranche, reasons);
        _commit(act);
    }

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
        if (!_bySender(act, act.a.client(), act.a.clientDelegate(), auth)) {
            _requireSignature(
                act,
                act.a.client(),
                act.a.clientDelegate(),
                abi.encode(TypeHashes.REJECT, id, tranche, round, deliverable, reasons, 0, 0),
                auth
            );
        }
        _requireRejectable(act, tranche, round);
        _reject(act, tranche, reasons);
        _commit(act);
    }

    function terminate(bytes calldata terms, uint256 tranches, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        if (!_bySender(act, act.a.client(), address(0), auth)) {
            _requireSignature(
                act, act.a.client(), address(0), abi.encode(TypeHashes.TERMINATE, act.a.id, tranches, 0, 0), auth
            );
        }
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

    function extend(bytes calldata terms, uint256 tranche, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK);
        bytes32 id = act.a.id;
        if (tranche >= act.a.milestones()) revert Errors.WrongTranche(tranche);
        uint256 word = act.a.tranche(tranche);
        uint256 extender = word.extender();
        if (extender == 0) revert Errors.NotExtendable(tranche);
        address party = extender == Terms.EXTENDER_CLIENT ? act.a.client() : act.a.provider();
        if (!_bySender(act, party, address(0), auth)) {
            _requireSignature(act, party, address(0), abi.encode(TypeHashes.EXTEND, id, tranche, 0, 0), auth);
        }
        uint256 code = act.s.code(tranche);
        if (code != Cells.ACTIVE && code != Cells.WAITING) revert Errors.WrongStage(tranche, code);
        Note storage n = _notes[id][tranche];
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

    function answer(bytes calldata terms, uint256 tranche, uint256 round, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES | Terms.WORK | Terms.ARBITRATION);
        uint256 code = _stage(act, tranche);
        address party = code == Cells.CONTESTED_BY_CLIENT ? act.a.provider() : act.a.client();
        if (!_bySender(act, party, address(0), auth)) {
            _requireSignature(
                act, party, address(0), abi.encode(TypeHashes.ANSWER, act.a.id, tranche, round, 0, 0), auth
            );
        }
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

        _stages[id] = act.s.put(tranche, Cells.ARBITRATED, act.s.raw(tranche));
        if (_deposit(act, tranche) != 0) _fronters[id][tranche] = msg.sender;
        uint256 number = arbitrator.createDispute{value: cost}(CHOICES, extraData);
        uint256 dispute = _disputes[address(arbitrator)][number];
        if (dispute >> 48 != 0) revert Errors.DisputeNumberTaken(address(arbitrator), number);
        uint256 group = _caseOf(id, tranche);
        _disputes[address(arbitrator)][number] = dispute | (group >> 48 << 48);
        emit MetaEvidence(group, Strings.toHexString(uint256(act.a.document()), 32));
        emit Dispute(address(arbitrator), number, group, group);
        if (msg.value > cost) {
            (bool ok,) = msg.sender.call{value: msg.value - cost}("");
            if (!ok) revert Errors.NativeReturnFailed();
        }
    }

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
            abi.encode(TypeHashes.SETTLE, act.a.id, toProvider, toClient, depositsToProvider, depositsToClient, 0, 0);
        if (!_bySender(act, act.a.client(), address(0), clientAuth)) {
            _requireSignature(act, act.a.client(), address(0), fields, clientAuth);
        }
        (address tipper, address tipToken, uint256 tip) = (act.tipper, act.tipToken, act.tip);
        act.tip = 0;
        if (!_bySender(act, act.a.provider(), address(0), providerAuth)) {
            _requireSignature(act, act.a.provider(), address(0), fields, providerAuth);
        }
        (uint256 held, uint256 deposits) = _closeAll(act, Cells.ARBITRATED);
        _requireSplit(held, toProvider, toClient);
        _requireSplit(deposits, depositsToProvider, depositsToClient);
        act.providerDeposit = depositsToProvider;
        act.refund = depositsToClient;
        if (toProvider != 0) _pay(act, 0, Cause.Settlement, true, true, toProvider);
        if (toClient != 0) _refund(act, 0, Cause.Settlement, toClient);
        _stages[act.a.id] = act.s;
        if (act.tip != 0) _takeTip(act);
        (act.tipper, act.tipToken, act.tip) = (tipper, tipToken, tip);
        _commit(act);
    }

    function _requireSplit(uint256 whole, uint256 one, uint256 other) private pure {
        // Checked addition: parts that overflow are no split.
        if (one + other != whole) revert Errors.BadSplit(whole, one + other);
    }

    function namePayee(bytes calldata terms, address payee, uint256 nonce, bytes calldata auth) external nonReentrant {
        Act memory act = _begin(terms, Terms.PARTIES);
        bytes32 id = act.a.id;
        address provider = act.a.provider();
        if (!_bySender(act, provider, address(0), auth)) {
            _requireSignature(
                act, provider, address(0), abi.encode(TypeHashes.NAME_PAYEE, id, payee, nonce, 0, 0), auth
            );
        }
        if (auth.length != 0) _useCheckedNonce(provider, nonce);
        if (payee == address(this)) revert Errors.BadReceiver(payee);
        if (act.s.allTerminal()) revert Errors.WrongStage(0, act.s.code(0));
        _payees[id] = payee;
        _stages[id] = act.s.noteAll();
        emit PayeeNamed(id, payee);
        _payTip(act);
    }

    function revokeDelegate(bytes calldata terms, bool byClient, bytes calldata auth) external nonReentrant {
        Act memory act;
        Terms.readInto(act.a, terms, domain(), Terms.PARTIES);
        bytes32 id = act.a.id;
        address delegate = byClient ? act.a.clientDelegate() : act.a.providerDelegate();
        address party = byClient ? act.a.client() : act.a.provider();
        if (!_bySender(act, party, address(0), auth)) {
            _requireSignature(act, party, address(0), abi.encode(TypeHashes.REVOKE_DELEGATE, id, delegate, 0, 0), auth);
        }
        if (delegate == address(0) || _delegateRevoked[id][delegate]) revert Errors.NothingToRevoke(delegate);
        _delegateRevoked[id][delegate] = true;
        emit DelegateRevoked(id, delegate);
        _payTip(act);
    }

    function redirect(address token, address owner, address to, uint256 amount, uint256 nonce, bytes calldata auth)
        external
        nonReentrant
    {
        Act memory act;
        if (!_bySender(act, owner, address(0), auth)) {
            _requireSignature(
                act, owner, address(0), abi.encode(TypeHashes.REDIRECT, token, to, amount, nonce, 0, 0), auth
            );
        }
        if (auth.length != 0) _useCheckedNonce(owner, nonce);
        if (to == address(this) || to == address(0)) revert Errors.BadReceiver(to);
        _spendCredit(token, owner, to, amount);
        _payTip(act);
        _push(token, to, owner, amount);
    }

    function push(address token, address owner) external nonReentrant {
        uint256 amount = _credits[token][owner];
        _spendCredit(token, owner, owner, amount);
        _push(token, owner, owner, amount);
    }

    // What is stored -----------------------------------------------------------------------------------------------

    function stages(bytes32 id) external view returns (uint256) {
        return _stages[id];
    }

    function notes(bytes32 id, uint256 tranche) external view returns (Note memory) {
        return _notes[id][tranche];
    }

    function payees(bytes32 id) external view returns (address) {
        return _payees[id];
    }

    function fronters(bytes32 id, uint256 tranche) external view returns (address) {
        return _fronters[id][tranche];
    }

    function disputes(address arbitrator, uint256 number) external view returns (uint256) {
        return _disputes[arbitrator][number];
    }

    function credits(address token, address owner) external view returns (uint256) {
        return _credits[token][owner];
    }

    function delegateRevoked(bytes32 id, address delegate) external view returns (bool) {
        return _delegateRevoked[id][delegate];
    }

    function eip712Domain()
        external
        view
        returns (bytes1, string memory, string memory, uint256, address, bytes32, uint256[] memory)
    {
        return (hex"0f", "Commenda", "1", block.chainid, address(this), bytes32(0), new uint256[](0));
    }
}
