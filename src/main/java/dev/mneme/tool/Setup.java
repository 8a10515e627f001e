package dev.mneme.tool;

import java.util.Optional;

/**
 * What is laid out for code before it runs.
 *
 * @param session the session it runs in; absent: it starts with nothing and leaves nothing
 */
public record Setup(InputFiles files, Optional<SessionUse> session) {
  public static final Setup NONE = new Setup(InputFiles.NONE, Optional.empty());

  public static Setup of(InputFiles files) {
    return new Setup(files, Optional.empty());
  }
}
