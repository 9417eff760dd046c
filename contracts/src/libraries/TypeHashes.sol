// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title TypeHashes
/// @notice EIP-712 hashes of the domain and of the acts that a party can sign, as numbers: the compiler would hash the
/// strings anew in every call. contracts/test/unit/TypeHashes.t.sol computes them.
library TypeHashes {
    // EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)
    bytes32 internal constant DOMAIN = 0x8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f;
    // Commenda
    bytes32 internal constant NAME = 0xe84e230597a0a95c16c3b141d0980fb8f38159ecc6d1cd61bac20b17b0241da1;
    // 1
    bytes32 internal constant VERSION = 0xc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc6;
    // Tip(address token,uint128 cap,uint40 deadline)
    bytes32 internal constant TIP = 0x90425eb470340faf76785042d8cfaec960d9a8af625f848ea3dc3b4e9546f83c;

    // Each of these goes on with: ,uint40 validUntil,Tip tip) and the tip's type.
    // Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable
    bytes32 internal constant DELIVER = 0xdbe006f309e8000299f212ea821e650b68ca12eb7f18840a68fa6a17c9640441;
    // Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables
    bytes32 internal constant ACCEPT = 0x7ee40ea7b82fa2e9a3e9dd16b15492af8ad7c5ca535d288dc561bf58f0baf889;
    // AcceptPart(bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons
    bytes32 internal constant ACCEPT_PART = 0x21db104ad536fc780d8a74587b991faa28a4b8bd1856426d228abee2c6a660dd;
    // Reject(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons
    bytes32 internal constant REJECT = 0xf8da52c1e6b20022de5eacb1abf459a68912028aee85044a11175fbd0e415464;
    // Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons
    bytes32 internal constant CONTEST = 0xbcd0c857b3a1e0d245504c262b201868868f427526bdd1b1e643c25a3616d352;
    // Answer(bytes32 agreement,uint8 tranche,uint8 round
    bytes32 internal constant ANSWER = 0xffdde2a31b5118483a8389241b200856b86ca74ee11bc6448f2197b67789fde4;
    // Fund(bytes32 agreement,uint8 tranches
    bytes32 internal constant FUND = 0x65d8b695ff94cf2f9004638faa8fa07bf5a1ba8c446b66845170587bf6464332;
    // Terminate(bytes32 agreement,uint8 tranches
    bytes32 internal constant TERMINATE = 0x3f9e39c6e35dff66d7d7cfc68bbd7aafd2868bf66a115556fdaab896893eee6f;
    // Extend(bytes32 agreement,uint8 tranche
    bytes32 internal constant EXTEND = 0xdc9810c0a9659d62dc5609ebadecf3a85f8dadb3679f8b7151c44ce1a5d290f7;
    // Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient
    bytes32 internal constant SETTLE = 0xd6954ba7e77bc57fdfef3b7b953d9a605d10b2ae41d7608e7b088fc034b00d98;
    // Revoke(bytes32 agreement
    bytes32 internal constant REVOKE = 0x622b5ed8a0806bddfbbd5912b3f54fccc34f37d64f8d1419084758a55597e80b;
    // RevokeDelegate(bytes32 agreement,address delegate
    bytes32 internal constant REVOKE_DELEGATE = 0xec4fa7dc3be08b43decc1fee57cb66bbf6f801c5aa86fe46471dc3ad13202012;
    // NamePayee(bytes32 agreement,address payee,uint256 nonce
    bytes32 internal constant NAME_PAYEE = 0x85a9de28ada5b10753d3a0da8f59cf3c59a138f2d1e4e2a0af0ced0029a37c6f;
    // Redirect(address token,address to,uint256 amount,uint256 nonce
    bytes32 internal constant REDIRECT = 0x83ce7e46e0fde6712ac057d022d7dd268b74b87ec8b22b1e530fb82222ee057e;
}
