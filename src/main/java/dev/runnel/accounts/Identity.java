package dev.runnel.accounts;

import org.jspecify.annotations.Nullable;

/**
 * A person as an issuer names them.
 *
 * @param issuer the provider that has signed the person in
 * @param subject the issuer's id of the person, the same for ever
 * @param name the name to show; it may change, and two people may have the same name
 * @param role the role that the issuer gives; null if it leaves that to the admins here
 */
public record Identity(String issuer, String subject, String name, @Nullable Role role) {
}
