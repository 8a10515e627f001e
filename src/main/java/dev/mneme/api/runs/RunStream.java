package dev.mneme.api.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.EventStream;
import dev.mneme.api.messages.Telling;
import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.run.Run;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunFollower;
import dev.mneme.run.RunHistory;
import dev.mneme.run.Runs;
import dev.mneme.run.StopReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells a client what a run tells, while it tells it. The run never waits for the client; where the
 * client goes, a run in the foreground is cancelled. Thread-safe.
 */
public final class RunStream {
  private static final Duration PING = Duration.ofSeconds(20);
  private static final RunEvent.Failed TOKEN_OVER =
      new RunEvent.Failed(
          "token_expired",
          "The token that this stream was asked for with is over. The run goes on; ask with a new"
              + " token what became of it.");
  private static final Duration MOST_QUIET = Duration.ofMinutes(30);

  private final Runs runs;
  private final RunHistory history;
  private final Ids ids;
  private final Clock clock;

  public RunStream(Runs runs, RunHistory history, Ids ids, Clock clock) {
    this.runs = runs;
    this.history = history;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * How it is told.
   *
   * @param after lines up to this number are left out; the first line, a ping, is number 1
   */
  record Form(boolean pings, long after) {}

  void write(Call call, Run run, Telling telling, Form form) {
    RunFollower follower = runs.follow(call.owner(), run.id(), 0);
    try {
      new Writing(call, run, follower, telling, form, EventStream.answer(call)).all();
    } catch (IOException _) {
      if (!run.background()) {
        runs.cancel(call.owner(), run.id());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** One stream. */
  private final class Writing {
    private final Call call;
    private final Run run;
    private final RunFollower follower;
    private final Telling telling;
    private final Form form;
    private final EventStream out;
    private Optional<RunEvent.Failed> failed = Optional.empty();
    private long number;

    Writing(Call call, Run run, RunFollower follower, Telling telling, Form form, EventStream out) {
      this.call = call;
      this.run = run;
      this.follower = follower;
      this.telling = telling;
      this.form = form;
      this.out = out;
    }

    void all() throws IOException, InterruptedException {
      number = 1;
      if (form.pings() && form.after() < 1) {
        ping();
      }
      try {
        events();
      } catch (MnemeException e) {
        // The client was so slow that the run's first events are gone.
        end(new RunEvent.Failed(e.code(), e.message()), StopReason.ERROR);
      }
    }

    private void events() throws IOException, InterruptedException {
      long heard = System.nanoTime();
      while (!out.isOver()) {
        Optional<RunFollower.Numbered> next = follower.next(Duration.ZERO);
        if (next.isEmpty()) {
          out.flush();
          next = follower.next(out.patience(PING));
        }
        if (next.isPresent()) {
          heard = System.nanoTime();
          if (told(next.get().event())) {
            return;
          }
        } else if (endedSilently() || System.nanoTime() - heard > MOST_QUIET.toNanos()) {
          return;
        } else if (form.pings() && !out.isOver()) {
          ping();
        }
      }
      // The run goes on: it was begun while the token was good.
      out.error(Telling.error(run.id(), TOKEN_OVER));
      out.flush();
    }

    /** Whether that was the last one. */
    private boolean told(RunEvent event) throws IOException {
      switch (event) {
        case RunEvent.Failed failure -> failed = Optional.of(failure);
        case RunEvent.Ended ended -> {
          if (failed.isPresent()) {
            end(failed.get(), ended.reason());
          } else {
            line(Telling.stop(ended.reason()));
            line(Telling.usage(ended));
            out.done();
          }
          return true;
        }
        default -> {
          for (ObjectNode message : telling.of(event)) {
            numbered(message);
          }
        }
      }
      return false;
    }

    private void end(RunEvent.Failed failure, StopReason reason) throws IOException {
      line(Telling.stop(reason));
      ObjectNode error = Telling.error(run.id(), failure);
      number++;
      if (run.background()) {
        error.put("seq_id", number);
      }
      out.error(error);
      out.done();
    }

    /** A run that a crash ended says so in its row alone. */
    private boolean endedSilently() throws IOException, InterruptedException {
      Run now = history.get(call.owner(), run.id());
      if (!now.status().ended() || follower.next(Duration.ZERO).isPresent()) {
        return false;
      }
      line(Telling.stop(now.stopReason().orElse(StopReason.ERROR)));
      out.done();
      return true;
    }

    private void numbered(ObjectNode message) throws IOException {
      if (run.background()) {
        message.put("seq_id", number + 1);
      }
      line(message.put("run_id", run.id()));
    }

    private void line(ObjectNode line) throws IOException {
      number++;
      if (number > form.after()) {
        out.data(line);
      }
    }

    private void ping() throws IOException {
      ObjectNode ping = Telling.ping(ids.next("ping"), clock).put("run_id", run.id());
      if (run.background()) {
        ping.put("seq_id", number);
      }
      out.data(ping);
      out.flush();
    }
  }
}
