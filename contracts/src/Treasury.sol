// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Errors} from "./Errors.sol";
import {IRecord} from "./interfaces/IRecord.sol";

/// @title Treasury
/// @notice How money comes in (exactly) and goes out (always): rule 17.
abstract contract Treasury is IRecord {
    using SafeERC20 for IERC20;

    /// Gas that a token gets to transfer: several times what heavy tokens need, and too little to starve what follows.
    uint256 internal constant PUSH_GAS = 300_000;

    /// What could not be pushed, by token and owner.
    mapping(address token => mapping(address owner => uint256)) internal _credits;

    /// Takes tokens in, and demands that exactly so many arrived.
    function _pull(address token, address from, uint256 amount) internal {
        if (amount == 0) return;
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(from, address(this), amount);
        uint256 received = IERC20(token).balanceOf(address(this)) - before;
        if (received != amount) revert Errors.InexactTransfer(amount, received);
    }

    /// Moves a signer's own tokens to whoever relayed its act.
    function _collect(address token, address from, address to, uint256 amount) internal {
        IERC20(token).safeTransferFrom(from, to, amount);
    }

    /// Sends tokens to `to`; if the token refuses, they become a credit of `owner`.
    function _push(address token, address to, address owner, uint256 amount) internal {
        if (amount == 0 || _send(token, to, amount)) return;
        _credits[token][owner] += amount;
        emit Credited(token, owner, amount);
    }

    /// @return ok Whether the token moved the money: the call succeeded and returned nothing or true.
    /// A sender that gives too little gas for an honest try is refused, so that it cannot turn payments into credits.
    function _send(address token, address to, uint256 amount) internal returns (bool ok) {
        uint256 available = gasleft();
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, hex"a9059cbb") // transfer(address,uint256)
            mstore(add(m, 4), to)
            mstore(add(m, 36), amount)
            // 32 bytes of answer at the most are copied: a long one costs us nothing.
            ok := call(PUSH_GAS, token, 0, m, 68, 0, 32)
            if ok {
                switch returndatasize()
                case 0 { ok := gt(extcodesize(token), 0) }
                default { ok := and(gt(returndatasize(), 31), eq(mload(0), 1)) }
            }
        }
        // 1/64 of the gas stays with the caller (EIP-150).
        if (!ok && available < PUSH_GAS + PUSH_GAS / 32 + 50_000) revert Errors.GasTooLow();
    }
}
