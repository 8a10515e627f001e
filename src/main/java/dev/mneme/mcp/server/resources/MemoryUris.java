package dev.mneme.mcp.server.resources;

import dev.mneme.common.MnemeException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of archives' passages and of agents' journals. */
final class MemoryUris {
  static final String PASSAGES = "memory://archives/{archive}/passages{?after}";
  static final String PASSAGE = "memory://archives/{archive}/passages/{passage}";
  static final String JOURNAL = "memory://agents/{agent}/journal{?before}";

  private static final Pattern PASSAGES_FORM =
      Pattern.compile("memory://archives/([^/?#]+)/passages(?:\\?after=([A-Za-z0-9-]{1,60}))?");
  private static final Pattern PASSAGE_FORM =
      Pattern.compile("memory://archives/([^/?#]+)/passages/([A-Za-z0-9-]{1,60})");
  private static final Pattern JOURNAL_FORM =
      Pattern.compile("memory://agents/([^/?#]+)/journal(?:\\?before=([0-9]{1,18}))?");

  private MemoryUris() {}

  /** What an address names. */
  sealed interface Meant {}

  /**
   * @param archive its name or id
   * @param after the passage the page before ended with
   */
  record Passages(String archive, Optional<String> after) implements Meant {}

  record OnePassage(String archive, String passage) implements Meant {}

  /**
   * @param agent its name or id
   * @param before the sequence the page before ended with
   */
  record JournalPage(String agent, Optional<Long> before) implements Meant {}

  /** Empty for addresses of another form. */
  static Optional<Meant> parse(String uri) {
    Matcher passages = PASSAGES_FORM.matcher(uri);
    if (passages.matches()) {
      return Optional.of(
          new Passages(decode(passages.group(1)), Optional.ofNullable(passages.group(2))));
    }
    Matcher passage = PASSAGE_FORM.matcher(uri);
    if (passage.matches()) {
      return Optional.of(new OnePassage(decode(passage.group(1)), passage.group(2)));
    }
    Matcher journal = JOURNAL_FORM.matcher(uri);
    if (journal.matches()) {
      return Optional.of(
          new JournalPage(
              decode(journal.group(1)), Optional.ofNullable(journal.group(2)).map(Long::valueOf)));
    }
    return Optional.empty();
  }

  static String passages(String archiveId) {
    return "memory://archives/" + archiveId + "/passages";
  }

  static String passage(String archiveId, String passageId) {
    return passages(archiveId) + "/" + passageId;
  }

  static String journal(String agent) {
    return "memory://agents/" + encode(agent) + "/journal";
  }

  static MnemeException unknown() {
    return MnemeException.notFound(
        "unknown_resource",
        "There is no such resource; resources/list and resources/templates/list show the forms.");
  }

  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * @throws MnemeException of kind {@code NOT_FOUND}: what cannot be decoded names nothing
   */
  static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw unknown();
    }
  }
}
