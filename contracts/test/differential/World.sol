// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A token that does to the escrow whatever it is told, as `machine/Draft.ts` models it: transfers to some
/// receivers fail, and payments to the escrow arrive short or not at all.
contract WorldToken {
    error TransferFailed();

    /// More than all amounts of a sequence together.
    uint256 internal constant PLENTY = 1 << 200;

    address private immutable ESCROW;
    address private immutable OWNER = msg.sender;
    mapping(address => int256) private gains;
    address[] private refuses;
    uint256 private takes;

    constructor(address escrow) {
        ESCROW = escrow;
    }

    function set(address[] calldata refuses_, uint256 takes_) external {
        require(msg.sender == OWNER);
        refuses = refuses_;
        takes = takes_;
    }

    function balanceOf(address who) external view returns (uint256) {
        return uint256(int256(who == ESCROW ? 0 : PLENTY) + gains[who]);
    }

    function gainOf(address who) external view returns (int256) {
        return gains[who];
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        for (uint256 k; k < refuses.length; ++k) {
            // Half of them say so, half revert.
            if (refuses[k] == to && uint160(to) & 1 == 0) return false;
            if (refuses[k] == to) revert TransferFailed();
        }
        gains[msg.sender] -= int256(amount);
        gains[to] += int256(amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        if (takes == type(uint256).max) revert TransferFailed();
        gains[from] -= int256(amount);
        gains[to] += int256(amount - takes);
        return true;
    }
}

interface IRuled {
    function rule(uint256 number, uint256 ruling) external;
}

/// @notice An ERC-792 arbitrator that answers as told, and may rule before `createDispute` returns.
contract WorldArbitrator {
    address private immutable OWNER = msg.sender;
    uint256 private cost;
    uint256 private number;
    uint256 private ruling;

    function set(uint256 cost_, uint256 number_, uint256 ruling_) external {
        require(msg.sender == OWNER);
        (cost, number, ruling) = (cost_, number_, ruling_);
    }

    function arbitrationCost(bytes calldata) external view returns (uint256) {
        return cost;
    }

    function createDispute(uint256, bytes calldata) external payable returns (uint256) {
        if (ruling != type(uint256).max) IRuled(msg.sender).rule(number, ruling);
        return number;
    }
}

/// @notice An outcome source that says what it is told.
contract WorldSource {
    bool private answer;

    function set(bool answer_) external {
        answer = answer_;
    }

    function attested(bytes32, uint256, bytes calldata) external view returns (bool) {
        return answer;
    }
}
