package dev.mneme.app;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.secret.SecretMask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stack trace as bounded lines; none for errors that are no defect of Mneme. */
final class StackText {
  private static final int MAX_FRAMES = 40;
  private static final int MAX_CAUSES = 5;
  private static final int MAX_MESSAGE = 2_000;

  private StackText() {}

  static List<String> of(@Nullable Throwable thrown, SecretMask mask) {
    List<String> lines = new ArrayList<>();
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      lines.add((depth == 0 ? "" : "caused by ") + name(at, mask));
      if (expected(at)) {
        return lines;
      }
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        lines.add("  at " + frames[i]);
      }
      if (frames.length > MAX_FRAMES) {
        lines.add("  … " + (frames.length - MAX_FRAMES) + " more");
      }
      at = at.getCause();
    }
    return lines;
  }

  private static boolean expected(Throwable thrown) {
    return thrown instanceof MnemeException known && known.kind() != ErrorKind.INTERNAL;
  }

  private static String name(Throwable thrown, SecretMask mask) {
    String message = thrown.getMessage();
    if (message == null) {
      return thrown.getClass().getName();
    }
    String cut = Texts.head(message, MAX_MESSAGE);
    return thrown.getClass().getName() + ": " + mask.mask(cut);
  }
}
