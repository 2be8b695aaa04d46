/**
 * Runnel, a streaming chat server. This package holds the application class and what
 * happens before and at its start. One package below it holds one feature:
 * <dl>
 * <dt>{@code chat}</dt>
 * <dd>one turn, from the request to the last event; it brings all the others
 * together</dd>
 * <dt>{@code page}</dt>
 * <dd>the page {@code /ai-demo}, its files and its texts</dd>
 * <dt>{@code library}</dt>
 * <dd>kept conversations and presets over HTTP</dd>
 * <dt>{@code export}</dt>
 * <dd>conversations as files: out of the library and into it</dd>
 * <dt>{@code catalogue}</dt>
 * <dd>the models that may be chosen</dd>
 * <dt>{@code conversation}</dt>
 * <dd>conversations and their messages, in a database and in memory</dd>
 * <dt>{@code stream}</dt>
 * <dd>the live log of a turn, and its readers</dd>
 * <dt>{@code upstream}</dt>
 * <dd>the port to a language model; below it the adapter {@code openrouter} and the
 * {@code mock}</dd>
 * <dt>{@code markdown}</dt>
 * <dd>exact incremental Markdown, in plain Java</dd>
 * <dt>{@code memory}</dt>
 * <dd>one account of the memory that work takes</dd>
 * <dt>{@code limits}</dt>
 * <dd>how often and how much strangers may ask</dd>
 * <dt>{@code data}</dt>
 * <dd>the directory for all that the server keeps</dd>
 * <dt>{@code process}</dt>
 * <dd>the end of a process that can no longer serve</dd>
 * <dt>{@code security}</dt>
 * <dd>visitors, response headers, requests of other sites</dd>
 * <dt>{@code web}</dt>
 * <dd>failures and identity, nothing of any feature</dd>
 * </dl>
 * Start at {@code ChatController} in {@code chat}. {@code ArchitectureTests} holds which
 * package may use which.
 */
@NullMarked
package dev.runnel;

import org.jspecify.annotations.NullMarked;
