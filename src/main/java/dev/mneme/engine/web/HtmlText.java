package dev.mneme.engine.web;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The readable text of a page: headings, paragraphs, lists and links, without scripts and styles.
 * It reads the page once from front to end, so that none is deep or crooked enough to cost more
 * than its length.
 */
final class HtmlText {
  private static final Set<String> DROPPED =
      Set.of("script", "style", "noscript", "template", "svg", "iframe", "object", "select");
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "br",
          "hr",
          "ul",
          "ol",
          "table",
          "tr",
          "section",
          "article",
          "header",
          "footer",
          "main",
          "nav",
          "aside",
          "blockquote",
          "figure",
          "dl",
          "dt",
          "dd",
          "form");
  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("hellip", "…"),
          Map.entry("lsquo", "‘"),
          Map.entry("rsquo", "’"),
          Map.entry("ldquo", "“"),
          Map.entry("rdquo", "”"),
          Map.entry("copy", "©"),
          Map.entry("euro", "€"));
  private static final int MAX_ENTITY = 10;
  private static final int MAX_LINK = 500;
  private static final int MAX_VALUE = 5_000;

  private final String html;
  private final URI base;
  private final StringBuilder text = new StringBuilder();
  private String link = "";
  private int linkStart;
  private boolean preformatted;
  private int at;

  private HtmlText(String html, URI base) {
    this.html = html;
    this.base = base;
  }

  /**
   * @param base what links on the page are relative to
   */
  static String of(String html, URI base) {
    HtmlText page = new HtmlText(html, base);
    page.read();
    return page.text.toString().strip();
  }

  private void read() {
    while (at < html.length()) {
      char next = html.charAt(at);
      if (next == '<' && markup()) {
        continue;
      }
      if (next == '&') {
        entity();
      } else {
        character(next);
        at++;
      }
    }
  }

  /** Reads a tag or comment; anything else that begins like one is text. */
  private boolean markup() {
    if (html.startsWith("<!--", at)) {
      skipTo("-->");
      return true;
    }
    if (html.startsWith("<!", at) || html.startsWith("<?", at)) {
      skipTo(">");
      return true;
    }
    boolean closing = html.startsWith("</", at);
    int start = at + (closing ? 2 : 1);
    int end = start;
    while (end < html.length() && Character.isLetterOrDigit(html.charAt(end))) {
      end++;
    }
    if (end == start) {
      return false;
    }
    String name = html.substring(start, end).toLowerCase(Locale.ROOT);
    at = endOfTag(end);
    if (closing) {
      close(name);
    } else {
      open(name, html.substring(end, at));
    }
    return true;
  }

  private void open(String name, String attributes) {
    if (DROPPED.contains(name)) {
      skipPast(name);
    } else if (name.equals("a")) {
      link = target(attributes);
      linkStart = text.length();
    } else if (name.equals("li")) {
      line();
      text.append("- ");
    } else if (name.equals("td") || name.equals("th")) {
      text.append(' ');
    } else if (heading(name)) {
      paragraph();
      text.append("#".repeat(name.charAt(1) - '0')).append(' ');
    } else if (name.equals("pre")) {
      paragraph();
      preformatted = true;
    } else if (name.equals("p")) {
      paragraph();
    } else if (BLOCKS.contains(name)) {
      line();
    }
  }

  private void close(String name) {
    if (name.equals("a")) {
      if (!link.isEmpty() && text.length() > linkStart) {
        text.append(" (").append(link).append(')');
      }
      link = "";
    } else if (name.equals("pre")) {
      preformatted = false;
      paragraph();
    } else if (heading(name) || name.equals("p") || name.equals("title")) {
      paragraph();
    } else if (BLOCKS.contains(name)) {
      line();
    }
  }

  private static boolean heading(String name) {
    return name.length() == 2
        && name.charAt(0) == 'h'
        && name.charAt(1) >= '1'
        && name.charAt(1) <= '6';
  }

  private String target(String attributes) {
    int from = attributes.toLowerCase(Locale.ROOT).indexOf("href=");
    if (from < 0) {
      return "";
    }
    String rest = attributes.substring(from + "href=".length());
    char quote = rest.isEmpty() ? ' ' : rest.charAt(0);
    boolean quoted = quote == '"' || quote == '\'';
    int end = quoted ? rest.indexOf(quote, 1) : rest.indexOf(' ');
    String href = rest.substring(quoted ? 1 : 0, end < 0 ? Math.max(rest.length() - 1, 0) : end);
    try {
      String resolved = base.resolve(href.replace("&amp;", "&").strip()).toString();
      boolean elsewhere = resolved.startsWith("http") && !href.startsWith("#");
      return elsewhere && resolved.length() <= MAX_LINK ? resolved : "";
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /** Behind the tag's end; a quote that is not closed soon is none. */
  private int endOfTag(int from) {
    int i = from;
    while (i < html.length() && html.charAt(i) != '>') {
      char c = html.charAt(i);
      if (c == '"' || c == '\'') {
        int limit = Math.min(i + MAX_VALUE, html.length());
        int quoteEnd = html.indexOf(c, i + 1, limit);
        i = Math.max(i, quoteEnd);
      }
      i++;
    }
    return Math.min(i + 1, html.length());
  }

  private void skipTo(String end) {
    int found = html.indexOf(end, at);
    at = found < 0 ? html.length() : found + end.length();
  }

  private void skipPast(String name) {
    String end = "</" + name;
    int from = at;
    while (from >= 0) {
      from = html.indexOf("</", from);
      if (from >= 0 && html.regionMatches(true, from, end, 0, end.length())) {
        at = from;
        skipTo(">");
        return;
      }
      from = from < 0 ? from : from + 2;
    }
    at = html.length();
  }

  private void entity() {
    int end = html.indexOf(';', at, Math.min(at + MAX_ENTITY, html.length()));
    if (end < 0) {
      character(html.charAt(at++));
      return;
    }
    String name = html.substring(at + 1, end);
    String known = ENTITIES.getOrDefault(name, "");
    if (name.startsWith("#")) {
      known = numbered(name.substring(1));
    }
    if (known.isEmpty()) {
      character(html.charAt(at++));
      return;
    }
    known
        .codePoints()
        .forEach(each -> {
          if (each == ' ') {
            character(' ');
          } else {
            text.appendCodePoint(each);
          }
        });
    at = end + 1;
  }

  private static String numbered(String number) {
    try {
      boolean hex = number.startsWith("x") || number.startsWith("X");
      int point = hex ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number);
      boolean fits = Character.isDefined(point) && !Character.isISOControl(point);
      return fits && (point < 0xd800 || point > 0xdfff) ? Character.toString(point) : " ";
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private void character(char c) {
    if (preformatted && c == '\n') {
      text.append('\n');
    } else if (preformatted && c == ' ') {
      text.append(' ');
    } else if (!Character.isWhitespace(c) && !Character.isISOControl(c)) {
      text.append(c);
    } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
      text.append(' ');
    }
  }

  private void line() {
    trimEnd();
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
  }

  private void paragraph() {
    line();
    int length = text.length();
    if (length > 1 && text.charAt(length - 2) != '\n') {
      text.append('\n');
    }
  }

  private void trimEnd() {
    int length = text.length();
    while (length > 0 && text.charAt(length - 1) == ' ') {
      length--;
    }
    text.setLength(length);
  }
}
