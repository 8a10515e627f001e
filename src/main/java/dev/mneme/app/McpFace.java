package dev.mneme.app;

import dev.mneme.engine.turn.Turns;
import dev.mneme.mcp.server.Front;
import dev.mneme.mcp.server.FrontLimits;
import dev.mneme.mcp.server.McpRoutes;
import dev.mneme.mcp.server.SocketServer;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.JoinedTools;
import dev.mneme.mcp.server.catalog.Listing;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ServerCard;
import dev.mneme.mcp.server.conformance.Fixture;
import dev.mneme.mcp.server.legacy.LegacyEra;
import dev.mneme.mcp.server.modern.ModernEra;
import dev.mneme.mcp.server.resources.AppResources;
import dev.mneme.mcp.server.resources.BlockResources;
import dev.mneme.mcp.server.resources.BlockWatch;
import dev.mneme.mcp.server.resources.MemoryCompleter;
import dev.mneme.mcp.server.resources.MemoryResources;
import dev.mneme.mcp.server.resources.Prompts;
import dev.mneme.mcp.server.tools.AttachedTools;
import dev.mneme.mcp.server.tools.GatewayTools;
import dev.mneme.mcp.server.tools.ManyTools;
import dev.mneme.mcp.server.tools.McpTools;
import dev.mneme.mcp.server.tools.OneAgent;
import dev.mneme.mcp.server.tools.Services;
import dev.mneme.web.Routes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The MCP face: one front, one catalog, two eras, reached over HTTP and the socket. */
final class McpFace implements AutoCloseable {
  private final Catalog catalog;
  private final Front front;
  private final LegacyEra era;
  private final ModernEra modern;
  private final BlockWatch watch;

  private McpFace(Catalog catalog, Front front, LegacyEra era, ModernEra modern, BlockWatch watch) {
    this.catalog = catalog;
    this.modern = modern;
    this.front = front;
    this.era = era;
    this.watch = watch;
  }

  static McpFace of(
      Config config,
      Memory memory,
      Minds minds,
      ToolBench tools,
      GatewayTools.Servers servers,
      List<McpTool> more,
      SecureRandom random) {
    ServerCard card = ServerCard.load();
    Front front = new Front(card, limits(config), random, System::nanoTime);
    BlockWatch watch = new BlockWatch(memory.agents(), memory.blocks(), memory.archives());
    memory.journal().addListener(watch);
    Turns turns = minds.turns(config.mcp().turnIdle());
    front.sessions().onClose(turns::sessionClosed);
    List<McpTool> talking =
        McpTools.talking(memory.agents(), minds.starter(), turns, minds.correspondent());
    List<McpTool> besides = Stream.concat(talking.stream(), more.stream()).toList();
    Catalog standard = catalog(config, memory, minds, tools, servers, besides, watch);
    Catalog catalog =
        tools
            .fixture()
            .map(python -> McpTools.library(python.registry(), python.service()))
            .map(python -> Fixture.besides(standard, python))
            .orElse(standard);
    return new McpFace(
        catalog,
        front,
        new LegacyEra(card, front, catalog),
        new ModernEra(
            card,
            front,
            catalog,
            McpTools.kept(memory.agents(), minds.starter(), minds.correspondent()),
            random,
            System::nanoTime,
            Clock.systemUTC()),
        watch);
  }

  private static Catalog catalog(
      Config config,
      Memory memory,
      Minds minds,
      ToolBench tools,
      GatewayTools.Servers servers,
      List<McpTool> more,
      BlockWatch watch) {
    Services services =
        new Services(
            memory.agents(),
            minds.starter(),
            memory.blocks(),
            memory.archives(),
            memory.journal(),
            memory.history(),
            memory.redaction(),
            tools.registry(),
            tools.service());
    Listing listing = new ManyTools(config.tools().maxListed());
    Catalog all =
        new Catalog(
            Stream.concat(McpTools.fixed(services).stream(), more.stream()).toList(),
            new JoinedTools(McpTools.library(services), new GatewayTools(servers)),
            new AppResources(
                new MemoryResources(
                    new BlockResources(memory.agents(), minds.starter(), memory.blocks(), watch),
                    memory.agents(),
                    memory.archives(),
                    memory.history())),
            Prompts.all(),
            new MemoryCompleter(memory.agents(), memory.blocks(), memory.archives()),
            listing);
    return all.with(
        new OneAgent(
            all, services, new AttachedTools(minds.talk().tools(), minds.runner()), listing));
  }

  private static FrontLimits limits(Config config) {
    return new FrontLimits(
        config.server().maxBody(),
        FrontLimits.DEFAULT.depth(),
        config.mcp().maxSessions(),
        FrontLimits.DEFAULT.callsPerSession(),
        config.mcp().sessionIdle());
  }

  Routes routes() {
    return new McpRoutes(front, era, modern, catalog);
  }

  SocketServer listen(OwnerSocket socket) {
    return SocketServer.start(socket.channel(), front, era, modern, catalog.agents());
  }

  @Override
  public void close() {
    modern.close();
    era.close();
    watch.close();
  }
}
