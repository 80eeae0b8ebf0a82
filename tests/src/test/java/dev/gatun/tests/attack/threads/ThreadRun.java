package dev.gatun.tests.attack.threads;

import dev.gatun.engine.cpu.KernelChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hammers the doors in a JVM of its own, where a thread that hangs can do no harm. Prints {@code FAULT} lines, and for each
 * door a line {@code door rounds done refused faults}.
 */
public final class ThreadRun {

    private static final int END_MILLIS = 5_000;
    private static final int ROUND_MILLIS = 60_000;

    private ThreadRun() {}

    /** {@code <rounds> <calls of each thread in a round>} */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        for (Doors door : Doors.values()) {
            int done = 0;
            int refused = 0;
            List<String> faults = new ArrayList<>();
            for (int round = 0; round < rounds && faults.isEmpty(); round++) {
                Crowd crowd = new Crowd();
                faults.addAll(round(door, crowd, Integer.parseInt(args[1])));
                done += crowd.done();
                refused += crowd.refused();
                faults.addAll(crowd.faults());
                faults.addAll(leftover());
            }
            faults.stream().limit(20)
                    .forEach(fault -> System.out.println("FAULT " + door + " " + fault.replaceAll("\\R", " / ")));
            System.out.println(door + " " + rounds + " " + done + " " + refused + " " + faults.size());
        }
        System.exit(0);
    }

    /** On a thread of its own: whoever closes what is in use may hang too. */
    private static List<String> round(Doors door, Crowd crowd, int calls) throws InterruptedException {
        List<String> faults = new CopyOnWriteArrayList<>();
        Thread round = Thread.ofPlatform().daemon().name("round").start(() -> {
            try {
                door.crowd(crowd, calls);
            } catch (Throwable failed) {
                faults.add(failed + " at " + failed.getStackTrace()[0]);
            }
        });
        round.join(ROUND_MILLIS);
        if (round.isAlive()) {
            faults.add("hangs at " + List.of(round.getStackTrace()));
        }
        return faults;
    }

    /** Threads of ours that are still there though everything is closed; the one that starts the kernels may be. */
    private static List<String> leftover() throws InterruptedException {
        long deadline = System.nanoTime() + END_MILLIS * 1_000_000L;
        List<String> names = ours();
        while (!names.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
            names = ours();
        }
        return names.stream().map(name -> name + " lives on (" + KernelChoice.describe() + ")").toList();
    }

    private static List<String> ours() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("gatun-") && !name.startsWith("gatun-kernel-start")).toList();
    }
}
