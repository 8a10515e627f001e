package dev.mneme.store;

/** What the writing thread is given to do. */
sealed interface WriterTask permits WriteJob, LogJob, WriterTask.End {
  /** Called instead of doing it, when the thread has ended. */
  void fail(Throwable cause);

  /** Wakes the thread up, to see that it shall end. */
  record End() implements WriterTask {
    @Override
    public void fail(Throwable cause) {}
  }
}
