package dev.mneme.sandbox.graalpy.worker;

/** Which context a call gets and what becomes of it afterwards. For the thread that runs calls. */
interface Contexts {
  /** The context for a call; made on the spot when none is ready. */
  PythonContext forCall(Call call);

  /** Takes a context back after the result was sent. */
  void giveBack(Call call, PythonContext context, boolean reusable);

  /**
   * What the worker can do once the answer is sent.
   *
   * @param reusable whether the context of the call that ended may run another
   */
  Next next(boolean reusable);

  /** Does a small piece of preparation; false when there is none left to do. */
  boolean prepare();

  /** Calls this worker will still take; 0 when there is no bound. */
  int left();

  /** What follows a call. */
  enum Next {
    /** The next call may come at once. */
    READY,
    /** A context is being prepared; a ready message follows. */
    WARMING,
    /** The process should be replaced. */
    RETIRE;

    String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
