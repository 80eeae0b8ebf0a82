package dev.gatun.data.time;

/** What stands in a date column. */
public enum DateKind {
    /** Dates, or dates and times of a clock on a wall, nobody says where. */
    LOCAL,
    /** Times with their offset from UTC. */
    INSTANT,
    /** Numbers: years, or a count. */
    NUMBER;

    /**
     * Whether differences are lengths of time.
     *
     * @return true if they are in seconds
     */
    public boolean isTime() {
        return this != NUMBER;
    }

    /** For people. */
    String words() {
        return switch (this) {
            case LOCAL -> "dates without an offset from UTC";
            case INSTANT -> "times with an offset from UTC";
            case NUMBER -> "numbers";
        };
    }

    /**
     * As it is written in files.
     *
     * @return its name in small letters
     */
    public String keyword() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
