// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Deployed} from "../Deployed.sol";
import {SignedReports} from "../../src/SignedReports.sol";
import {Scene} from "./Scene.sol";

contract SignedReportsTest is Scene {
    bytes32 private constant ID = keccak256("agreement");

    event Created(address[] reporters, uint256 quorum);

    function _attested(uint256 value, bytes memory proof) private view returns (bool) {
        return reports.attested(ID, value, proof);
    }

    function _signatures(bytes memory proof) private pure returns (bytes[] memory signatures) {
        (, signatures) = abi.decode(proof, (address[], bytes[]));
    }

    function test_WhenAQuorumSigned_IsAttested() external view {
        assertTrue(_attested(7, reportProof(ID, 7, 2)));
        assertTrue(_attested(7, reportProof(ID, 7, 3)));
        assertFalse(_attested(7, reportProof(ID, 7, 1)));
        assertFalse(_attested(7, reportProof(ID, 7, 0)));
    }

    function test_WhenSomeDidNotSign_TheOthersCount() external view {
        bytes[] memory signatures = _signatures(reportProof(ID, 7, 3));
        signatures[1] = "";
        assertTrue(_attested(7, abi.encode(reporters, signatures)));
        signatures[0] = "";
        assertFalse(_attested(7, abi.encode(reporters, signatures)));
    }

    function test_WhenSignedForAnotherValueAgreementOrChain_IsNot() external {
        bytes memory proof = reportProof(ID, 7, 2);
        assertFalse(_attested(8, proof));
        assertFalse(reports.attested(keccak256("another"), 7, proof));
        vm.chainId(999);
        assertFalse(_attested(7, proof));
    }

    function test_WhenASignatureIsRepeatedOrMisplaced_IsNot() external view {
        bytes[] memory signatures = _signatures(reportProof(ID, 7, 2));
        signatures[1] = signatures[0];
        assertFalse(_attested(7, abi.encode(reporters, signatures)));
        signatures = _signatures(reportProof(ID, 7, 2));
        signatures[1][9] ^= 0x01;
        assertFalse(_attested(7, abi.encode(reporters, signatures)));
    }

    function test_WhenTheReportersAreOthers_IsNot() external view {
        bytes[] memory signatures = _signatures(reportProof(ID, 7, 2));
        address[] memory others = new address[](2);
        (others[0], others[1]) = (reporters[0], reporters[1]);
        assertFalse(_attested(7, abi.encode(others, signatures)));
        assertFalse(_attested(7, abi.encode(reporters, new bytes[](4))));
    }

    function test_Reporters_AreFixedAndAscending() external {
        assertEq(reports.REPORTERS(), keccak256(abi.encodePacked(reporters)));
        assertEq(reports.QUORUM(), 2);
        vm.expectEmit();
        emit Created(reporters, 3);
        Deployed.reports(reporters, 3);
        refused(SignedReports.BadReporters.selector);
        Deployed.reports(reporters, 0);
        refused(SignedReports.BadReporters.selector);
        Deployed.reports(reporters, 4);
        reporters[1] = reporters[0];
        refused(SignedReports.BadReporters.selector);
        Deployed.reports(reporters, 2);
        reporters[0] = address(0);
        refused(SignedReports.BadReporters.selector);
        Deployed.reports(reporters, 2);
        address[] memory many = new address[](256);
        for (uint256 k; k < 256; ++k) {
            many[k] = address(uint160(k + 1));
        }
        refused(SignedReports.BadReporters.selector);
        Deployed.reports(many, 2);
    }
}
