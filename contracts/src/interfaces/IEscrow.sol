// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IArbitrable, IEvidence} from "./IArbitration.sol";
import {IRecord} from "./IRecord.sol";

/// @title IEscrow
/// @notice The escrow as others see it: what `Escrow` does itself and what it does by the code of its `Annex`.
///
/// `terms` is an agreement packed as `Terms` says, with the branches that the verb reads in full. `auth` is empty when
/// the sender is the party, else a signature as `Authority` says.
interface IEscrow is IRecord, IArbitrable, IEvidence, IERC5267 {
    /// Opens an agreement that both signed, with the client's money. Anyone may send it.
    /// @param fundNow Tranches with a later `fundBy` to fund in full at once; only when the client itself sends.
    function open(
        bytes calldata terms,
        uint256 fundNow,
        bytes calldata clientSignature,
        bytes calldata providerSignature
    ) external;

    /// Ends an id before it opens. Either party.
    function revoke(bytes calldata terms, bool byClient, bytes calldata auth) external;

    /// Closes one agreement and opens the one that replaces it, both signed by the same two parties (rule 10).
    /// Money moves with it: what is missing comes from the client, what is over goes back.
    function amend(
        bytes calldata oldTerms,
        bytes calldata newTerms,
        uint256 fundNow,
        bytes calldata clientSignature,
        bytes calldata providerSignature
    ) external;

    /// Funds tranches in full before their `fundBy`. The client.
    function fund(bytes calldata terms, uint256 tranches, bytes calldata auth) external;

    /// Hands over a milestone. The provider or its delegate. Late deliveries are recorded but never paid by silence.
    /// @param deliverable SHA-256(salt || content hash).
    function deliver(bytes calldata terms, uint256 tranche, uint256 round, bytes32 deliverable, bytes calldata auth)
        external;

    /// Pays in full what is unpaid of the listed milestones. The client or its delegate.
    /// Those that have ended, are not funded or are in another round are skipped (rules 6, 8).
    /// @param tranches Mask.
    /// @param rounds Two bits a tranche.
    /// @param deliverables What was accepted, as the parties hash it.
    function accept(bytes calldata terms, uint256 tranches, uint256 rounds, bytes32 deliverables, bytes calldata auth)
        external;

    /// Pays a share at once and rejects the rest. Once a tranche. The client or its delegate (rule 7).
    function acceptPart(
        bytes calldata terms,
        uint256 tranche,
        uint256 round,
        uint256 shareBps,
        bytes32 deliverable,
        bytes32 reasons,
        bytes calldata auth
    ) external;

    /// Refuses a delivery, with reasons. The client or its delegate, within review, three times at the most.
    function reject(
        bytes calldata terms,
        uint256 tranche,
        uint256 round,
        bytes32 deliverable,
        bytes32 reasons,
        bytes calldata auth
    ) external;

    /// Ends milestones whose start lies ahead, where the terms allow it, for their termination fee. The client (rule 11).
    function terminate(bytes calldata terms, uint256 tranches, bytes calldata auth) external;

    /// Moves due by the days in the terms, for the price in the terms. The party that the terms name (rule 11).
    function extend(bytes calldata terms, uint256 tranche, bytes calldata auth) external;

    /// Brings a metric that the source attests. Anyone, between `start` and `due` of the outcome (rule 13).
    function report(bytes calldata terms, uint256 value, bytes calldata proof) external;

    /// Freezes a tranche until it is ruled, forfeited or its fallback applies. Depends on no arbitrator's code (rule 14).
    function contest(
        bytes calldata terms,
        uint256 tranche,
        uint256 round,
        bool byClient,
        bytes32 reasons,
        bytes calldata auth
    ) external;

    /// Posts the same deposit as the contester. The other party, within its window (rule 15).
    function answer(bytes calldata terms, uint256 tranche, uint256 round, bytes calldata auth) external;

    /// Creates the dispute at the terms' ERC-792 arbitrator. Anyone who fronts its cost; what is over goes back.
    /// If it fails, nothing has changed and it may be tried again.
    function arbitrate(bytes calldata terms, uint256 tranche) external payable;

    /// ERC-792. Records the sender's first ruling under its own address and the number, and does nothing else:
    /// what it is worth is found when it is claimed. Never reverts.
    function rule(uint256 number, uint256 ruling) external override;

    /// Rules and pays at once. The panel that the terms name.
    /// @param members Who shares the panel's deposit; at least one.
    function rulePanel(bytes calldata terms, uint256 tranche, uint256 ruling, address[] calldata members) external;

    /// Carries out what time, a ruling or an outcome has decided. Anyone (rules 2, 9, 13, 14, 15, 18).
    /// @param number Of the dispute at the ERC-792 arbitrator; read only for a tranche that is before one.
    function claim(bytes calldata terms, uint256 tranche, uint256 number) external;

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
    ) external;

    /// Names who receives later payouts in the provider's place, e.g. a splitter; zero: the provider again (rule 17).
    function namePayee(bytes calldata terms, address payee, uint256 nonce, bytes calldata auth) external;

    /// Takes a delegate's right to sign in this agreement away, for ever. Its party.
    function revokeDelegate(bytes calldata terms, bool byClient, bytes calldata auth) external;

    /// Sends a credit elsewhere. Its owner.
    function redirect(address token, address owner, address to, uint256 amount, uint256 nonce, bytes calldata auth)
        external;

    /// Tries again to pay a credit to its owner. Anyone.
    function push(address token, address owner) external;

    // What is stored -----------------------------------------------------------------------------------------------

    /// Basis points: no terms with a higher fee can be opened.
    function MAX_FEE_BPS() external view returns (uint256);

    /// @return The EIP-712 domain separator.
    function domain() external view returns (bytes32);

    /// The stage of every tranche of an agreement, as `Cells` packs it. 0: never opened.
    function stages(bytes32 id) external view returns (uint256);

    /// What is known of a tranche beside its cell.
    /// @return shareBps Accepted in part.
    /// @return lateDays Noted so far.
    /// @return shift Minutes by which due has moved.
    /// @return late The last delivery came after its deadline.
    /// @return extended The extension was taken.
    /// @return value The reported metric.
    function notes(bytes32 id, uint256 tranche)
        external
        view
        returns (uint16 shareBps, uint16 lateDays, uint32 shift, bool late, bool extended, uint128 value);

    /// Who receives in the provider's place, or zero.
    function payees(bytes32 id) external view returns (address);

    /// Who paid an arbitrator's cost and is owed a deposit for it.
    function fronters(bytes32 id, uint256 tranche) external view returns (address);

    /// By arbitrator and number: upper 208 bits of the case it is bound to | ruled 1 | minute 32 | ruling 8.
    function disputes(address arbitrator, uint256 number) external view returns (uint256);

    /// What could not be pushed.
    function credits(address token, address owner) external view returns (uint256);

    function delegateRevoked(bytes32 id, address delegate) external view returns (bool);

    /// Next nonce of `namePayee` and `redirect`.
    function nonces(address owner) external view returns (uint256);
}
