package dev.ronde.review.room;

import dev.ronde.platform.http.Channel;
import dev.ronde.review.answer.Visitor;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Who has come to the page of a review, by which door, and how they are spoken to.
 *
 * @param acts whether they may do anything at all, or only read
 */
public record PageVisitor(Visitor who, boolean acts, Locale locale, ZoneId zone) {

    public boolean byLink() {
        return who.channel() == Channel.LINK;
    }
}
