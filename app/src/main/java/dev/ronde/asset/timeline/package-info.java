/**
 * What happened to an asset, newest first. The rooms above add what they know as sources.
 */
@NullMarked
package dev.ronde.asset.timeline;

import org.jspecify.annotations.NullMarked;
