package dev.runnel.accounts;

import org.jspecify.annotations.Nullable;

/**
 * A person as an issuer names them.
 *
 * @param issuer who vouches for the person
 * @param subject how the issuer calls the person, the same for ever
 * @param name the name to show; it may change, and may be the one of somebody else
 * @param role the role that the issuer gives; null if it leaves that to the admins here
 */
public record Identity(String issuer, String subject, String name, @Nullable Role role) {
}
