// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TypeHashes} from "../../src/libraries/TypeHashes.sol";
import {Terms} from "../../src/libraries/Terms.sol";
import {Deal} from "../Deal.sol";
import {Test} from "../Test.sol";

/// @notice The hashes that the contracts keep as numbers, computed from their strings.
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
        string memory clauses = string.concat(Deal.CLAUSES, Deal.ARBITRATION, Deal.OUTCOME, Deal.POINT);
        _assertHash(Terms.CLAUSES_TYPEHASH, bytes(clauses));
        string memory all = "Agreement(Parties parties,Work work,Clauses clauses)";
        all = string.concat(all, Deal.ARBITRATION, Deal.CLAUSES, Deal.OUTCOME, Deal.PARTIES);
        all = string.concat(all, Deal.PAUSE, Deal.POINT, Deal.TRANCHE, Deal.WORK);
        _assertHash(Terms.AGREEMENT_TYPEHASH, bytes(all));
    }

    function test_TheDomainsHashes_AreThoseOfTheirStrings() external pure {
        string memory domain = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
        _assertHash(TypeHashes.DOMAIN, bytes(domain));
        _assertHash(TypeHashes.NAME, "Commenda");
        _assertHash(TypeHashes.VERSION, "1");
        _assertHash(TypeHashes.TIP, "Tip(address token,uint128 cap,uint40 deadline)");
    }

    function test_TheActsTypes_AreThoseOfTheirStrings() external pure {
        _assertAct(TypeHashes.DELIVER, "Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,");
        _assertAct(TypeHashes.ACCEPT, "Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,");
        _assertAct(
            TypeHashes.ACCEPT_PART,
            "AcceptPart(bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons,"
        );
        _assertAct(
            TypeHashes.REJECT, "Reject(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons,"
        );
        _assertAct(TypeHashes.CONTEST, "Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons,");
        _assertAct(TypeHashes.ANSWER, "Answer(bytes32 agreement,uint8 tranche,uint8 round,");
        _assertAct(TypeHashes.FUND, "Fund(bytes32 agreement,uint8 tranches,");
        _assertAct(TypeHashes.TERMINATE, "Terminate(bytes32 agreement,uint8 tranches,");
        _assertAct(TypeHashes.EXTEND, "Extend(bytes32 agreement,uint8 tranche,");
        _assertAct(
            TypeHashes.SETTLE,
            "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,"
        );
        _assertAct(TypeHashes.REVOKE, "Revoke(bytes32 agreement,");
        _assertAct(TypeHashes.REVOKE_DELEGATE, "RevokeDelegate(bytes32 agreement,address delegate,");
        _assertAct(TypeHashes.NAME_PAYEE, "NamePayee(bytes32 agreement,address payee,uint256 nonce,");
        _assertAct(TypeHashes.REDIRECT, "Redirect(address token,address to,uint256 amount,uint256 nonce,");
    }

    function _assertAct(bytes32 found, string memory fields) private pure {
        _assertHash(found, bytes(string.concat(fields, TAIL)));
    }
}
