package dev.ronde.review.planning;

import org.jspecify.annotations.Nullable;

/**
 * What adding, changing or announcing a plan does, or would do.
 *
 * @param enrolled assets that come under the plan
 * @param opened reviews that open
 * @param moved reviews whose dates move
 * @param added reviews that are expected and were not, as far ahead as rows exist
 * @param becameOverdue how many are overdue that were not there, or not overdue, before
 * @param cancelled unopened reviews that are no longer expected
 * @param kept reviews that are open and keep the dates they opened with, where the plan gets another cadence
 * @param held reviews that wait for an announcement
 * @param mails mails that follow from what opens
 * @param people to whom
 * @param heldMails how many of the mails the brake will hold until a lead decides
 * @param firstMail when the first of them leaves; null where none does
 */
public record PlanEffect(
        int enrolled,
        int opened,
        int moved,
        int added,
        int becameOverdue,
        int cancelled,
        int kept,
        int held,
        int mails,
        int people,
        int heldMails,
        MailsAhead.@Nullable First firstMail) {}
