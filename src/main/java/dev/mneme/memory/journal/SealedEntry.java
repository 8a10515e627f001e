package dev.mneme.memory.journal;

/**
 * A journal row with what protects it.
 *
 * @param whoSalt empty once the row's names were redacted
 * @param whoHash hash of actor, source, run, step and tool call
 * @param versions hash over the row's versions
 * @param links hash over the row's links
 */
record SealedEntry(
    Entry entry,
    String owner,
    String whoSalt,
    String whoHash,
    String versions,
    String links,
    String previousMac,
    String mac) {
  static String mac(
      Digests digests,
      Entry entry,
      String owner,
      String whoHash,
      String versions,
      String links,
      String previousMac) {
    return digests.mac(fields(entry, owner, whoHash, versions, links, previousMac));
  }

  boolean isGenuine(Digests digests) {
    return digests.isMac(mac, fields(entry, owner, whoHash, versions, links, previousMac))
        && (whoSalt.isEmpty() || whoHash.equals(Digests.hash(entry.who(whoSalt))));
  }

  private static Object[] fields(
      Entry entry,
      String owner,
      String whoHash,
      String versions,
      String links,
      String previousMac) {
    return new Object[] {
      entry.sequence(),
      owner,
      entry.at(),
      entry.origin().text(),
      whoHash,
      entry.subject().container(),
      entry.subject().kind(),
      entry.subject().id(),
      entry.operation(),
      entry.unit(),
      versions,
      links,
      previousMac
    };
  }
}
