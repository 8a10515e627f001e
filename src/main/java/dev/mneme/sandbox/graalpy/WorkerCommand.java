package dev.mneme.sandbox.graalpy;

import dev.mneme.tool.Trust;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command lines of worker processes.
 *
 * <p>Training and running share all flags but one, because the JVM takes an AOT cache only with the
 * flags and the class path it was made with.
 */
final class WorkerCommand {
  private static final String MAIN = "dev.mneme.sandbox.graalpy.worker.WorkerMain";

  private static final int TRAINING_HEAPS = 4;

  private final SandboxSettings settings;

  WorkerCommand(SandboxSettings settings) {
    this.settings = settings;
  }

  List<String> serve(Trust trust) {
    List<String> command = withHome();
    if (Files.isRegularFile(settings.aotCache())) {
      command.add("-XX:AOTCache=" + settings.aotCache());
    }
    command.addAll(List.of("-cp", classPath(), MAIN));
    switch (trust) {
      case TRUSTED -> command.add("trusted");
      case UNTRUSTED ->
          command.addAll(List.of("untrusted", Integer.toString(settings.callsPerUntrusted())));
    }
    return command;
  }

  List<String> train(Path cache) {
    List<String> command = withHome();
    command.add("-XX:AOTCacheOutput=" + cache);
    // All modules are compiled in one process, which keeps the parser's state of each.
    command.add("-Xmx" + TRAINING_HEAPS * settings.heapMegabytes() + "m");
    command.addAll(List.of("-cp", classPath(), MAIN, "train"));
    return command;
  }

  /** Copies Python's standard library into an empty folder. */
  List<String> unpack(Path folder) {
    List<String> command = base();
    command.addAll(List.of("-cp", classPath(), MAIN, "unpack", folder.toString()));
    return command;
  }

  private List<String> withHome() {
    List<String> command = base();
    command.add("-Dpolyglot.engine.resourcePath=" + settings.pythonHome());
    return command;
  }

  private List<String> base() {
    return new ArrayList<>(
        List.of(
            settings.java().toString(),
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-Xmx" + settings.heapMegabytes() + "m",
            // What lives long has only the old generation: a young one of the usual third would be
            // lost to a call that keeps much.
            "-Xmn" + settings.heapMegabytes() / 8 + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            // What the JVM itself has to say must not get between the messages on stdout.
            "-XX:+DisplayVMOutputToStderr",
            "-XX:ErrorFile=/dev/null",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // The library only serves the optimising runtime, which needs a compiler we do not
            // have.
            "-Dpolyglotimpl.AttachLibraryFailureAction=ignore"));
  }

  /** Files in a fixed order: an AOT cache is bound to the exact class path. */
  private String classPath() {
    return settings.classPath().stream()
        .flatMap(WorkerCommand::jars)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<Path> jars(Path entry) {
    if (!Files.isDirectory(entry)) {
      return Stream.of(entry);
    }
    try (Stream<Path> files = Files.list(entry)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
