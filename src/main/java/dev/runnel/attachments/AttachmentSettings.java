package dev.runnel.attachments;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of attached files.
 *
 * @param maxSize the largest file that can be attached
 * @param maxUploadTime how long the upload of a file to attach may take
 * @param maxPixels the maximum number of pixels of a picture
 * @param maxPages the maximum number of pages of a PDF
 * @param pdfTime how long reading the text of a PDF may take
 * @param pdfMemory the heap of the process that reads the text of a PDF; two such
 * processes run at most
 */
@ConfigurationProperties("runnel.attachment")
record AttachmentSettings(@DefaultValue("20MB") DataSize maxSize,
		@DefaultValue("5m") @DurationMin(seconds = 1) Duration maxUploadTime,
		@DefaultValue("64000000") @Min(1) long maxPixels, @DefaultValue("100") @Min(1) int maxPages,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration pdfTime, @DefaultValue("64MB") DataSize pdfMemory) {
}
