// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// An agreement as the tests write it, and the two forms of it: packed for calldata, hashed as EIP-712 by the plain
// abi.encode that the packed reader must agree with.

struct PartiesIn {
    address client;
    address provider;
    address clientDelegate;
    address providerDelegate;
}

struct TrancheIn {
    uint128 amount;
    uint32 start;
    uint32 due;
    uint32 review;
    uint32 cure;
    uint32 fundBy;
    bool terminable;
    uint128 terminationFee;
    uint8 extender;
    uint16 extensionDays;
    uint128 extensionPrice;
}

struct PauseIn {
    uint32 from;
    uint32 until;
}

struct WorkIn {
    bytes32 document;
    bytes32 replaces;
    address token;
    address feeRecipient;
    uint16 feeBps;
    uint32 openBy;
    bool sequential;
    bool payByResult;
    TrancheIn[] tranches;
    PauseIn[] pauses;
}

struct ArbitrationIn {
    address arbitrator;
    bool panel;
    uint128 deposit;
    uint32 answerWithin;
    uint32 ruleWithin;
    uint16 fallbackBps;
    uint128 maxCost;
    bytes extraData;
}

struct PointIn {
    uint128 value;
    uint128 pay;
}

struct OutcomeIn {
    address source;
    uint8 metric;
    bool lines;
    uint128 defaultValue;
    PointIn[] points;
}

struct DealIn {
    PartiesIn parties;
    WorkIn work;
    ArbitrationIn arbitration;
    OutcomeIn outcome;
}

