package dev.mneme.memory;

/**
 * A block or an archive as part of an agent's memory.
 *
 * @param targetId the block or archive
 * @param position attachments are ordered by it
 */
public record Attachment(String id, String agentId, String targetId, long position) {
  public static final String KIND = "attachment";

  public static String idOf(String agentId, String targetId) {
    return agentId + "/" + targetId;
  }

  public boolean isBlock() {
    return targetId.startsWith("block-");
  }
}
