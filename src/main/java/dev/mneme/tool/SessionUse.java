package dev.mneme.tool;

import dev.mneme.common.MnemeException;
import java.util.regex.Pattern;

/**
 * The use of a session: an interpreter that one caller's scripts share, so that what one leaves is
 * there for the next.
 *
 * @param name among the sessions of the same caller
 * @param reset whether what earlier scripts left is thrown away first
 */
public record SessionUse(String name, boolean reset) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

  public SessionUse {
    if (!NAME.matcher(name).matches()) {
      throw MnemeException.invalid(
          "invalid_session_name",
          "A session's name has 1 to 64 letters, digits, dots, dashes, colons or underscores.");
    }
  }
}
