package dev.mneme.sandbox;

import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers of one back end, kept warm and handed out one call at a time. Thread-safe; {@link #close}
 * ends all workers at once.
 *
 * <p>Nothing is started before {@link #warm} or the first call.
 */
public final class WorkerPool implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
  private static final long TICK_MILLIS = 250;

  private final PoolSettings settings;
  private final Map<Trust, Lane> lanes = new EnumMap<>(Trust.class);
  private final Sessions sessions;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final Thread ticker;
  private volatile boolean allWarm;

  public WorkerPool(WorkerFactory factory, PoolSettings settings, HostCalls hostCalls) {
    this(factory, settings, hostCalls, System::nanoTime);
  }

  WorkerPool(
      WorkerFactory factory, PoolSettings settings, HostCalls hostCalls, LongSupplier nanoTime) {
    this.settings = settings;
    for (Trust trust : Trust.values()) {
      lanes.put(trust, new Lane(trust, factory, settings, hostCalls, nanoTime));
    }
    sessions = new Sessions(factory, settings, hostCalls, nanoTime);
    ticker = Thread.ofPlatform().daemon().name(factory.name() + "-pool").unstarted(this::keepUp);
  }

  /** Starts the warm workers in the background, trusted ones first, and keeps them up. */
  public void warm() {
    allWarm = true;
    lane(Trust.TRUSTED).warm();
    startTicking();
  }

  /** As {@link #warm()}, for trusted code only. */
  public void warmTrusted() {
    lane(Trust.TRUSTED).warm();
    startTicking();
  }

  /** Runs a piece of work and waits for its end, as {@code ToolBackend.call} describes. */
  public ToolOutcome run(Work work) {
    startTicking();
    Work bounded = withinBounds(work);
    return work.kind() == Work.Kind.SESSION
        ? sessions.run(bounded, work.call().setup().session().orElseThrow())
        : lane(work.code().trust()).run(bounded);
  }

  /** How many sessions there are. */
  public int sessions() {
    return sessions.count();
  }

  public List<LaneStatus> status() {
    return lanes.values().stream().map(Lane::status).toList();
  }

  @Override
  public void close() {
    ticker.interrupt();
    lanes.values().forEach(Lane::close);
    sessions.close();
  }

  private void startTicking() {
    if (!ticking.get() && ticking.compareAndSet(false, true)) {
      ticker.start();
    }
  }

  private void keepUp() {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        tick();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A lane nobody has used stays cold unless all are to be warm: one after the other then. */
  private void tick() {
    try {
      sessions.tick();
      Lane trusted = lane(Trust.TRUSTED);
      Lane untrusted = lane(Trust.UNTRUSTED);
      if (!trusted.isCold()) {
        trusted.tick();
      }
      boolean first = settings.warm() == 0 || trusted.hasBeenReady();
      if (!untrusted.isCold() || (allWarm && first)) {
        untrusted.tick();
      }
    } catch (RuntimeException e) {
      log.error("Looking after the workers failed.", e);
    }
  }

  private Lane lane(Trust trust) {
    Lane lane = lanes.get(trust);
    if (lane == null) {
      throw new IllegalStateException("a lane for each trust is made at the start");
    }
    return lane;
  }

  private Work withinBounds(Work work) {
    ToolLimits asked = work.limits();
    ToolLimits bounded =
        new ToolLimits(
            min(asked.wall(), settings.maxWall()),
            min(asked.cpu(), settings.maxWall()),
            Math.clamp(asked.output(), 0, settings.maxOutput()),
            Math.clamp(asked.result(), 0, settings.maxResult()));
    return work.within(bounded);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
