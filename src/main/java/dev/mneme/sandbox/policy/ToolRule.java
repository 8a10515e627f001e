package dev.mneme.sandbox.policy;

import dev.mneme.common.Owner;
import dev.mneme.tool.ToolIdentity;
import java.util.Optional;

/**
 * A rule about one tool.
 *
 * @param owner whose tool is meant; absent for all, which only a library tool has
 * @param sha256 the code that is meant; absent where the rule only restricts
 */
record ToolRule(
    ToolIdentity.Source source,
    String name,
    Optional<String> owner,
    Optional<String> sha256,
    Rule rule) {

  /** Whether the rule is about this tool, whatever its code is. */
  boolean isAbout(ToolIdentity tool, Owner of) {
    return tool.source() == source
        && tool.name().equals(name)
        && owner.map(id -> id.equals(of.id())).orElse(true);
  }

  boolean isThisCode(ToolIdentity tool) {
    return sha256.map(hash -> hash.equals(tool.sha256())).orElse(false);
  }
}
