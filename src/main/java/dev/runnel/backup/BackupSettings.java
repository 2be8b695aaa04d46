package dev.runnel.backup;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may have a backup besides the person who runs the server.
 *
 * @param download whether admins who have signed in may download a backup, which holds
 * everybody's chats
 */
@ConfigurationProperties("runnel.backup")
record BackupSettings(@DefaultValue("true") boolean download) {
}
