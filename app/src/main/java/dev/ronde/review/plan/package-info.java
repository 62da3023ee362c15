/**
 * What a review plan says: its scope, cadence, windows, checklist and the assurance it asks for, read strictly from the
 * YAML of a plan file or the JSON of the API. Values only; keeping plans and their versions is the room around it.
 */
@NullMarked
package dev.ronde.review.plan;

import org.jspecify.annotations.NullMarked;
