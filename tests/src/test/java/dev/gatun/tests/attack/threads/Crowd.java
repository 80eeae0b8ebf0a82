package dev.gatun.tests.attack.threads;

import dev.gatun.tests.attack.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Several threads that use one thing at once, each call counted: done, refused with a sentence of ours, or a fault. */
final class Crowd {

    /** A call at a door; it checks its own result. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /** What a caller got though nobody else was there. */
    static final class WrongBits extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongBits(String what) {
            super(what);
        }
    }

    private static final long LIMIT_MILLIS = 30_000;

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    /** One more thread, which makes this call so many times. */
    Crowd with(String name, int times, Call call) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                gate.await();
                for (int i = 0; i < times; i++) {
                    one(name, call);
                }
            } catch (InterruptedException impossible) {
                faults.add(name + " was interrupted");
            }
        }));
        return this;
    }

    Crowd with(String name, int threadCount, int times, Call call) {
        for (int i = 0; i < threadCount; i++) {
            with(name + i, times, call);
        }
        return this;
    }

    private void one(String name, Call call) {
        try {
            call.run();
            done.incrementAndGet();
        } catch (Throwable thrown) {
            Optional<String> fault = Sentence.fault(thrown.getMessage());
            if (thrown instanceof IllegalStateException && fault.isEmpty()) {
                refused.incrementAndGet();
            } else {
                faults.add(name + ": " + fault.orElse("not an IllegalStateException") + ": " + thrown + " at "
                        + thrown.getStackTrace()[0]);
            }
        }
    }

    /** Lets all begin at once and waits for all; who hangs is told with where it hangs. */
    Crowd run() throws InterruptedException {
        gate.countDown();
        long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            if (thread.isAlive()) {
                faults.add(thread.getName() + " hangs at " + List.of(thread.getStackTrace()));
            }
        }
        return this;
    }

    int done() {
        return done.get();
    }

    int refused() {
        return refused.get();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
