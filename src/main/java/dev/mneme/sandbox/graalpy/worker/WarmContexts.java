package dev.mneme.sandbox.graalpy.worker;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For trusted code: a context is kept for each of the last few spaces (owners), and one more stands
 * ready for a space not seen yet. A context whose modules a call has changed is thrown away.
 */
final class WarmContexts implements Contexts {
  private static final int MAX_SPACES = 4;
  private static final int REHEARSALS = 300;

  private final PythonEngine engine;
  private final Map<String, PythonContext> bySpace = new LinkedHashMap<>(8, 0.75f, true);
  private final Set<String> unswept = new LinkedHashSet<>();
  private @Nullable PythonContext spare;
  private int rehearsed;

  WarmContexts(PythonEngine engine) {
    this.engine = engine;
  }

  @Override
  public PythonContext forCall(Call call) {
    PythonContext known = bySpace.get(call.space());
    if (known != null) {
      return known;
    }
    PythonContext fresh = spare == null ? engine.newContext() : spare;
    spare = null;
    bySpace.put(call.space(), fresh);
    return fresh;
  }

  @Override
  public void giveBack(Call call, PythonContext context, boolean reusable) {
    if (!reusable || !context.tidy(call)) {
      forget(call.space());
      return;
    }
    unswept.add(call.space());
    if (bySpace.size() > MAX_SPACES) {
      forget(bySpace.keySet().iterator().next());
    }
  }

  @Override
  public Next next(boolean reusable) {
    return Next.READY;
  }

  @Override
  public boolean prepare() {
    if (spare == null) {
      spare = engine.newContext();
      return true;
    }
    if (spare.prepare()) {
      return true;
    }
    if (!unswept.isEmpty()) {
      sweep(unswept.iterator().next());
      return true;
    }
    if (rehearsed < REHEARSALS) {
      Call call = Rehearsal.call(rehearsed++);
      spare.run(call);
      spare.tidy(call);
      return rehearsed < REHEARSALS;
    }
    return false;
  }

  private void sweep(String space) {
    unswept.remove(space);
    PythonContext context = bySpace.get(space);
    if (context != null && !context.sweep()) {
      forget(space);
    }
  }

  private void forget(String space) {
    unswept.remove(space);
    PythonContext context = bySpace.remove(space);
    if (context != null) {
      context.close();
    }
  }

  @Override
  public int left() {
    return 0;
  }
}
