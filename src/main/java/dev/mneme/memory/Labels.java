package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a block may be called: a name that is safe in a prompt, in a URI and as a file name. */
public final class Labels {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

  /** The tags of the compiled memory text; a label becomes a tag there too. */
  static final Set<String> RESERVED =
      Set.of("memory_blocks", "description", "metadata", "warning", "value");

  private Labels() {}

  public static boolean isLabel(String text) {
    return FORM.matcher(text).matches()
        && !text.contains("..")
        && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
  }

  public static String require(String text) {
    if (!isLabel(text)) {
      throw MnemeException.invalid(
          "invalid_label",
          "A block label has 1 to 64 letters, digits, '_', '-' and single '.', does not start with"
              + " '-' or '.', and is none of "
              + RESERVED.stream().sorted().toList()
              + ". Choose another label.");
    }
    return text;
  }
}
