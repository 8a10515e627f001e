package dev.mneme.tool;

import java.util.Optional;

/**
 * What a script found when it ran in a session.
 *
 * @param calls how many scripts it has run, this one included
 * @param lost why what earlier scripts left is not there any more; absent where nothing was lost
 */
public record SessionState(String name, long calls, Optional<String> lost) {

  /** For the one who reads the result. */
  public String text() {
    if (calls > 1) {
      return "session " + name + ", script " + calls;
    }
    return lost.map(why -> "the session " + name + " was started anew because " + why)
        .orElse("the session " + name + " was started; nothing was there before");
  }
}
