package dev.runnel.signin;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A proxy in front that signs people in and names them in a header.
 *
 * @param name the header in which a proxy in front names the person who has signed in,
 * such as Remote-User, if the mode is accounts. Empty: no header counts
 * @param peers the addresses and networks of the proxies whose header counts, by the peer
 * of the connection; needed with the name of the header
 */
@ConfigurationProperties("runnel.sign-in-header")
record HeaderSettings(@Nullable String name, @DefaultValue List<String> peers) {
}
