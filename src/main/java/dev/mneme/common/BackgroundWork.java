package dev.mneme.common;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Threads whose work nobody waits for give way to those that answer. Java's own priorities have no
 * effect on Linux, where a thread can be made nicer by itself; elsewhere nothing is changed.
 */
public final class BackgroundWork {
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  /** About a ninth of the processor time of a usual thread, where both want it. */
  private static final int NICENESS = 10;

  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

  private BackgroundWork() {}

  /** Lets the calling platform thread give way, for good. */
  public static void giveWay() {
    if (SET_PRIORITY.isEmpty()) {
      return;
    }
    try {
      int _ = (int) SET_PRIORITY.get().invokeExact(PRIO_PROCESS, CALLING_THREAD, NICENESS);
    } catch (Throwable _) {
      // It is only slower for others then.
    }
  }

  /** Platform threads of a factory that give way from their start. */
  public static ThreadFactory threads(ThreadFactory factory) {
    return work ->
        factory.newThread(() -> {
          giveWay();
          work.run();
        });
  }

  @SuppressWarnings("restricted") // Native access is given by the flags Mneme runs with.
  private static Optional<MethodHandle> setPriority() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      FunctionDescriptor form =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT);
      return library.find("setpriority").map(at -> linker.downcallHandle(at, form));
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }
}
