package dev.mneme.engine;

import dev.mneme.common.Ids;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.BlockService;
import dev.mneme.message.Messages;
import dev.mneme.model.Models;
import dev.mneme.run.Runs;
import dev.mneme.store.Database;
import java.time.Clock;

/**
 * What the engine works with.
 *
 * @param maxListed so many tools models are shown by their schemas; more they search for
 */
public record EngineParts(
    Database database,
    Messages messages,
    Runs runs,
    Models models,
    AgentProfiles profiles,
    BlockService blocks,
    ArchiveService archives,
    ToolRunner tools,
    Ids ids,
    Clock clock,
    int maxListed) {}
