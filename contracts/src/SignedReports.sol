// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOutcomeSource} from "./interfaces/IOutcomeSource.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title SignedReports
/// @notice An outcome source: a value is attested when `QUORUM` of the reporters have signed it for an agreement.
/// Distinct addresses do not prove distinct persons: choose reporters that both parties know.
contract SignedReports is IOutcomeSource, EIP712 {
    error BadReporters();

    // Report(bytes32 agreement,uint256 value)
    bytes32 private constant REPORT_TYPEHASH = keccak256("Report(bytes32 agreement,uint256 value)");

    /// keccak256 of the packed reporters' addresses, ascending: fixed for this source's address.
    bytes32 public immutable REPORTERS;
    uint256 public immutable QUORUM;

    event Created(address[] reporters, uint256 quorum);

    constructor(address[] memory reporters, uint256 quorum) EIP712("Commenda Reports", "1") {
        if (quorum == 0 || quorum > reporters.length || reporters.length > 255) revert BadReporters();
        for (uint256 k; k < reporters.length; ++k) {
            if (reporters[k] <= (k == 0 ? address(0) : reporters[k - 1])) revert BadReporters();
        }
        REPORTERS = keccak256(abi.encodePacked(reporters));
        QUORUM = quorum;
        emit Created(reporters, quorum);
    }

    /// @param proof abi.encode(address[] reporters, bytes[] signatures): the reporters ascending, and one signature a
    /// reporter in the same order, empty for those who did not sign.
    function attested(bytes32 agreement, uint256 value, bytes calldata proof) external view returns (bool) {
        (address[] memory reporters, bytes[] memory signatures) = abi.decode(proof, (address[], bytes[]));
        if (keccak256(abi.encodePacked(reporters)) != REPORTERS || signatures.length > reporters.length) return false;
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(REPORT_TYPEHASH, agreement, value)));
        uint256 count;
        for (uint256 k; k < signatures.length; ++k) {
            if (signatures[k].length == 0) continue;
            (address signer,,) = ECDSA.tryRecover(digest, signatures[k]);
            if (signer != reporters[k]) return false;
            ++count;
        }
        return count >= QUORUM;
    }
}
