package dev.mneme.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code mneme completion}. */
@Command(
    name = "completion",
    description = "Prints a script that completes mneme's commands and options in bash and zsh.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  source <(mneme completion)"})
final class CompletionCommand implements Runnable {
  @Override
  public void run() {
    System.out.print(AutoComplete.bash("mneme", Main.commandLine()));
  }
}
