// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Escrow} from "../src/Escrow.sol";
import {Panel} from "../src/Panel.sol";
import {SignedReports} from "../src/SignedReports.sol";
import {Vm} from "./Vm.sol";

/// @title Deployed
/// @notice Deploys what is shipped: the committed artifacts, which `npm run check` proves to match the source. The tests
/// test that very code, and need not compile it again in each of them.
library Deployed {
    Vm private constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    string private constant FOLDER = "contracts/artifacts/";

    /// @param validity Where the library that the escrow is linked to stands.
    function escrow(address validity) internal returns (Escrow) {
        string memory code = vm.parseJsonString(vm.readFile(string.concat(FOLDER, "Escrow.json")), ".bytecode");
        bytes memory linked = _link(bytes(code), validity);
        return Escrow(_create(vm.parseBytes(string(linked))));
    }

    function validity() internal returns (address) {
        return _create(_code("Validity"));
    }

    function panel(address[] memory members, uint256 quorum) internal returns (Panel) {
        return Panel(_create(bytes.concat(_code("Panel"), abi.encode(members, quorum))));
    }

    function reports(address[] memory reporters, uint256 quorum) internal returns (SignedReports) {
        return SignedReports(_create(bytes.concat(_code("SignedReports"), abi.encode(reporters, quorum))));
    }

    function _code(string memory name) private view returns (bytes memory) {
        return vm.parseJsonBytes(vm.readFile(string.concat(FOLDER, name, ".json")), ".bytecode");
    }

    /// Puts the address where the compiler left `__$...$__`, 40 characters each.
    function _link(bytes memory code, address library_) private pure returns (bytes memory) {
        bytes memory hex_ = bytes(vm.toString(library_));
        for (uint256 k; k + 40 <= code.length; ++k) {
            if (code[k] != "_") continue;
            for (uint256 j; j < 40; ++j) {
                code[k + j] = hex_[j + 2];
            }
        }
        return code;
    }

    function _create(bytes memory code) private returns (address at_) {
        assembly ("memory-safe") {
            at_ := create(0, add(code, 32), mload(code))
            if iszero(at_) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }
}
