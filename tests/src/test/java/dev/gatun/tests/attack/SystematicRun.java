package dev.gatun.tests.attack;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Each seed of {@link FuzzTargets} cut off at every 64th byte, and with every field as small, large and negative as it can be, in
 * a JVM that may die of it. Prints {@code FAULT} lines, and for each reader {@code reader, tried, slowest ms, most bytes of heap}.
 */
final class SystematicRun {

    private static final int CUT_BYTES = 64;
    private static final int[] SIZES = {1, 2, 4, 8};
    private static final long[] NUMBERS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final long SLOWEST_MILLIS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Method target;
    private int tried;
    private long slowest;
    private long mostBytes;

    private SystematicRun(Method target) {
        this.target = target;
    }

    /** {@code <most fields of a seed> <reader>...} */
    public static void main(String[] arguments) throws Exception {
        int most = Integer.parseInt(arguments[0]);
        for (String reader : Arrays.asList(arguments).subList(1, arguments.length)) {
            SystematicRun run = new SystematicRun(FuzzTargets.class.getDeclaredMethod(reader, byte[].class));
            for (Path seed : FuzzTargets.inputs(reader)) {
                byte[] sound = Files.readAllBytes(seed);
                String name = reader + "/" + seed.getFileName();
                each(sound, most, new Damaged(name, run::attempt));
            }
            System.out.println(reader + " " + run.tried + " " + run.slowest + " " + run.mostBytes);
        }
        System.exit(0);
    }

    /** What becomes of damaged bytes. */
    private record Damaged(String name, Consumer<Case> use) {
        void use(byte[] bytes, String how) {
            use.accept(new Case(name + " " + how, bytes));
        }
    }

    /** One damaged file. */
    private record Case(String name, byte[] bytes) {}

    private static void each(byte[] sound, int most, Damaged damaged) {
        damaged.use(sound, "as it is");
        int cuts = (sound.length + CUT_BYTES - 1) / CUT_BYTES;
        int everyCut = Math.max(1, cuts / Math.max(1, most / 2));
        for (int length = 0; length < sound.length; length += CUT_BYTES * everyCut) {
            damaged.use(Arrays.copyOf(sound, length), "cut off after " + length + " bytes");
        }
        long fields = 0;
        for (int size : SIZES) {
            fields += (long) sound.length / size * NUMBERS.length;
        }
        // Odd, so that all sizes and numbers are met.
        long stride = Math.max(1, fields / most | 1);
        long count = 0;
        for (int size : SIZES) {
            for (int at = 0; at + size <= sound.length; at += size) {
                for (long number : NUMBERS) {
                    if (count++ % stride == 0) {
                        damaged.use(with(sound, at, size, number),
                                "with " + number + " in " + size + " bytes at " + at);
                    }
                }
            }
        }
    }

    /** The largest and smallest number are those of the field. */
    private static byte[] with(byte[] sound, int at, int size, long number) {
        byte[] bytes = sound.clone();
        long fitting = number >> (number == Long.MAX_VALUE || number == Long.MIN_VALUE ? Long.SIZE - 8 * size : 0);
        ByteBuffer field = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(fitting);
        field.get(0, bytes, at, size);
        return bytes;
    }

    private void attempt(Case damaged) {
        List<Throwable> thrown = new ArrayList<>();
        long[] allocated = new long[1];
        Thread worker = Thread.ofPlatform().daemon().start(() -> {
            try {
                target.invoke(new FuzzTargets(), (Object) damaged.bytes());
            } catch (InvocationTargetException fault) {
                thrown.add(fault.getCause());
            } catch (ReflectiveOperationException impossible) {
                thrown.add(impossible);
            }
            allocated[0] = THREADS.getCurrentThreadAllocatedBytes();
        });
        long begin = System.nanoTime();
        try {
            worker.join(SLOWEST_MILLIS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        tried++;
        slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
        mostBytes = Math.max(mostBytes, allocated[0]);
        if (worker.isAlive()) {
            System.out.println("FAULT " + damaged.name() + " hangs at " + Arrays.toString(worker.getStackTrace()));
        } else if (!thrown.isEmpty()) {
            String told = thrown.getFirst() + " at " + Arrays.toString(thrown.getFirst().getStackTrace());
            System.out.println("FAULT " + damaged.name() + " " + told.substring(0, Math.min(600, told.length()))
                    .replaceAll("\\R", " / "));
        }
    }
}
