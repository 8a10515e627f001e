package dev.mneme.common;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
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

  /** Linux' class of threads that run where no other wants the processor. */
  private static final int SCHED_IDLE = 5;

  private static final Optional<MethodHandle> SET_PRIORITY =
      function("setpriority", ValueLayout.JAVA_INT);
  private static final Optional<MethodHandle> SET_SCHEDULER =
      function("sched_setscheduler", ValueLayout.ADDRESS);

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

  /**
   * Lets the calling platform thread run only where a processor is idle, for good: a thread that
   * wakes up need not wait for its turn to end, as it has to even with a nicer one. Not for work
   * that holds what others wait for.
   */
  public static void waitForIdle() {
    if (SET_SCHEDULER.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment noPriority = arena.allocate(ValueLayout.JAVA_INT);
      int _ = (int) SET_SCHEDULER.get().invokeExact(CALLING_THREAD, SCHED_IDLE, noPriority);
    } catch (Throwable _) {
      // It is only slower for others then.
    }
  }

  /** Platform threads of a factory that wait for an idle processor from their start. */
  public static ThreadFactory threads(ThreadFactory factory) {
    return work ->
        factory.newThread(() -> {
          waitForIdle();
          work.run();
        });
  }

  /** A function of two numbers and something else, that answers a number. */
  @SuppressWarnings("restricted") // Native access is given by the flags Mneme runs with.
  private static Optional<MethodHandle> function(String name, MemoryLayout last) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      FunctionDescriptor form =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, last);
      return library.find(name).map(at -> linker.downcallHandle(at, form));
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }
}
