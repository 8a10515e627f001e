package dev.mneme.mcp.server.resources;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.ResourceChange;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.Attachment;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.Passage;
import dev.mneme.memory.journal.ChangeListener;
import dev.mneme.memory.journal.Changed;
import dev.mneme.memory.journal.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what the journal tells of commits into changes of resources, in their order and not on the
 * thread that committed. Thread-safe.
 */
public final class BlockWatch implements ChangeListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BlockWatch.class);

  private final AgentService agents;
  private final BlockService blocks;
  private final ArchiveService archives;
  private final LastLabels labels = new LastLabels();
  private final List<ResourceListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("mcp-watch").factory());

  public BlockWatch(AgentService agents, BlockService blocks, ArchiveService archives) {
    this.agents = agents;
    this.archives = archives;
    this.blocks = blocks;
  }

  AutoCloseable add(ResourceListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void changed(Changed changed) {
    boolean wanted =
        listeners.stream().anyMatch(listener -> listener.isInterested(changed.owner()));
    if (wanted && !worker.isShutdown()) {
      worker.execute(() -> tell(changed));
    }
  }

  @Override
  public void close() {
    worker.shutdown();
  }

  private void tell(Changed changed) {
    try {
      ResourceChange change = resources(changed);
      if (change.listChanged() || !change.updated().isEmpty()) {
        listeners.forEach(listener -> listener.changed(change));
      }
    } catch (RuntimeException e) {
      log.warn("subscribers could not be told of the change {}", changed.sequence(), e);
    }
  }

  private ResourceChange resources(Changed changed) {
    Set<String> updated = new HashSet<>();
    Set<String> touched = new HashSet<>(changed.agents());
    boolean listChanged = false;
    for (Subject subject : changed.subjects()) {
      switch (subject.kind()) {
        case Block.KIND -> listChanged |= block(changed, subject.id(), updated);
        case Attachment.KIND, Agent.KIND -> listChanged = true;
        case Passage.KIND -> {
          updated.add(MemoryUris.passages(subject.container()));
          updated.add(MemoryUris.passage(subject.container(), subject.id()));
          // No prompt depends on passages, so their holders are not named with the change.
          touched.addAll(archives.agents(changed.owner(), subject.container()));
        }
        default -> {
          // Archives without their passages are no resources.
        }
      }
    }
    for (String agentId : touched) {
      updated.add(MemoryUris.journal(agentId));
      agents
          .find(changed.owner(), agentId)
          .ifPresent(agent -> updated.add(MemoryUris.journal(agent.name())));
    }
    return new ResourceChange(changed.owner(), updated, listChanged);
  }

  /** Whether the block has another label than before, and so another address. */
  private boolean block(Changed changed, String blockId, Set<String> updated) {
    Optional<String> now = blocks.find(changed.owner(), blockId).map(Block::label);
    Optional<String> before = labels.swap(blockId, now);
    for (String agentId : changed.agents()) {
      now.ifPresent(label -> addresses(changed.owner(), agentId, label, updated));
      before
          .filter(label -> !now.equals(Optional.of(label)))
          .ifPresent(label -> addresses(changed.owner(), agentId, label, updated));
    }
    return before.isPresent() && !before.equals(now);
  }

  private void addresses(Owner owner, String agentId, String label, Set<String> updated) {
    updated.add(new BlockUri(agentId, label).text());
    agents
        .find(owner, agentId)
        .ifPresent(agent -> updated.add(new BlockUri(agent.name(), label).text()));
  }
}
