package dev.mneme.cli;

import dev.mneme.common.MnemeException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every failure into one line that says what to do, and an exit code. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception error, CommandLine command, ParseResult parseResult) {
    return report(error);
  }

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    say(message(error, command));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(error, System.err)) {
      System.err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE;
  }

  private static String message(ParameterException error, CommandLine command) {
    if (error instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().getFirst();
      return command.getSubcommands().isEmpty()
          ? '\'' + word + "' is one word too many."
          : "There is no command '" + word + "'.";
    }
    return String.valueOf(error.getMessage());
  }

  static int report(Throwable error) {
    if (error instanceof MnemeException known) {
      say(known.message());
      if (known.getCause() != null && System.getenv("MNEME_TRACE") != null) {
        known.getCause().printStackTrace(System.err);
      }
      return ExitCode.FAILURE;
    }
    say("this is a defect of Mneme: " + error);
    error.printStackTrace(System.err);
    return ExitCode.FAILURE;
  }

  private static void say(String message) {
    System.err.println("mneme: " + message.strip());
  }
}
