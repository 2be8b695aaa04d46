/**
 * Runnel, a streaming chat server. This package contains the application class and the
 * code that reads settings at the start. Its subpackages, first those of a turn:
 * <dl>
 * <dt>{@link dev.runnel.chat}</dt>
 * <dd>one turn, from the request to the last event</dd>
 * <dt>{@link dev.runnel.upstream}</dt>
 * <dd>the port to language models, and the routes to their services</dd>
 * <dt>{@link dev.runnel.upstream.openrouter}</dt>
 * <dd>the adapter to OpenRouter and OpenAI-compatible endpoints</dd>
 * <dt>{@link dev.runnel.upstream.mock}</dt>
 * <dd>the model that answers when no other can</dd>
 * <dt>{@link dev.runnel.markdown}</dt>
 * <dd>exact incremental Markdown, in plain Java</dd>
 * <dt>{@link dev.runnel.stream}</dt>
 * <dd>the live log of a turn, and its readers</dd>
 * <dt>{@link dev.runnel.stream.redis}</dt>
 * <dd>streams that several servers share</dd>
 * <dt>{@link dev.runnel.conversation}</dt>
 * <dd>conversations, their messages, and the ports that keep them</dd>
 * <dt>{@link dev.runnel.conversation.store}</dt>
 * <dd>the database, the search index and temporary chats</dd>
 * <dt>{@link dev.runnel.conversation.web}</dt>
 * <dd>conversations and presets over HTTP</dd>
 * <dt>{@link dev.runnel.attachments}</dt>
 * <dd>files beside questions: their upload, their checks, their download</dd>
 * <dt>{@link dev.runnel.export}</dt>
 * <dd>writes conversations to files</dd>
 * <dt>{@link dev.runnel.imports}</dt>
 * <dd>reads conversations from files</dd>
 * <dt>{@link dev.runnel.models}</dt>
 * <dd>the models of all services that may be chosen</dd>
 * <dt>{@link dev.runnel.page}</dt>
 * <dd>the page {@code /ai-demo}, its files and its texts</dd>
 * <dt>{@link dev.runnel.limits}</dt>
 * <dd>how much strangers may ask for</dd>
 * <dt>{@link dev.runnel.budget}</dt>
 * <dd>what calls of models cost, and what may be spent</dd>
 * <dt>{@link dev.runnel.accounts}</dt>
 * <dd>the people who sign in: accounts, sessions, keys, links</dd>
 * <dt>{@link dev.runnel.accounts.web}</dt>
 * <dd>the pages about accounts</dd>
 * <dt>{@link dev.runnel.backup}</dt>
 * <dd>the download of a backup, for admins</dd>
 * <dt>{@link dev.runnel.signin}</dt>
 * <dd>the account of a request, and its rights, if people sign in</dd>
 * <dt>{@link dev.runnel.metrics}</dt>
 * <dd>what the server measures, for Prometheus</dd>
 * <dt>{@link dev.runnel.security}</dt>
 * <dd>visitors, response headers, other sites, hosts, connections</dd>
 * <dt>{@link dev.runnel.memory}</dt>
 * <dd>the account of the memory that work takes</dd>
 * <dt>{@link dev.runnel.uploads}</dt>
 * <dd>request bodies that go to files</dd>
 * <dt>{@link dev.runnel.data}</dt>
 * <dd>the data directory and temporary files</dd>
 * <dt>{@link dev.runnel.process}</dt>
 * <dd>the shutdown, and the end of a process that can no longer serve</dd>
 * <dt>{@link dev.runnel.web}</dt>
 * <dd>failures and identity, nothing of any feature</dd>
 * </dl>
 * Start at {@code ChatController} in {@code chat}. {@code docs/architecture.md} says
 * which package uses which, and {@code ArchitectureTests} enforces it.
 */
@NullMarked
package dev.runnel;

import org.jspecify.annotations.NullMarked;
