package dev.mneme.cli;

import picocli.CommandLine.Command;

/** {@code mneme version}. */
@Command(
    name = "version",
    description = "Prints the version of Mneme and of Java.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {
  @Override
  public void run() {
    System.out.println(new Root.ThisVersion().getVersion()[0]);
  }
}
