/**
 * Snapshots: what a source said about an asset's configuration, reduced to its allow-list, canonical, hashed and content-addressed.
 * Two snapshots are compared setting by setting, in words, with the effect that the source's direction table gives them.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.snapshot;
