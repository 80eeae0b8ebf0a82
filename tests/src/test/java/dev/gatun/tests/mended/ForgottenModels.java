package dev.gatun.tests.mended;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;

/** Models and streams that nobody closes, in a JVM of its own: prints how many of their threads are left. */
public final class ForgottenModels {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private ForgottenModels() {}

    /** Makes, uses and forgets them, then waits until their threads have ended, a minute at most. */
    public static void main(String[] arguments) throws InterruptedException {
        forget();
        if (Mended06TeamThreadsTest.workers().size() != 4) {
            throw new IllegalStateException("There should be threads to begin with");
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Mended06TeamThreadsTest.workers().isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            Thread.sleep(50);
        }
        System.out.println(Mended06TeamThreadsTest.workers().size() + " threads");
    }

    private static void forget() {
        Mended06TeamThreadsTest.model().threads(2);
        Mended06TeamThreadsTest.model().threads(2).predict(Tensor.zeros(3, 4, 2));
        Mended06TeamThreadsTest.model().stream(1, 3);
    }
}
