package dev.ronde.platform.db;

/** Signs what a backup says about itself; whoever holds the key gives it. */
@FunctionalInterface
public interface BackupSeal {
    /** The signature file for the manifest with this SHA-256 (hex). */
    String of(String manifestSha256);
}
