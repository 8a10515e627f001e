package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.sandbox.docker.wire.Attachment;
import dev.mneme.sandbox.docker.wire.Containers;
import dev.mneme.sandbox.docker.wire.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of this process: started here, removed here, and swept when something was left.
 * Thread-safe; {@link #close} waits a little for removals under way.
 *
 * <p>A container ends by itself when its stdin does, and the engine removes it then. Removing is
 * for those that do not.
 */
final class Yard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Yard.class);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  private final Containers containers;
  private final Marks marks;
  private final Set<String> live = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock making = new ReentrantReadWriteLock();
  private final ExecutorService removals = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread sweeper;
  private volatile boolean used;
  private volatile Optional<Boolean> podman = Optional.empty();

  Yard(Containers containers, Marks marks) {
    this.containers = containers;
    this.marks = marks;
    sweeper = Thread.ofVirtual().name("container-sweeper").unstarted(this::keepClean);
  }

  Containers containers() {
    return containers;
  }

  /** A running container; nothing is left when this fails. */
  ContainerConnection start(ObjectNode spec) throws EngineException {
    begin();
    String id = create(spec);
    Attachment streams;
    try {
      streams = containers.attach(id);
    } catch (EngineException e) {
      remove(id);
      throw e;
    }
    try {
      containers.start(id);
    } catch (EngineException e) {
      streams.close();
      remove(id);
      throw e;
    }
    return new ContainerConnection(id, streams, this);
  }

  private String create(ObjectNode spec) throws EngineException {
    boolean isPodman = isPodman();
    making.readLock().lock();
    try {
      String id = isPodman ? PodmanSpec.create(containers, spec) : containers.create(spec);
      live.add(id);
      return id;
    } finally {
      making.readLock().unlock();
    }
  }

  private boolean isPodman() throws EngineException {
    Optional<Boolean> known = podman;
    if (known.isEmpty()) {
      known = Optional.of(PodmanSpec.isPodman(containers.version()));
      podman = known;
    }
    return known.get();
  }

  /** In the background. What cannot be removed now is swept later. */
  void remove(String id) {
    live.remove(id);
    if (!removals.isShutdown()) {
      removals.execute(() -> tryRemove(id));
    }
  }

  /** Removes what dead processes of this data folder left, and what this one lost sight of. */
  int sweep() throws EngineException {
    List<Containers.Listed> all = containers.labelled(Marks.FOLDER + '=' + marks.folder());
    List<Containers.Listed> gone = leftOver(all);
    for (Containers.Listed found : gone) {
      containers.remove(found.id());
    }
    return gone.size();
  }

  private List<Containers.Listed> leftOver(List<Containers.Listed> all) {
    // What the engine has made, but not yet told of, must not be taken for lost.
    making.writeLock().lock();
    try {
      return all.stream()
          .filter(
              found -> (marks.isOwn(found) && !live.contains(found.id())) || marks.isOrphan(found))
          .toList();
    } finally {
      making.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
    removals.shutdown();
    try {
      if (!removals.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Containers are still being removed; the engine does not answer in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void begin() {
    if (!used) {
      used = true;
      sweeper.start();
    }
  }

  private void tryRemove(String id) {
    try {
      containers.remove(id);
    } catch (EngineException e) {
      log.debug("Container {} could not be removed yet: {}", id, e.getMessage());
    }
  }

  private void keepClean() {
    try {
      while (true) {
        try {
          int swept = sweep();
          if (swept > 0) {
            log.info("Removed {} containers that were left over.", swept);
          }
        } catch (EngineException e) {
          log.debug("No sweep: {}", e.getMessage());
        }
        Thread.sleep(SWEEP_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
