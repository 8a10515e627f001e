package dev.mneme.search;

/**
 * One message found.
 *
 * @param score 0 to 1
 * @param lexical the normalised score of its words, 0 to 1
 * @param vector the normalised score of its meaning, 0 to 1; 0 where no vector was used
 * @param neighbours what it earned from the messages right before and after it
 * @param reason one line for a person: why this was found
 */
public record MessageHit(
    String messageId,
    double score,
    double lexical,
    double vector,
    double neighbours,
    String reason) {}
