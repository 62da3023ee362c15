/**
 * What happened to an asset, newest first. The rooms above add what they know as sources.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.timeline;
