package dev.gatun.formats.tensors;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that writes a temporary file, as the file's name tells it: a number is given again, a number and the time when
 * the process began are not.
 *
 * @param pid         its number
 * @param beganMillis since 1970, or 0 if the system does not say
 */
record Writer(long pid, long beganMillis) {

    /** This process. */
    static final Writer SELF = new Writer(ProcessHandle.current().pid(), began(ProcessHandle.current()));

    private static final Pattern NAME = Pattern.compile("\\.gatun-(\\d{1,18})-(\\d{1,18})-\\d{1,9}\\.tmp");

    /** The kernel counts from its own start, whose time moves when the clock is set. */
    private static final long TOLERANCE_MILLIS = Duration.ofSeconds(10).toMillis();

    /** Whose file this is; empty for a name of another make. */
    static Optional<Writer> of(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Writer(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The name of this writer's file of that number. */
    String nameOf(int slot) {
        return ".gatun-" + pid + "-" + beganMillis + "-" + slot + ".tmp";
    }

    /** Whether it is seen to run: this process, or another on the same machine, but not one in another container. */
    boolean isAlive() {
        return equals(SELF) || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame).isPresent();
    }

    private boolean isSame(ProcessHandle process) {
        long other = began(process);
        return other == 0 || beganMillis == 0 || Math.abs(other - beganMillis) < TOLERANCE_MILLIS;
    }

    private static long began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
