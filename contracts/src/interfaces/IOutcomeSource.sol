// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Tells whether a metric's value was attested for an agreement.
interface IOutcomeSource {
    /// @param agreement Id of the agreement.
    /// @param value The metric, in the unit that the terms document names.
    /// @param proof Whatever the source asks for, e.g. signatures.
    function attested(bytes32 agreement, uint256 value, bytes calldata proof) external view returns (bool);
}
