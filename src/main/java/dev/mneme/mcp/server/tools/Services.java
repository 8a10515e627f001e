package dev.mneme.mcp.server.tools;

import dev.mneme.agent.AgentService;
import dev.mneme.agent.NamedAgents;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.MemoryHistory;
import dev.mneme.memory.RedactionService;
import dev.mneme.memory.journal.Journal;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolService;

/** All that the tools call. */
public record Services(
    AgentService agents,
    NamedAgents named,
    BlockService blocks,
    ArchiveService archives,
    Journal journal,
    MemoryHistory history,
    RedactionService redaction,
    ToolRegistry library,
    ToolService tools) {}