library Deal {
    string internal constant PARTIES =
        "Parties(address client,address provider,address clientDelegate,address providerDelegate)";
    string internal constant TRANCHE =
        "Tranche(uint128 amount,uint32 start,uint32 due,uint32 review,uint32 cure,uint32 fundBy,bool terminable,uint128 terminationFee,uint8 extender,uint16 extensionDays,uint128 extensionPrice)";
    string internal constant PAUSE = "Pause(uint32 from,uint32 until)";
    string internal constant WORK =
        "Work(address token,address feeRecipient,uint16 feeBps,bool sequential,bool payByResult,Tranche[] tranches,Pause[] pauses)";
    string internal constant CLAUSES =
        "Clauses(bytes32 document,bytes32 replaces,uint32 openBy,Arbitration arbitration,Outcome outcome)";
    string internal constant ARBITRATION =
        "Arbitration(address arbitrator,bool panel,uint128 deposit,uint32 answerWithin,uint32 ruleWithin,uint16 fallbackBps,uint128 maxCost,bytes extraData)";
    string internal constant OUTCOME =
        "Outcome(address source,uint8 metric,bool lines,uint128 defaultValue,Point[] points)";
    string internal constant POINT = "Point(uint128 value,uint128 pay)";

    function id(DealIn memory d, bytes32 domain) internal pure returns (bytes32) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    abi.encodePacked(
                        "Agreement(Parties parties,Work work,Clauses clauses)",
                        ARBITRATION,
                        CLAUSES,
                        OUTCOME,
                        PARTIES,
                        PAUSE,
                        POINT,
                        TRANCHE,
                        WORK
                    )
                ),
                hashParties(d.parties),
                hashWork(d.work),
                hashClauses(d)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    /// @param full Which branches in full: parties 1, work 2, arbitration 4, outcome 8.
    function pack(DealIn memory d, uint8 full) internal pure returns (bytes memory) {
        return bytes.concat(
            bytes1(full),
            full & 1 != 0 ? packParties(d.parties) : bytes.concat(hashParties(d.parties)),
            full & 2 != 0 ? packWork(d.work) : bytes.concat(hashWork(d.work)),
            full & 12 != 0 ? packClauses(d, full) : bytes.concat(hashClauses(d))
        );
    }

    function packClauses(DealIn memory d, uint8 full) internal pure returns (bytes memory) {
        return bytes.concat(
            d.work.document,
            d.work.replaces,
            bytes4(d.work.openBy),
            full & 4 != 0 ? packArbitration(d.arbitration) : bytes.concat(hashArbitration(d.arbitration)),
            full & 8 != 0 ? packOutcome(d.outcome) : bytes.concat(hashOutcome(d.outcome))
        );
    }

    function hashClauses(DealIn memory d) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(abi.encodePacked(CLAUSES, ARBITRATION, OUTCOME, POINT)),
                d.work.document,
                d.work.replaces,
                d.work.openBy,
                hashArbitration(d.arbitration),
                hashOutcome(d.outcome)
            )
        );
    }

    function hashParties(PartiesIn memory p) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(keccak256(bytes(PARTIES)), p.client, p.provider, p.clientDelegate, p.providerDelegate));
    }

    function hashWork(WorkIn memory w) internal pure returns (bytes32) {
        bytes memory tranches;
        for (uint256 k; k < w.tranches.length; ++k) {
            tranches =
                bytes.concat(tranches, keccak256(bytes.concat(keccak256(bytes(TRANCHE)), abi.encode(w.tranches[k]))));
        }
        bytes memory pauses;
        for (uint256 k; k < w.pauses.length; ++k) {
            pauses = bytes.concat(pauses, keccak256(bytes.concat(keccak256(bytes(PAUSE)), abi.encode(w.pauses[k]))));
        }
        bytes memory head = abi.encode(
            keccak256(abi.encodePacked(WORK, PAUSE, TRANCHE)), w.token, w.feeRecipient, w.feeBps, w.sequential
        );
        return keccak256(bytes.concat(head, abi.encode(w.payByResult, keccak256(tranches), keccak256(pauses))));
    }

    function hashArbitration(ArbitrationIn memory a) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(bytes(ARBITRATION)),
                a.arbitrator,
                a.panel,
                a.deposit,
                a.answerWithin,
                a.ruleWithin,
                a.fallbackBps,
                a.maxCost,
                keccak256(a.extraData)
            )
        );
    }

    function hashOutcome(OutcomeIn memory o) internal pure returns (bytes32) {
        bytes memory points;
        for (uint256 k; k < o.points.length; ++k) {
            points = bytes.concat(points, keccak256(bytes.concat(keccak256(bytes(POINT)), abi.encode(o.points[k]))));
        }
        return keccak256(
            abi.encode(
                keccak256(abi.encodePacked(OUTCOME, POINT)),
                o.source,
                o.metric,
                o.lines,
                o.defaultValue,
                keccak256(points)
            )
        );
    }

    function packParties(PartiesIn memory p) internal pure returns (bytes memory) {
        return abi.encodePacked(p.client, p.provider, p.clientDelegate, p.providerDelegate);
    }

    function packWork(WorkIn memory w) internal pure returns (bytes memory packed) {
        bool options;
        bytes memory words;
        bytes memory optionWords;
        for (uint256 k; k < w.tranches.length; ++k) {
            TrancheIn memory t = w.tranches[k];
            uint256 word = (uint256(t.amount) << 128) | (uint256(t.start) << 102) | (uint256(t.due) << 76)
                | (uint256(t.review) << 56) | (uint256(t.cure) << 36) | (uint256(t.fundBy) << 10);
            word |= (t.terminable ? 512 : 0) | (uint256(t.extender) << 7) | t.extensionDays;
            words = abi.encodePacked(words, word);
            optionWords = abi.encodePacked(optionWords, t.terminationFee, t.extensionPrice);
            if (t.terminationFee != 0 || t.extensionPrice != 0) options = true;
        }
        bytes memory pauses;
        for (uint256 k; k < w.pauses.length; ++k) {
            pauses = abi.encodePacked(pauses, w.pauses[k].from, w.pauses[k].until);
        }
        uint8 flags = (w.sequential ? 1 : 0) | (w.payByResult ? 2 : 0) | (options ? 4 : 0);
        packed = abi.encodePacked(w.token, w.feeRecipient, w.feeBps, flags);
        packed = abi.encodePacked(packed, uint8(w.tranches.length), uint8(w.pauses.length), words);
        if (options) packed = bytes.concat(packed, optionWords);
        packed = bytes.concat(packed, pauses);
    }

    function packArbitration(ArbitrationIn memory a) internal pure returns (bytes memory) {
        return abi.encodePacked(
            a.arbitrator,
            a.panel,
            a.deposit,
            a.answerWithin,
            a.ruleWithin,
            a.fallbackBps,
            a.maxCost,
            uint16(a.extraData.length),
            a.extraData
        );
    }

    function packOutcome(OutcomeIn memory o) internal pure returns (bytes memory packed) {
        packed = abi.encodePacked(o.source, o.metric, o.lines, o.defaultValue, uint8(o.points.length));
        for (uint256 k; k < o.points.length; ++k) {
            packed = abi.encodePacked(packed, o.points[k].value, o.points[k].pay);
        }
    }
}
