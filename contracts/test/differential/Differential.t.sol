// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../../src/interfaces/IEscrow.sol";
import {Deployed} from "../Deployed.sol";
import {Test} from "../Test.sol";
import {WorldArbitrator, WorldSource, WorldToken} from "./World.sol";

struct Step {
    uint256 time;
    address sender;
    uint256 value;
    bytes data;
    bytes set;
    bytes4 refusal;
    bytes32 id;
    uint256 word;
    bytes32 nextId;
    uint256 nextWord;
    uint256[8] notes;
    int256[] gains;
    uint256[] credits;
}

struct Sequence {
    uint256 seed;
    Step[] steps;
}

/// @notice Plays random sequences that the model in src/agreement made (test/differential) and compares after every act:
/// the refusing error, the stage word, the notes, every balance and every credit.
contract DifferentialTest is Test {
    string private constant FOLDER = "cache/differential/";

    IEscrow private escrow;
    WorldToken private token;
    WorldArbitrator private arbitrator;
    WorldSource private source;

    function setUp() external {
        vm.warp(30_000_000 * 60);
        escrow = Deployed.escrow();
        token = new WorldToken(address(escrow));
        arbitrator = new WorldArbitrator();
        source = new WorldSource();
    }

    function test_ContractAndModelAgree() external {
        require(vm.exists(string.concat(FOLDER, "0.bin")), "first: node test/differential/write.ts");
        for (uint256 file;; ++file) {
            string memory path = string.concat(FOLDER, vm.toString(file), ".bin");
            if (!vm.exists(path)) return;
            // A call of its own, so that the memory of one file is free for the next.
            this.play(path);
        }
    }

    function play(string calldata path) external {
        (address e, address t, address a, address o, address[] memory accounts, Sequence[] memory sequences) =
            abi.decode(vm.readFileBinary(path), (address, address, address, address, address[], Sequence[]));
        require(
            e == address(escrow) && t == address(token) && a == address(arbitrator) && o == address(source),
            "addresses of the model and of the test differ"
        );
        for (uint256 k; k < sequences.length; ++k) {
            uint256 snapshot = vm.snapshotState();
            for (uint256 j; j < sequences[k].steps.length; ++j) {
                string memory where =
                    string.concat("seed ", vm.toString(sequences[k].seed), ", step ", vm.toString(j), ": ");
                _play(sequences[k].steps[j], accounts, where);
            }
            vm.revertToStateAndDelete(snapshot);
        }
    }

    function _play(Step memory step, address[] memory accounts, string memory where) private {
        _set(step.set);
        vm.warp(step.time);
        if (step.value != 0) vm.deal(step.sender, step.value);
        vm.prank(step.sender);
        (bool ok, bytes memory answer) = address(escrow).call{value: step.value}(step.data);
        // forge-lint: disable-next-line(unsafe-typecast)
        bytes4 refusal = ok ? bytes4(0) : bytes4(answer);
        assertEq(bytes32(refusal), bytes32(step.refusal), string.concat(where, "refusal"));
        assertEq(escrow.stages(step.id), step.word, string.concat(where, "stages"));
        if (step.nextId != 0) assertEq(escrow.stages(step.nextId), step.nextWord, string.concat(where, "next stages"));
        for (uint256 i; i < 8; ++i) {
            (uint256 share, uint256 late, uint256 shift, bool isLate, bool extended, uint256 value) =
                escrow.notes(step.id, i);
            uint256 note = share | (late << 16) | (shift << 32) | (value << 80);
            note |= (isLate ? 1 << 64 : 0) | (extended ? 1 << 72 : 0);
            assertEq(note, step.notes[i], string.concat(where, "note ", vm.toString(i)));
        }
        for (uint256 i; i < accounts.length; ++i) {
            assertEq(
                token.gainOf(accounts[i]), step.gains[i], string.concat(where, "balance ", vm.toString(accounts[i]))
            );
        }
        for (uint256 i; i < step.credits.length; ++i) {
            assertEq(
                escrow.credits(address(token), accounts[i]),
                step.credits[i],
                string.concat(where, "credit ", vm.toString(accounts[i]))
            );
        }
    }

    function _set(bytes memory setting) private {
        (address[] memory refuses, uint256 takes, uint256 cost, uint256 number, uint256 ruling, bool attested) =
            abi.decode(setting, (address[], uint256, uint256, uint256, uint256, bool));
        token.set(refuses, takes);
        arbitrator.set(cost, number, ruling);
        source.set(attested);
    }
}
