package dev.gatun.tests.memory;

import dev.gatun.memory.TensorArena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stands over the whole suite, found by META-INF/services: after the last test no arena may have been forgotten, so that the
 * account of every one has ended at zero. An arena tells when it is collected unclosed.
 */
public final class LeakWatch implements BeforeAllCallback {

    /** What a test forgets on purpose is called so. */
    public static final String ON_PURPOSE = "forgotten";

    @Override
    public void beforeAll(ExtensionContext context) {
        // One look takes a third of a second: once for a build, not for each of a thousand mutants.
        if (!Boolean.getBoolean("gatun.tests.leaks")) {
            return;
        }
        context.getRoot().getStore(ExtensionContext.Namespace.create(LeakWatch.class))
                .getOrComputeIfAbsent(Ear.class, key -> new Ear(), Ear.class);
    }

    /** Hears what arenas say, from the first test class to the end of the last. */
    static final class Ear extends Handler implements AutoCloseable {

        private static final int COLLECTIONS = 5;
        private static final int PAUSE_MILLIS = 50;

        /** Held here: the log manager holds loggers weakly. */
        private final Logger logger = Logger.getLogger(TensorArena.class.getName());
        private final List<String> said = Collections.synchronizedList(new ArrayList<>());

        Ear() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            String words = line.getMessage() + " " + Arrays.toString(line.getParameters());
            if (!words.contains(ON_PURPOSE)) {
                said.add(words);
            }
        }

        @Override
        public void flush() {}

        /** @throws AssertionError naming the arenas that were never closed */
        @Override
        public void close() {
            try {
                for (int i = 0; i < COLLECTIONS; i++) {
                    System.gc();
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            logger.removeHandler(this);
            if (!said.isEmpty()) {
                throw new AssertionError(said.size() + " arenas were never closed: " + said);
            }
        }
    }
}
