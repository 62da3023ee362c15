/** Due dates in the calendars people have: feeds to subscribe to (RFC 5545), each with an address that can be taken back. */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.calendar;
