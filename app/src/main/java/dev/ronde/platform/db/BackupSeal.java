package dev.ronde.platform.db;

/** Signs what a backup says about itself; whoever holds the key gives it. */
@FunctionalInterface
public interface BackupSeal {
    /** The text that stands beside the manifest with this SHA-256, in hex. */
    String of(String manifestSha256);
}
