package dev.mneme.memory.edit;

/** An edit of an agent's memory: of the text of one block, or a patch over several. */
public sealed interface BlockEdit permits TextEdit, ApplyPatch {
  /** The block it is about. */
  String label();

  /** The name of the memory tool that makes it; stands in the journal. */
  String operation();
}
