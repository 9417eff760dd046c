// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @notice A well-behaved OpenZeppelin token of any number of decimals, with EIP-2612.
contract Token is ERC20, ERC20Permit {
    uint8 private immutable DECIMALS;

    constructor(uint8 decimals_) ERC20("Token", "TKN") ERC20Permit("Token") {
        DECIMALS = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
