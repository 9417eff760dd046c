// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {IArbitrator} from "../../src/interfaces/IArbitration.sol";

/// @notice An ERC-792 arbitrator that misbehaves as it is told.
contract Arbitrator is IArbitrator {
    enum Mood {
        Good,
        RulesAtOnce,
        RulesTwice,
        RevertsInCost,
        RevertsInCreate,
        BurnsInCost,
        BurnsInCreate,
        BombInCost,
        BombInCreate,
        RevertBomb,
        ShortAnswer,
        SameNumber,
        SendsBack,
        Reenters
    }

    Mood public mood;
    uint256 public cost = 0.01 ether;
    uint256 public count;
    bytes[] private calls;
    mapping(uint256 call => bool) public passed;

    function be(Mood mood_) external {
        mood = mood_;
    }

    function setCost(uint256 cost_) external {
        cost = cost_;
    }

    function arm(bytes[] calldata calls_) external {
        for (uint256 k; k < calls_.length; ++k) {
            calls.push(calls_[k]);
        }
        mood = Mood.Reenters;
    }

    function arbitrationCost(bytes calldata) external view returns (uint256) {
        if (mood == Mood.RevertsInCost) revert("no");
        if (mood == Mood.BurnsInCost) while (true) {}
        uint256 price = cost;
        if (mood == Mood.BombInCost) {
            assembly ("memory-safe") {
                mstore(0x80, price)
                return(0x80, 1000000)
            }
        }
        return price;
    }

    function createDispute(uint256 choices, bytes calldata) external payable returns (uint256 number) {
        require(choices == 101 && msg.value >= cost);
        Mood m = mood;
        number = m == Mood.SameNumber ? 7 : ++count;
        if (m == Mood.RevertsInCreate) revert("no");
        if (m == Mood.BurnsInCreate) while (true) {}
        if (m == Mood.RulesAtOnce || m == Mood.RulesTwice) IEscrow(msg.sender).rule(number, 101);
        if (m == Mood.RulesTwice) IEscrow(msg.sender).rule(number, 1);
        if (m == Mood.SendsBack) {
            (bool ok,) = msg.sender.call{value: msg.value}("");
            require(!ok, "the escrow takes no native coin");
        }
        for (uint256 k; m == Mood.Reenters && k < calls.length; ++k) {
            (passed[k],) = msg.sender.call(calls[k]);
        }
        if (m == Mood.BombInCreate) {
            uint256 answer = number;
            assembly ("memory-safe") {
                mstore(0x80, answer)
                return(0x80, 1000000)
            }
        }
        if (m == Mood.RevertBomb) {
            assembly ("memory-safe") {
                revert(0, 1000000)
            }
        }
        if (m == Mood.ShortAnswer) {
            assembly ("memory-safe") {
                return(0, 31)
            }
        }
        emit DisputeCreation(number, msg.sender);
    }

    function rule(IEscrow escrow, uint256 number, uint256 ruling) external {
        escrow.rule(number, ruling);
    }

    /// As the panel of terms that name it one.
    function rulePanel(
        IEscrow escrow,
        bytes calldata terms,
        uint256 tranche,
        uint256 ruling,
        address[] calldata members
    ) external {
        escrow.rulePanel(terms, tranche, ruling, members);
    }
}
