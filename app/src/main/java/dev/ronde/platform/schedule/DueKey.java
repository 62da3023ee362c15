package dev.ronde.platform.schedule;

import java.util.UUID;

/**
 * What is due.
 *
 * @param subjectId the asset, usually
 * @param kind which work, such as {@code check}
 * @param refId which of them, such as the check's id
 */
public record DueKey(UUID subjectId, String kind, String refId) {}
