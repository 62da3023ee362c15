/**
 * What a review plan says: its scope, cadence, windows, checklist and the assurance it asks for, read strictly from the YAML of a plan
 * file or the JSON of the API; and the versions that are kept of it. What people do with plans is in {@code planning}.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.plan;
