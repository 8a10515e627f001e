package dev.mneme.sandbox.graalpy.worker;

import org.jspecify.annotations.Nullable;

/**
 * For code that is not trusted: each call gets a context nobody used before and nobody will use
 * after, but for a session, whose calls share one. GraalPy keeps a part of each closed context, so
 * the number of calls is bounded, and the process is replaced sooner when those parts are large.
 */
final class SingleUseContexts implements Contexts {
  private final PythonEngine engine;
  private int left;
  private @Nullable PythonContext prepared;

  /** The one context of a session; from then on there is no other. */
  private @Nullable PythonContext session;

  SingleUseContexts(PythonEngine engine, int calls) {
    this.engine = engine;
    this.left = calls;
  }

  @Override
  public PythonContext forCall(Call call) {
    if (session != null) {
      return session;
    }
    left--;
    PythonContext context = prepared == null ? engine.newContext() : prepared;
    prepared = null;
    if (call.keeps()) {
      session = context;
      left = 0;
    }
    return context;
  }

  @Override
  public void giveBack(Call call, PythonContext context, boolean reusable) {
    if (context == session && reusable) {
      context.keepFiles();
      return;
    }
    session = null;
    context.close();
    if (Heap.isThirdFull()) {
      left = Math.min(left, 1);
    }
  }

  @Override
  public Next next(boolean reusable) {
    if (session != null && reusable) {
      return Next.READY;
    }
    return left > 0 ? Next.WARMING : Next.RETIRE;
  }

  @Override
  public boolean prepare() {
    if (prepared != null) {
      return prepared.prepare();
    }
    if (left > 0 && session == null) {
      prepared = engine.newContext();
    }
    return prepared != null;
  }

  @Override
  public int left() {
    return left;
  }
}
