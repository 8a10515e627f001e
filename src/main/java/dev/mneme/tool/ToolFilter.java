package dev.mneme.tool;

import dev.mneme.common.MnemeException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A page of tools, by the time of their making.
 *
 * @param names empty: of any name
 * @param ids empty: of any id
 * @param text part of the name or description, in whatever case
 * @param types empty: of any type
 * @param before only those made before the tool with this id, whatever the direction
 * @param after only those made after it
 */
public record ToolFilter(
    Set<String> names,
    Set<String> ids,
    Optional<String> text,
    Set<String> types,
    Set<String> withoutTypes,
    boolean onlyBuiltIn,
    Optional<String> before,
    Optional<String> after,
    boolean ascending,
    int limit) {
  /** The largest page. */
  public static final int MAX = 1000;

  public ToolFilter {
    names = Set.copyOf(names);
    ids = Set.copyOf(ids);
    types = Set.copyOf(types);
    withoutTypes = Set.copyOf(withoutTypes);
    if (limit < 1 || limit > MAX) {
      throw MnemeException.invalid("invalid_limit", "A page has 1 to " + MAX + " tools.");
    }
  }

  /** All tools, newest first. */
  public static ToolFilter newest(int limit) {
    return new ToolFilter(
        Set.of(),
        Set.of(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        limit);
  }

  boolean fits(ToolEntry tool) {
    return (names.isEmpty() || names.contains(tool.name()))
        && (ids.isEmpty() || ids.contains(tool.id()))
        && (types.isEmpty() || types.contains(tool.type()))
        && !withoutTypes.contains(tool.type())
        && (!onlyBuiltIn || tool.type().startsWith("letta_"))
        && text.stream().allMatch(part -> contains(tool, part.toLowerCase(Locale.ROOT)));
  }

  private static boolean contains(ToolEntry tool, String part) {
    return tool.name().toLowerCase(Locale.ROOT).contains(part)
        || tool.description().toLowerCase(Locale.ROOT).contains(part);
  }
}
