package dev.mneme.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine;

/** The entry of every command but {@code mcp}, which is the relay's. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 2 && args[0].equals("--train")) {
      System.exit(args[1].equals("worker") ? Training.worker() : Training.server(args[1]));
    }
    if (args.length == 2 && args[0].equals("--unpack-native")) {
      System.exit(NativeLibraries.unpack(Path.of(args[1])));
    }
    if (args.length == 2 && args[0].equals("--conformance-client")) {
      System.exit(ConformanceClient.run(URI.create(args[1])));
    }
    if (args.length > 1 && args[0].equals("serve") && args[1].equals("--owner")) {
      System.exit(BackgroundOwner.run(args));
    }
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    Errors errors = new Errors();
    return new CommandLine(new Root())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
