// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Errors
/// @notice Every refusal of the escrow. The number is the rule in docs/protocol.md that refuses.
/// Minutes are whole Unix minutes, amounts token base units, shares bps.
library Errors {
    // At deployment
    error AnnexWithoutCode(address annex);

    // Terms that cannot be opened (2, 3, 4, 13)
    error MalformedTerms();
    error BranchMissing(uint256 needed, uint256 found);
    error PartiesNotDistinct();
    error FeeOverCap(uint256 feeBps, uint256 cap);
    error TrancheCount(uint256 found);
    error BadAmount(uint256 tranche, uint256 amount);
    error WindowTooShort(uint256 tranche, uint256 found, uint256 least);
    error BadDates(uint256 tranche);
    error BadOption(uint256 tranche);
    error BadPauses(uint256 pause);
    error BadCurve(uint256 point);
    error BadOutcome();
    error BadArbitration();
    error TokenWithoutCode(address token);

    // Existing (1)
    error AlreadyUsed(bytes32 id);
    error NotOpen(bytes32 id);
    error PastOpenBy(uint256 openBy);
    error ReplacesMismatch(bytes32 expected, bytes32 found);
    error NotAuthorised(address expected);
    error SignatureExpired(uint256 validUntil);
    error NothingToRevoke(address delegate);

    // Acts out of turn (2, 5, 6, 7, 9, 11)
    error WrongTranche(uint256 tranche);
    error WrongStage(uint256 tranche, uint256 code);
    error WrongRound(uint256 tranche, uint256 round);
    error TooEarly(uint256 tranche, uint256 allowedFrom);
    error TooLate(uint256 tranche, uint256 endedAt);
    error NoRejectionsLeft(uint256 tranche);
    error ShareTaken(uint256 tranche);
    error BadShare(uint256 share);
    error NotTerminable(uint256 tranche);
    error NotExtendable(uint256 tranche);
    error NothingToAccept();

    // Outcome and disputes (13, 14, 16)
    error MilestonesOpen();
    error BadReport();
    error NotArbitrator(address expected);
    error DisputeNumberTaken(address arbitrator, uint256 number);
    error WrongDisputeNumber(uint256 number);
    error CostOverCap(uint256 cost, uint256 cap);
    error ValueTooLow(uint256 sent, uint256 cost);

    // Money (2, 12, 17, 19)
    error BadSplit(uint256 expected, uint256 found);
    error InexactTransfer(uint256 expected, uint256 received);
    error BadReceiver(address receiver);
    error CreditTooLow(uint256 credit, uint256 asked);
    error TipOverCap(uint256 asked, uint256 cap);
    error GasTooLow();
    error NativeReturnFailed();
}
