package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Fields that somebody other than this program wants a person to fill in.
 *
 * @param asker who wants it, as the person has to be told
 * @param schema of the content: an object with texts, numbers, truth values and choices; not to be
 *     changed
 */
public record Form(String asker, String message, ObjectNode schema) {}
