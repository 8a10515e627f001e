package dev.mneme.app;

import dev.mneme.agent.AgentService;
import dev.mneme.api.agents.AgentViews;
import dev.mneme.api.http.Group;
import dev.mneme.api.messages.MessagePages;
import dev.mneme.api.messages.MessageRoutes;
import dev.mneme.api.runs.JobRoutes;
import dev.mneme.api.runs.Pictures;
import dev.mneme.api.runs.RunRoutes;
import dev.mneme.api.runs.RunStream;
import dev.mneme.api.runs.SendRoutes;
import dev.mneme.api.runs.StepRoutes;
import dev.mneme.common.Ids;
import dev.mneme.net.NetPolicy;
import dev.mneme.search.HybridIndex;
import dev.mneme.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/** The routes by which agents work, put together from the services. */
final class RestWork {
  private RestWork() {}

  static List<Group> of(
      Database database,
      AgentService agents,
      Talk talk,
      Minds minds,
      AgentViews views,
      HybridIndex index,
      RandomGenerator random) {
    Clock clock = Clock.systemUTC();
    MessagePages pages = new MessagePages(database, talk.messages());
    RunStream stream = new RunStream(talk.runs(), talk.history(), new Ids(random, clock), clock);
    return List.of(
        new SendRoutes(
            minds.engine(),
            minds.starter(),
            agents,
            talk.runs(),
            talk.history(),
            stream,
            views,
            new Pictures(NetPolicy.PUBLIC_ONLY),
            clock),
        new MessageRoutes(database, talk.messages(), agents, pages, index),
        new RunRoutes(talk.history(), agents, pages, stream, clock),
        new StepRoutes(talk.history(), pages),
        new JobRoutes(talk.runs(), talk.history()));
  }
}
