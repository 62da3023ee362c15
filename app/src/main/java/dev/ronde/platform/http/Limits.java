package dev.ronde.platform.http;

import java.util.List;

/**
 * What an auditor was engaged for.
 *
 * @param frameworks whose evidence they may take; empty for all
 * @param allAssets false where they see some assets only, and perhaps none
 */
public record Limits(List<String> frameworks, boolean allAssets) {
    public Limits {
        frameworks = List.copyOf(frameworks);
    }

    /** Whether a framework, or a control such as {@code iso27001:A.8.9}, is part of it. */
    public boolean covers(String framework) {
        return frameworks.isEmpty()
                || frameworks.stream().anyMatch(mine -> framework.equals(mine) || framework.startsWith(mine + ":"));
    }
}
