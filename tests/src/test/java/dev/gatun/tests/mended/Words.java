package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a refusal says. */
final class Words {

    private Words() {}

    /** What a call throws, or null. */
    static Throwable of(Runnable call) {
        try {
            call.run();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    /** A refusal at the wrong time, in words that hold all the parts. */
    static void hold(Throwable thrown, String... parts) {
        assertTrue(thrown != null, "was not refused");
        assertEquals(IllegalStateException.class, thrown.getClass(), thrown.toString());
        for (String part : parts) {
            assertTrue(thrown.getMessage().contains(part), "'" + part + "' is not in: " + thrown.getMessage());
        }
    }
}
