// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Terms} from "../../src/libraries/Terms.sol";
import {Deal} from "../Deal.sol";
import {Test} from "../Test.sol";

/// @notice The type hashes that the contracts keep as numbers, computed from their strings. Those of the acts are
/// internal to the escrow: they are compared with its source here, and with its behaviour in Relayed.t.sol.
contract TypeHashesTest is Test {
    string private constant TAIL = "uint40 validUntil,Tip tip)Tip(address token,uint128 cap,uint40 deadline)";

    function _assertHash(bytes32 found, bytes memory text) private pure {
        assertEq(found, keccak256(text), string(text));
    }

    function test_TheTermsTypes_AreThoseOfTheirStrings() external pure {
        _assertHash(Terms.PARTIES_TYPEHASH, bytes(Deal.PARTIES));
        _assertHash(Terms.TRANCHE_TYPEHASH, bytes(Deal.TRANCHE));
        _assertHash(Terms.PAUSE_TYPEHASH, bytes(Deal.PAUSE));
        _assertHash(Terms.POINT_TYPEHASH, bytes(Deal.POINT));
        _assertHash(Terms.ARBITRATION_TYPEHASH, bytes(Deal.ARBITRATION));
        _assertHash(Terms.WORK_TYPEHASH, bytes(string.concat(Deal.WORK, Deal.PAUSE, Deal.TRANCHE)));
        _assertHash(Terms.OUTCOME_TYPEHASH, bytes(string.concat(Deal.OUTCOME, Deal.POINT)));
        string memory all = "Agreement(Parties parties,Work work,Arbitration arbitration,Outcome outcome)";
        all = string.concat(all, Deal.ARBITRATION, Deal.OUTCOME, Deal.PARTIES);
        all = string.concat(all, Deal.PAUSE, Deal.POINT, Deal.TRANCHE, Deal.WORK);
        _assertHash(Terms.AGREEMENT_TYPEHASH, bytes(all));
    }

    function test_TheActsTypes_AreThoseOfTheirStrings() external view {
        string[2][14] memory acts = [
            ["DELIVER", "Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,"],
            ["ACCEPT", "Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,"],
            [
                "ACCEPT_PART",
                "AcceptPart(bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons,"
            ],
            ["REJECT", "Reject(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons,"],
            ["CONTEST", "Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons,"],
            ["ANSWER", "Answer(bytes32 agreement,uint8 tranche,uint8 round,"],
            ["FUND", "Fund(bytes32 agreement,uint8 tranches,"],
            ["TERMINATE", "Terminate(bytes32 agreement,uint8 tranches,"],
            ["EXTEND", "Extend(bytes32 agreement,uint8 tranche,"],
            [
                "SETTLE",
                "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,"
            ],
            ["REVOKE", "Revoke(bytes32 agreement,"],
            ["REVOKE_DELEGATE", "RevokeDelegate(bytes32 agreement,address delegate,"],
            ["NAME_PAYEE", "NamePayee(bytes32 agreement,address payee,uint256 nonce,"],
            ["REDIRECT", "Redirect(address token,address to,uint256 amount,uint256 nonce,"]
        ];
        bytes memory source = bytes(vm.readFile("contracts/src/Escrow.sol"));
        for (uint256 k; k < acts.length; ++k) {
            bytes32 hash = keccak256(bytes(string.concat(acts[k][1], TAIL)));
            string memory line = string.concat("constant ", acts[k][0], " = ", vm.toString(hash), ";");
            assertTrue(_contains(source, bytes(line)), line);
        }
    }

    function _contains(bytes memory text, bytes memory part) private pure returns (bool) {
        bytes32 expected = keccak256(part);
        uint256 first = uint8(part[0]);
        uint256 length = part.length;
        for (uint256 k; k + length <= text.length; ++k) {
            if (uint8(text[k]) != first || text[k + 9] != part[9]) continue;
            bytes32 found;
            assembly ("memory-safe") {
                found := keccak256(add(add(text, 32), k), length)
            }
            if (found == expected) return true;
        }
        return false;
    }
}
