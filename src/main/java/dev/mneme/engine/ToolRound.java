package dev.mneme.engine;

import dev.mneme.message.ToolReturn;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The tool calls of one step. Those that wait are run first, in order, those marked parallel side
 * by side; memory edits that nothing comes after are left for the step's transaction. Confined to
 * the run's thread, but for {@link #store}, which the transaction calls.
 */
final class ToolRound {
  private final ToolDesk desk;
  private final Session session;
  private final String stepId;
  private final List<PlannedCall> calls;
  private final ToolReturn[] returns;
  private final int firstStored;
  private boolean cancelled;

  ToolRound(ToolDesk desk, Session session, String stepId, List<PlannedCall> calls) {
    this.desk = desk;
    this.session = session;
    this.stepId = stepId;
    this.calls = List.copyOf(calls);
    this.returns = new ToolReturn[calls.size()];
    this.firstStored = firstStored(calls);
  }

  List<PlannedCall> calls() {
    return calls;
  }

  /** Whether the run was cancelled meanwhile; what was not run then says so. */
  boolean cancelled() {
    return cancelled;
  }

  /** Runs all that does not belong into the step's transaction. */
  void run(Tellable database) {
    List<Integer> parallel = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) instanceof PlannedCall.Ready call
          && call.tool().parallel()
          && !call.isStored()) {
        parallel.add(i);
      }
    }
    if (parallel.size() > 1) {
      runTogether(parallel);
    }
    for (int i = 0; i < calls.size(); i++) {
      if (returns[i] == null && i < firstStored) {
        returns[i] = one(calls.get(i), database);
      }
    }
  }

  /** How a memory edit that cannot wait for the step's transaction gets one of its own. */
  @FunctionalInterface
  interface Tellable {
    ToolReturn inTransaction(java.util.function.Function<Tx, ToolReturn> work);
  }

  /** Runs what was left for the step's transaction; all returns, in the order of the calls. */
  List<ToolReturn> store(Tx tx) {
    List<ToolReturn> all = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      if (i >= firstStored && returns[i] == null) {
        PlannedCall call = calls.get(i);
        all.add(
            cancelled
                ? desk.cancelled(call)
                : switch (call) {
                  case PlannedCall.Refused refused -> desk.refuse(refused);
                  case PlannedCall.Found found -> desk.tell(found);
                  case PlannedCall.Ready ready -> desk.run(tx, session, stepId, ready);
                });
      } else {
        all.add(returns[i]);
      }
    }
    return all;
  }

  private ToolReturn one(PlannedCall call, Tellable database) {
    // Checked before each: a tool may end although it was interrupted.
    if (cancelled || Thread.currentThread().isInterrupted()) {
      cancelled = true;
      return desk.cancelled(call);
    }
    ToolReturn result =
        switch (call) {
          case PlannedCall.Refused refused -> desk.refuse(refused);
          case PlannedCall.Found found -> desk.tell(found);
          case PlannedCall.Ready ready when ready.isStored() ->
              database.inTransaction(tx -> desk.run(tx, session, stepId, ready));
          case PlannedCall.Ready ready -> desk.run(session, stepId, ready);
        };
    if (Thread.currentThread().isInterrupted()) {
      cancelled = true;
    }
    return result;
  }

  private void runTogether(List<Integer> indexes) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ToolReturn>> futures = new ArrayList<>();
      for (int i : indexes) {
        PlannedCall.Ready call = (PlannedCall.Ready) calls.get(i);
        futures.add(threads.submit(() -> desk.run(session, stepId, call)));
      }
      for (int i = 0; i < indexes.size(); i++) {
        try {
          returns[indexes.get(i)] = futures.get(i).get();
        } catch (InterruptedException _) {
          cancelled = true;
          futures.forEach(future -> future.cancel(true));
          break;
        } catch (ExecutionException e) {
          throw new IllegalStateException("a tool call cannot throw", e.getCause());
        }
      }
    }
    if (cancelled) {
      for (int i : indexes) {
        returns[i] = returns[i] == null ? desk.cancelled(calls.get(i)) : returns[i];
      }
      Thread.currentThread().interrupt();
    }
  }

  /** From where on all calls are memory edits or refused, so that they can run last. */
  private static int firstStored(List<PlannedCall> calls) {
    int first = calls.size();
    while (first > 0
        && !(calls.get(first - 1) instanceof PlannedCall.Ready ready && !ready.isStored())) {
      first--;
    }
    return first;
  }
}
