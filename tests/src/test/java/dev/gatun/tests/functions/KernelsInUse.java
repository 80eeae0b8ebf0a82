package dev.gatun.tests.functions;

import dev.gatun.engine.cpu.KernelChoice;

/// Runs in a JVM of its own: prints which kernels run there.
final class KernelsInUse {

    private KernelsInUse() {}

    public static void main(String[] arguments) {
        System.out.println(KernelChoice.describe());
    }
}
