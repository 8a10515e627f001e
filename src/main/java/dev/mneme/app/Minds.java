package dev.mneme.app;

import dev.mneme.common.Ids;
import dev.mneme.engine.AgentEngine;
import dev.mneme.engine.AgentStarter;
import dev.mneme.engine.Correspondent;
import dev.mneme.engine.Couriers;
import dev.mneme.engine.DirectTools;
import dev.mneme.engine.EngineParts;
import dev.mneme.engine.Staleness;
import dev.mneme.engine.StoredProfiles;
import dev.mneme.engine.ToolRunner;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.builtin.ConversationSearch;
import dev.mneme.engine.turn.TurnSettings;
import dev.mneme.engine.turn.Turns;
import dev.mneme.model.Models;
import dev.mneme.store.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** What agents think with: the engine, and what makes agents that can use it. */
record Minds(
    AgentEngine engine,
    AgentStarter starter,
    Talk talk,
    ToolRunner runner,
    ToolRunner direct,
    Database database,
    Ids ids) {
  /**
   * Makes it.
   *
   * @param config how many tools models are shown by their schemas, and where agents search the web
   */
  static Minds of(
      Config config,
      Database database,
      Memory memory,
      Talk talk,
      ToolBench bench,
      Models models,
      ToolRunner runner,
      ConversationSearch search,
      SecureRandom random) {
    EngineParts parts =
        new EngineParts(
            database,
            talk.messages(),
            talk.runs(),
            models,
            new StoredProfiles(memory.agents(), talk.tools()),
            memory.blocks(),
            memory.archives(),
            runner,
            new Ids(random, Clock.systemUTC()),
            Clock.systemUTC(),
            config.tools().maxListed());
    Couriers couriers = new Couriers(memory.agents(), talk.runs());
    BuiltIns builtIns =
        BuiltIns.of(
            memory.blocks(),
            memory.agents(),
            memory.archives(),
            search,
            couriers,
            bench::service,
            config.web().tools(),
            Clock.systemUTC());
    Staleness staleness = new Staleness();
    memory.journal().addListener(staleness);
    AgentEngine engine = new AgentEngine(parts, builtIns, staleness);
    couriers.connect(engine);
    AgentStarter starter = new AgentStarter(parts, memory.journal(), memory.agents(), talk.tools());
    ToolRunner direct = new DirectTools(builtIns, database, memory.agents(), runner);
    return new Minds(engine, starter, talk, runner, direct, database, parts.ids());
  }

  /** Turns that somebody connected over MCP thinks. */
  Turns turns(Duration idle) {
    return new Turns(
        engine, talk.runs(), ids, Clock.systemUTC(), TurnSettings.DEFAULT.withIdle(idle));
  }

  Correspondent correspondent() {
    return new Correspondent(engine, talk.runs(), talk.history(), database, talk.messages());
  }
}
