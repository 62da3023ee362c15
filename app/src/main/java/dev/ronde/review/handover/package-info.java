/**
 * Reviews that change hands because their owner is away. What somebody who leaves answered for goes to others in one act and one
 * record, and what waits during a leave goes to whoever stands in.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.handover;
