// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EvidenceBoard} from "../../src/EvidenceBoard.sol";
import {Deal, DealIn} from "../Deal.sol";
import {Scene} from "./Scene.sol";

contract EvidenceBoardTest is Scene {
    using Deal for DealIn;

    EvidenceBoard private board;

    event Evidence(address indexed arbitrator, uint256 indexed evidenceGroupID, address indexed party, string evidence);

    function setUp() public override {
        super.setUp();
        board = new EvidenceBoard(escrow.domain());
    }

    function _deal() private view returns (DealIn memory d) {
        d = deal();
        d.parties.clientDelegate = clientDelegate;
        d.parties.providerDelegate = providerDelegate;
    }

    function test_WhenAPartyOrDelegateSubmits_IsPointedTo() external {
        DealIn memory d = _deal();
        uint256 group = uint256(keccak256(abi.encode(idOf(d), 1)));
        bytes memory pa = d.pack(5);
        address[4] memory senders = [client, provider, clientDelegate, providerDelegate];
        for (uint256 k; k < 4; ++k) {
            vm.expectEmit(address(board));
            emit Evidence(address(panel), group, senders[k], "ipfs://x");
            vm.prank(senders[k]);
            board.submit(pa, 1, "ipfs://x");
        }
    }

    function test_WhenAnotherSubmits_IsRefused() external {
        bytes memory pa = _deal().pack(5);
        notAuthorised(client);
        vm.prank(stranger);
        board.submit(pa, 1, "ipfs://x");
    }

    function test_WhenHashed_IsRefused() external {
        bytes memory p = _deal().pack(1);
        missing(5, 1);
        vm.prank(client);
        board.submit(p, 1, "ipfs://x");
    }
}
