package dev.mneme.web;

/**
 * Why the guard turned a request away.
 *
 * @param status HTTP status
 * @param code stable, snake_case
 * @param detail what to do, for a person
 */
record Refusal(int status, String code, String detail) {}
