package dev.runnel.web;

/**
 * What is wrong with one field of a request.
 *
 * @param field its name
 * @param message what is wrong, and what would be right
 */
public record FieldProblem(String field, String message) {
}
