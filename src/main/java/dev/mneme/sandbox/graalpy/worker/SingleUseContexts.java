package dev.mneme.sandbox.graalpy.worker;

import org.jspecify.annotations.Nullable;

/**
 * For code that is not trusted: each call gets a context nobody used before and nobody will use
 * after. GraalPy keeps about a megabyte of each closed context, so the number of calls is bounded.
 */
final class SingleUseContexts implements Contexts {
  private final PythonEngine engine;
  private int left;
  private @Nullable PythonContext prepared;

  SingleUseContexts(PythonEngine engine, int calls) {
    this.engine = engine;
    this.left = calls;
  }

  @Override
  public PythonContext forCall(Call call) {
    left--;
    PythonContext context = prepared;
    prepared = null;
    return context == null ? engine.newContext() : context;
  }

  @Override
  public void giveBack(Call call, PythonContext context, boolean reusable) {
    context.close();
  }

  @Override
  public Next next() {
    return left > 0 ? Next.WARMING : Next.RETIRE;
  }

  @Override
  public boolean prepare() {
    if (prepared != null) {
      return prepared.prepare();
    }
    if (left > 0) {
      prepared = engine.newContext();
    }
    return prepared != null;
  }

  @Override
  public int left() {
    return left;
  }
}
