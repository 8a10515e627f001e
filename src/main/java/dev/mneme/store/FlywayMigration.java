package dev.mneme.store;

import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** Flyway over a fixed list of scripts: nothing is searched for on the class path. */
final class FlywayMigration {
  private FlywayMigration() {}

  /** Runs what is missing, all in one transaction. */
  static void run(DataSource source, List<Script> scripts) {
    over(source, scripts).migrate();
  }

  static Flyway over(DataSource source, List<Script> scripts) {
    return Flyway.configure()
        .dataSource(source)
        .resourceProvider(new Given(scripts))
        .javaMigrationClassProvider(List::of)
        .loggers("slf4j")
        // Each feature has its own range of numbers, so a new script may have a lower one.
        .outOfOrder(true)
        .group(true)
        .placeholderReplacement(false)
        .load();
  }

  private record Given(List<Script> scripts) implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return stream("", name).findFirst().orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return Stream.of(suffixes).flatMap(suffix -> stream(prefix, suffix)).toList();
    }

    private Stream<LoadableResource> stream(String prefix, String suffix) {
      return scripts.stream()
          .filter(s -> s.file().startsWith(prefix) && s.file().endsWith(suffix))
          .map(Resource::new);
    }
  }

  private static final class Resource extends LoadableResource {
    private final Script script;

    Resource(Script script) {
      this.script = script;
    }

    @Override
    public Reader read() {
      return new StringReader(script.sql());
    }

    @Override
    public String getAbsolutePath() {
      return script.file();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return script.file();
    }

    @Override
    public String getFilename() {
      return script.file();
    }

    @Override
    public String getRelativePath() {
      return script.file();
    }
  }
}
