package dev.runnel.web;

/**
 * An error in one field of a request.
 *
 * @param field the name of the field
 * @param message what is wrong, and what would be right
 */
public record FieldProblem(String field, String message) {
}
