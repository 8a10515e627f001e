package dev.mneme.app;

import dev.mneme.agent.AgentSecrets;
import dev.mneme.common.Ids;
import dev.mneme.console.StartPage;
import dev.mneme.engine.ToolRunner;
import dev.mneme.mcp.server.SocketServer;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.tools.McpTools;
import dev.mneme.model.Embedder;
import dev.mneme.model.Models;
import dev.mneme.sandbox.consent.Consents;
import dev.mneme.sandbox.keep.FileShelf;
import dev.mneme.sandbox.ledger.Ledger;
import dev.mneme.sandbox.ledger.LedgerSettings;
import dev.mneme.search.HybridIndex;
import dev.mneme.search.SearchSettings;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.DataFolder;
import dev.mneme.store.Database;
import dev.mneme.web.HttpServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running Mneme: every part, built by hand and in order. Closing ends what runs, in the reverse
 * order, and drops the data folder's lock last.
 */
public final class Mneme implements AutoCloseable {
  private final Closing closing;
  private final Optional<HttpServer> http;
  private final HybridIndex index;
  private final ToolBench tools;
  private final Minds minds;
  private final McpServers servers;

  private Mneme(
      Closing closing,
      Optional<HttpServer> http,
      HybridIndex index,
      ToolBench tools,
      Minds minds,
      McpServers servers) {
    this.closing = closing;
    this.minds = minds;
    this.servers = servers;
    this.http = http;
    this.index = index;
    this.tools = tools;
  }

  /**
   * Becomes the owner of the data folder and starts to answer.
   *
   * @param unneeded told once when a background owner has been without windows for long enough
   * @throws dev.mneme.common.MnemeException saying what stands in the way; nothing is left running
   */
  public static Mneme start(Config config, Role role, Runnable unneeded) {
    return start(config, role, unneeded, List.of());
  }

  /** As above, with more tools; benches measure the whole product with one that does nothing. */
  static Mneme start(Config config, Role role, Runnable unneeded, List<McpTool> more) {
    Closing closing = new Closing();
    try {
      if (role == Role.SERVE) {
        Bind.requireSafe(config.server().host(), config.auth());
      }
      DataFolder folder = closing.add(Ownership.take(config.data(), role));
      OwnerSocket socket = closing.add(OwnerSocket.bind(folder));
      SecureRandom random = new SecureRandom();
      SecretBox secrets = SecretKeys.open(config, random);
      Database database = closing.add(Database.open(folder.database(), config.store().readers()));
      HybridIndex index = closing.add(index(config, folder, database, closing));
      Memory memory = Memory.of(database, secrets.derivedKeys(Memory.KEY), index, random);
      closing.add(memory.journal());
      SecretKeys.warnOfAnother(memory.journal());
      Premises premises = Premises.of(folder, config, role);
      Ids ids = new Ids(random, Clock.systemUTC());
      Ledger ledger =
          closing.add(
              Ledger.open(
                  database,
                  new LedgerSettings(config.tools().keepCalls(), config.tools().maxCalls()),
                  ids,
                  Clock.systemUTC()));
      ToolHost host =
          ToolHost.of(
              config,
              Build.current(),
              database,
              memory,
              new AgentSecrets(database, secrets, ids),
              ledger,
              new Consents(database, ids, Clock.systemUTC()),
              new FileShelf(database, config.sandbox().files(), ids, Clock.systemUTC()));
      ToolBench tools =
          closing.add(ToolBench.open(config, Build.current(), folder.cache(), premises, host));
      Models models = LanguageModels.of(config.models(), folder.models(), random, closing);
      McpServers servers =
          closing.add(
              McpServers.of(
                  config, Build.current(), folder, database, secrets, host, models, random));
      servers.open();
      host.scripts().connect(servers);
      Talk talk =
          closing.add(
              Talk.of(config, database, memory.agents(), tools, servers, index, secrets, random));
      host.scripts().forAgents(new AgentRules(memory.agents(), talk.tools()));
      ToolRunner runner =
          new AgentToolRunner(
              talk.custom(),
              tools.service(),
              servers,
              memory.agents(),
              talk.secrets(),
              memory.blocks());
      Recall recall = new Recall(database, talk.messages(), index);
      Minds minds = Minds.of(config, database, memory, talk, tools, models, runner, recall, random);
      McpFace mcp =
          closing.add(
              McpFace.of(
                  config,
                  memory,
                  minds,
                  tools,
                  servers,
                  Stream.concat(Stream.of(McpTools.calls(ledger)), more.stream()).toList(),
                  random));
      Optional<HttpServer> http =
          role == Role.SERVE
              ? Optional.of(
                  closing.add(
                      FrontDoor.open(
                          config,
                          database,
                          List.of(
                              Rest.of(
                                  config, database, memory, talk, models, minds, servers, index,
                                  ledger, random),
                              new StartPage(Version.current()),
                              mcp.routes()),
                          closing)))
              : Optional.empty();
      SocketServer relays = closing.add(mcp.listen(socket));
      if (role == Role.BACKGROUND) {
        closing.add(
            new IdleExit(relays::connections, config.owner().idleExit(), System::nanoTime, unneeded)
                .start());
      }
      return new Mneme(closing, http, index, tools, minds, servers);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** Starts in the background what would make the first search or call slow. */
  public void warm() {
    index.start();
    tools.warm();
    servers.warm();
  }

  /** The engine, for what measures it. */
  Minds minds() {
    return minds;
  }

  /** Where HTTP is reached, if it is served. */
  public Optional<String> url() {
    return http.map(HttpServer::url);
  }

  @Override
  public void close() {
    closing.close();
  }

  private static HybridIndex index(
      Config config, DataFolder folder, Database database, Closing closing) {
    SearchConfig search = config.search();
    SearchSettings settings =
        new SearchSettings(
            search.lexicalWeight(),
            search.vectorWeight(),
            SearchSettings.DEFAULT.patience(),
            SearchSettings.DEFAULT.commitEvery());
    Optional<Embedder> embedder = Embedders.of(search, folder.cache(), closing);
    return new HybridIndex(database, folder.index(), embedder, settings);
  }
}
