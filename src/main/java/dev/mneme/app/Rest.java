package dev.mneme.app;

import dev.mneme.agent.AgentService;
import dev.mneme.api.AbsentRoutes;
import dev.mneme.api.HealthRoutes;
import dev.mneme.api.agents.AgentBlockRoutes;
import dev.mneme.api.agents.AgentListRoutes;
import dev.mneme.api.agents.AgentPassageRoutes;
import dev.mneme.api.agents.AgentRoutes;
import dev.mneme.api.agents.AgentToolRoutes;
import dev.mneme.api.agents.AgentViews;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.RestFace;
import dev.mneme.api.mcp.ConnectRoutes;
import dev.mneme.api.mcp.McpServerRoutes;
import dev.mneme.api.mcp.OlderMcpRoutes;
import dev.mneme.api.memory.ArchiveRoutes;
import dev.mneme.api.memory.BlockRoutes;
import dev.mneme.api.memory.PassageSearchRoutes;
import dev.mneme.api.memory.WireEmbedding;
import dev.mneme.api.models.ModelRoutes;
import dev.mneme.api.tools.ApprovalRoutes;
import dev.mneme.api.tools.CallRoutes;
import dev.mneme.api.tools.FileRoutes;
import dev.mneme.api.tools.ToolRoutes;
import dev.mneme.api.tools.ToolRunRoutes;
import dev.mneme.api.tools.ToolSearchRoutes;
import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.memory.ArchiveFinder;
import dev.mneme.memory.BlockFinder;
import dev.mneme.memory.BlockService;
import dev.mneme.model.Models;
import dev.mneme.sandbox.consent.Approvals;
import dev.mneme.sandbox.keep.FileShelf;
import dev.mneme.sandbox.ledger.Ledger;
import dev.mneme.search.HybridIndex;
import dev.mneme.store.Database;
import dev.mneme.web.Routes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The REST face, put together from the services. */
final class Rest {
  private final Config config;
  private final Database database;
  private final Memory memory;
  private final Talk talk;
  private final Models models;
  private final Minds minds;
  private final RandomGenerator random;
  private final Optional<WireEmbedding> embedding;

  private Rest(
      Config config,
      Database database,
      Memory memory,
      Talk talk,
      Models models,
      Minds minds,
      RandomGenerator random) {
    this.database = database;
    this.memory = memory;
    this.config = config;
    this.talk = talk;
    this.models = models;
    this.minds = minds;
    this.random = random;
    this.embedding = EmbeddingView.of(config.search());
  }

  static Routes of(
      Config config,
      Database database,
      Memory memory,
      Talk talk,
      Models models,
      Minds minds,
      McpServers servers,
      HybridIndex index,
      Ledger ledger,
      RandomGenerator random) {
    return new Rest(config, database, memory, talk, models, minds, random)
        .routes(servers, index, ledger);
  }

  private Routes routes(McpServers servers, HybridIndex index, Ledger ledger) {
    AgentService agents = memory.agents();
    BlockService blocks = memory.blocks();
    ArchiveFinder passages = new ArchiveFinder(database);
    AgentViews views = views();
    List<Group> groups =
        new ArrayList<>(
            List.of(
                new HealthRoutes(Version.current()),
                new AbsentRoutes(),
                new BlockRoutes(blocks, new BlockFinder(database)),
                new ArchiveRoutes(memory.archives(), passages, embedding),
                new PassageSearchRoutes(agents, memory.archives(), embedding),
                new McpServerRoutes(servers::hub, servers::call),
                new ConnectRoutes(servers::hub),
                new OlderMcpRoutes(servers::hub, servers::call),
                new ToolRoutes(talk.tools()),
                new ToolSearchRoutes(talk.tools()),
                new ToolRunRoutes(
                    talk.custom(), new Ids(random, Clock.systemUTC()), Clock.systemUTC()),
                new CallRoutes(ledger),
                new FileRoutes(
                    new FileShelf(
                        database,
                        config.sandbox().files(),
                        new Ids(random, Clock.systemUTC()),
                        Clock.systemUTC())),
                new ApprovalRoutes(new Approvals(database, Clock.systemUTC()), approvers()),
                new ModelRoutes(models, embedding),
                new AgentListRoutes(agents, views),
                new AgentRoutes(
                    agents, talk.secrets(), blocks, minds.starter(), models, views, random),
                new AgentBlockRoutes(agents, blocks, views),
                new AgentPassageRoutes(agents, memory.archives(), passages, embedding),
                new AgentToolRoutes(agents, talk.tools(), minds.direct(), views)));
    groups.addAll(RestWork.of(database, agents, talk, minds, views, index, random));
    return new RestFace(groups);
  }

  private Set<Owner> approvers() {
    return config.auth().approvers().stream().map(Keyring::owner).collect(Collectors.toSet());
  }

  private AgentViews views() {
    return new AgentViews(
        database,
        memory.agents(),
        talk.secrets(),
        memory.blocks(),
        talk.tools(),
        talk.messages(),
        models,
        embedding);
  }
}
