package dev.gatun.engine.cpu;

/**
 * What decides between SIMD kernels and their scalar twins.
 *
 * @param kernels      system property {@link KernelChoice#PROPERTY}, or null
 * @param vectorBits   system property {@code dev.gatun.vectorBits}, or null
 * @param vectorModule whether the module jdk.incubator.vector is there
 * @param vmInfo       the JVM's word on itself, such as {@code mixed mode, sharing}
 * @param fma          whether the JVM uses the processor's fused multiply-add
 * @param offered      bits of the widest vector, or {@link #NOT_ASKED}: two milliseconds of a start are saved where no width and no
 *                     first call with SIMD kernels is asked for
 */
record JvmFacts(
        String kernels, String vectorBits, boolean vectorModule, String vmInfo, boolean fma, int offered) {

    static final int NOT_ASKED = -1;

    /** Those of this JVM. */
    static JvmFacts here() {
        String kernels = System.getProperty(KernelChoice.PROPERTY);
        String vectorBits = System.getProperty(KernelChoice.WIDTH_PROPERTY);
        boolean vectorModule = hasVectorModule();
        boolean asked = vectorModule && (vectorBits != null || "simd".equals(kernels));
        return new JvmFacts(
                kernels, vectorBits, vectorModule, System.getProperty("java.vm.info", ""), Fma.HARDWARE,
                asked ? Lanes.offered() : NOT_ASKED);
    }

    private static boolean hasVectorModule() {
        try {
            Class.forName("jdk.incubator.vector.VectorShape", false, JvmFacts.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
