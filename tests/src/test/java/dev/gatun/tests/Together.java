package dev.gatun.tests;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads that begin at one moment. */
public final class Together {

    private Together() {}

    /**
     * Waits for all of them.
     *
     * @param work of a thread, by its number from 0; the threads are called door-0, door-1, ...
     * @throws AssertionError if one of them throws
     */
    public static void run(int threads, IntConsumer work) throws InterruptedException {
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> started = IntStream.range(0, threads)
                .mapToObj(thread -> Thread.ofPlatform().daemon().name("door-" + thread).start(() -> {
                    try {
                        start.await();
                        work.accept(thread);
                    } catch (Throwable thrown) {
                        wrong.add(thrown);
                    }
                })).toList();
        start.countDown();
        for (Thread thread : started) {
            thread.join();
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.size() + " of " + threads + " threads failed", wrong.peek());
        }
    }
}
