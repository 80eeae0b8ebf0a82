package dev.gatun.engine.start;

import dev.gatun.engine.cpu.KernelChoice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A kernel that few models use: the JVM is given it to compile when it is first asked for, in a thread of its own and after the
 * kernels of {@link KernelWarmUp}; its twin serves until then.
 */
public final class LateKernel {

    /** Of numbers nobody needs: what a kernel is run on until it is compiled. */
    private static final long BYTES = 4096;

    private final Kernel simd;
    private final Kernel twin;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean compiled = !KernelChoice.SCALAR && !KernelChoice.TWINS_FIRST;

    /** A kernel on as much memory as it takes. */
    @FunctionalInterface
    public interface Kernel {

        /** Runs once, over all of the memory. */
        void run(MemorySegment memory);
    }

    /**
     * A kernel that is not compiled yet, unless SIMD kernels run from the beginning.
     *
     * @param simd and
     * @param twin on the same numbers
     */
    public LateKernel(Kernel simd, Kernel twin) {
        this.simd = simd;
        this.twin = twin;
    }

    /** Whether the kernel is to run now. If not, the JVM is at it, or cannot. */
    public boolean serves() {
        if (!compiled && !KernelChoice.SCALAR && !begun.get() && begun.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("gatun-kernel-start-late").start(this::compile);
        }
        return compiled;
    }

    private void compile() {
        try (Arena arena = Arena.ofShared()) {
            KernelWarmUp.await();
            if (KernelChoice.isCold()) {
                return;
            }
            MemorySegment memory = arena.allocate(BYTES, 64);
            compiled = KernelPair.runUntilFaster(
                    List.of(new KernelPair(() -> simd.run(memory), () -> twin.run(memory))));
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failed) {
            return; // The twin goes on serving, with the same bits.
        }
    }
}
