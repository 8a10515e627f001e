package dev.mneme.memory;

/**
 * One passage found.
 *
 * @param score the fused score, 0 to 1
 * @param lexical the normalised score of the words, 0 to 1
 * @param vector the normalised score of the meaning, 0 to 1; 0 where no vector was used
 * @param reason one line for a person: why this was found
 */
public record PassageHit(
    String passageId, double score, double lexical, double vector, String reason) {}
