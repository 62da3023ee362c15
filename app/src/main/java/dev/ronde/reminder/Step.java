package dev.ronde.reminder;

import java.time.Instant;
import java.time.LocalDate;

/** One step of the ladder for one person. */
record Step(Topic topic, Occasion occasion, Instant at) {
    static Step of(Topic topic, Instant at) {
        return new Step(topic, Occasion.of(topic), at);
    }

    static Step on(Topic topic, LocalDate date, Instant at) {
        return new Step(topic, Occasion.on(topic, date), at);
    }

    static Step since(Topic topic, Instant setOff, Instant at) {
        return new Step(topic, Occasion.since(topic, setOff), at);
    }

    /** The same step, told to a lead in the place of somebody whom mail does not reach. */
    Step toLead() {
        return new Step(Topic.LEAD, occasion, at);
    }

    Step towards(LocalDate dueOn) {
        return new Step(topic, occasion.towards(dueOn), at);
    }
}
