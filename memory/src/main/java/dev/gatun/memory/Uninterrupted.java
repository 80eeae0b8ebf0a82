package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Work on file channels, which close themselves when their thread is interrupted: a file would then be half read or not
 * written for a reason that has nothing to do with it. The interrupt is put aside, and is there again afterwards.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /**
     * What is done with the channels.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does the work.
         *
         * @return its result
         * @throws IOException whatever the file says
         */
        T run() throws IOException;
    }

    /**
     * Runs work that may be begun anew: it is, when an interrupt arrives while it is under way.
     *
     * @param <T>  what it gives
     * @param work opens its channels itself
     * @return what the work gives
     * @throws NullPointerException if the work is null
     * @throws IOException          whatever the work throws
     */
    public static <T> T repeated(Work<T> work) throws IOException {
        Arguments.required(work, "Uninterrupted.repeated", "work", "what to do with the channels");
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException late) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /**
     * Runs work once.
     *
     * @param <T>  what it gives
     * @param work opens its channels itself
     * @return what the work gives
     * @throws NullPointerException if the work is null
     * @throws IOException          whatever the work throws; {@link ClosedByInterruptException} if an interrupt arrives under
     *                              way
     */
    public static <T> T once(Work<T> work) throws IOException {
        Arguments.required(work, "Uninterrupted.once", "work", "what to do with the channels");
        boolean interrupted = Thread.interrupted();
        try {
            return work.run();
        } finally {
            restore(interrupted);
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
