package dev.gatun.data;

import java.util.Locale;

/** What is done about cells without a value. */
public enum Missing {
    /** Refuse the series and say where the first one is. */
    FAIL,
    /** Leave out every window that touches a row with one; rows are never joined across a gap. */
    DROP,
    /** Fill with the straight line between the neighbours, and with the nearest value at the ends. */
    INTERPOLATE;

    /** {@return its name in small letters, as options and files write it} */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
