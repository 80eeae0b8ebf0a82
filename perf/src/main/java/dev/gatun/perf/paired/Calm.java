package dev.gatun.perf.paired;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Waits until this process uses no more processor time: threads of another engine may spin long after its last run. */
final class Calm {

    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final int LOOK_MILLIS = 10;
    private static final int CALM_LOOKS = 2;
    private static final int MOST_LOOKS = 500;
    /** Of one core. */
    private static final double IDLE = 0.05;

    private Calm() {}

    /** @throws IllegalStateException if something in this process keeps working */
    static void await() throws InterruptedException {
        int calm = 0;
        for (int look = 0; calm < CALM_LOOKS; look++) {
            if (look == MOST_LOOKS) {
                throw new IllegalStateException("Threads of this process work although no engine runs");
            }
            long used = SYSTEM.getProcessCpuTime();
            Thread.sleep(LOOK_MILLIS);
            calm = SYSTEM.getProcessCpuTime() - used < IDLE * LOOK_MILLIS * 1e6 ? calm + 1 : 0;
        }
    }
}
