package dev.runnel.conversation.web;

import java.util.UUID;

import jakarta.validation.constraints.NotNull;

/**
 * The body of a request to copy a branch into a new conversation.
 *
 * @param messageId the last message of the copy
 */
record BranchRequest(@NotNull(message = "is required") UUID messageId) {
}
