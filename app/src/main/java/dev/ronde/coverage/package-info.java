/**
 * How much of what could be on is on: protections by asset, unit and kind, controls by framework, and what keeps either from being
 * known. One reader stands behind the pages, the API and the files, so that none shows another number.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.coverage;
