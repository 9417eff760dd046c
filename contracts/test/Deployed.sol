// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Panel} from "../src/Panel.sol";
import {RehearsalToken} from "../src/RehearsalToken.sol";
import {SignedReports} from "../src/SignedReports.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {Vm} from "./Vm.sol";

/// @title Deployed
/// @notice Deploys what is shipped: the committed artifacts, which `npm run check` proves to match the source. The tests
/// test that very code, and need not compile it again in each of them.
library Deployed {
    Vm private constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    function escrow() internal returns (IEscrow) {
        return IEscrow(_create("Escrow", abi.encode(_create("Annex", ""))));
    }

    function panel(address[] memory members, uint256 quorum) internal returns (Panel) {
        return Panel(_create("Panel", abi.encode(members, quorum)));
    }

    function reports(address[] memory reporters, uint256 quorum) internal returns (SignedReports) {
        return SignedReports(_create("SignedReports", abi.encode(reporters, quorum)));
    }

    function token(uint8 decimals) internal returns (RehearsalToken) {
        return RehearsalToken(_create("RehearsalToken", abi.encode(decimals)));
    }

    function _create(string memory name, bytes memory arguments) private returns (address where) {
        string memory file = vm.readFile(string.concat("contracts/artifacts/", name, ".json"));
        bytes memory code = bytes.concat(vm.parseJsonBytes(file, ".bytecode"), arguments);
        assembly ("memory-safe") {
            where := create(0, add(code, 32), mload(code))
            if iszero(where) {
                let m := mload(0x40)
                returndatacopy(m, 0, returndatasize())
                revert(m, returndatasize())
            }
        }
    }
}
