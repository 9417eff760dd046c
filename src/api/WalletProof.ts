/** What a wallet signs (EIP-191, `personal_sign`) so that an organisation may name it as its account. */

/** `origin` of the node, `address` in lower case. The same words in both languages: wallets show it as it is. */
export const text = (claim: { origin: string; organisation: string; address: string }): string =>
  [
    `${claim.origin}: organisation ${claim.organisation} acts on the ledger by the account ${claim.address}, which is mine.`,
    `${claim.origin}：组织 ${claim.organisation} 以账户 ${claim.address} 在账本上操作，该账户归我所有。`,
  ].join("\n");
